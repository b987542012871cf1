package io.tangram.api.check;

import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.share;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.Node;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceMeasuresTest {

  private static long shareOf(ImmutableList<ResourceSlice> slices, DeviceAllocation result) {
    PoolView pool =
        PublishedPools.of(slices).seenFrom(Node.of("n1"), result.device().poolId()).orElseThrow();
    Published published = pool.devices().find(result.device().device());
    return new DeviceMeasures(slices).share(result, pool, published);
  }

  /** The figures of design.md for what NVIDIA's driver publishes. */
  @ParameterizedTest
  @CsvSource({
    "1g.10gb, 1, 7",
    "1g.20gb, 157, 634",
    "2g.20gb, 2, 7",
    "3g.40gb, 158, 317",
    "4g.40gb, 4, 7",
    "7g.80gb, 1, 1"
  })
  void measuresThePartitionsOfAnH100(String profile, long numerator, long denominator) {
    ImmutableList<ResourceSlice> slices =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .build()
            .publish("n1")
            .slices();
    ResourceSlice slice = slices.get(1);
    Device partition =
        slice.devices().stream()
            .filter(
                each ->
                    new StringValue(profile)
                        .equals(each.attribute("gpu.nvidia.com", name("profile"))))
            .findFirst()
            .orElseThrow();

    DeviceAllocation result = result("r", "n1/x").withDevice(slice.idOf(partition));

    assertThat(shareOf(slices, result))
        .isEqualTo((2_000_000 * numerator + denominator) / (2 * denominator));
  }

  private static ImmutableList<ResourceSlice> pool(CounterSet set, Device... devices) {
    return ImmutableList.of(
        slice("n1").withName("0").withSharedCounters(set).withResourceSliceCount(2),
        slice("n1", devices).withResourceSliceCount(2));
  }

  private static Device part(String name, CounterConsumption... consumption) {
    return device(name).addConsumesCounters(consumption).build();
  }

  @Test
  void measuresTheScarcestCounterOfWhichSomeDeviceTakesAPart() {
    CounterSet set =
        new CounterSet(
            "s", ImmutableMap.of("x", quantity("3"), "y", quantity("4"), "z", quantity("1")));
    ImmutableList<ResourceSlice> slices =
        pool(
            set,
            part(
                "a",
                new CounterConsumption(
                    "s", ImmutableMap.of("x", quantity("2"), "z", quantity("1")))),
            part("b", consumes("s", "y", 1)),
            part("c", consumes("s", "z", 1)));

    assertThat(shareOf(slices, result("r", "n1/a"))).isEqualTo(666_667);
    assertThat(shareOf(slices, result("r", "n1/b"))).isEqualTo(250_000);
    assertThat(shareOf(slices, result("r", "n1/c"))).isZero();
  }

  @Test
  void measuresAWholeDeviceWhereNoDeviceTakesAPart() {
    ImmutableList<ResourceSlice> slices =
        pool(
            counterSet("s", "x", 4),
            part("all", consumes("s", "x", 4)),
            part("none", consumes("s", "x", 0)),
            device("plain").build());

    assertThat(shareOf(slices, result("r", "n1/all"))).isEqualTo(1_000_000);
    assertThat(shareOf(slices, result("r", "n1/none"))).isEqualTo(1_000_000);
    assertThat(shareOf(slices, result("r", "n1/plain"))).isEqualTo(1_000_000);
  }

  @Test
  void measuresNothingForAdministration() {
    ImmutableList<ResourceSlice> slices = pool(counterSet("s", "x", 4), device("a").build());

    assertThat(shareOf(slices, result("r", "n1/a").withAdminAccess(true))).isZero();
    assertThat(shareOf(slices, result("r", "n1/a"))).isEqualTo(1_000_000);
  }

  private static final ImmutableDevice SHARED =
      device("a")
          .allowMultipleAllocations(true)
          .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
          .putCapacity(name("compute"), DeviceCapacity.of(quantity("8")))
          .putCapacity(name("none"), DeviceCapacity.of(quantity("0")))
          .build();

  @Test
  void measuresTheScarcestCapacityOfASharedDevice() {
    ImmutableList<ResourceSlice> slices = pool(counterSet("s", "x", 4), SHARED);
    ImmutableMap<QualifiedName, Quantity> consumed =
        ImmutableMap.of(
            name("memory"), quantity("10Gi"),
            name("compute"), quantity("3"),
            name("none"), quantity("0"));

    assertThat(shareOf(slices, share("r", "n1/a", 1, consumed))).isEqualTo(375_000);
    assertThat(shareOf(slices, share("r", "n1/a", 1, ImmutableMap.of()))).isZero();
    assertThat(shareOf(slices, share("r", "n1/a", 1, consumed).withAdminAccess(true))).isZero();
  }

  @Test
  void roundsHalfUp() {
    CounterSet set = counterSet("s", "x", 2_000_000);
    ImmutableList<ResourceSlice> slices =
        pool(set, part("a", consumes("s", "x", 1)), part("b", consumes("s", "x", 3)));

    assertThat(shareOf(slices, result("r", "n1/a"))).isEqualTo(1);
    assertThat(shareOf(slices, result("r", "n1/b"))).isEqualTo(2);
  }

  private static Device sized(String name, String memory, String compute) {
    return device(name)
        .putCapacity(name("memory"), DeviceCapacity.of(quantity(memory)))
        .putCapacity(name("compute"), DeviceCapacity.of(quantity(compute)))
        .build();
  }

  @Test
  void sizesADeviceByItsDriversGreatest() {
    Device small = sized("small", "10Gi", "3");
    Device large = sized("large", "40Gi", "4");
    Device foreign = sized("foreign", "400Gi", "40");
    DeviceMeasures measures =
        new DeviceMeasures(
            ImmutableList.of(
                slice("n1", small),
                slice("n2", large),
                slice("n1", foreign).withPool(new PoolId("other.example.com", "n1"))));

    assertThat(measures.size(result("r", "n1/small"), small)).isEqualTo(750_000);
    assertThat(measures.size(result("r", "n2/large"), large)).isEqualTo(1_000_000);
    assertThat(measures.size(result("r", "n1/small").withAdminAccess(true), small))
        .isEqualTo(750_000);
  }

  @Test
  void sizesASharedDeviceByTheConsumedPart() {
    Device bigger = sized("b", "80Gi", "8");
    DeviceMeasures measures = new DeviceMeasures(ImmutableList.of(slice("n1", SHARED, bigger)));

    assertThat(measures.size(share("r", "n1/a", 1, amounts("memory", "20Gi")), SHARED))
        .isEqualTo(250_000);
    assertThat(measures.size(share("r", "n1/a", 1, ImmutableMap.of()), SHARED)).isZero();
  }

  @Test
  void sizesADeviceWithoutCapacitiesAsWhole() {
    Device bare = device("a").build();
    Device empty =
        device("b").putCapacity(name("memory"), DeviceCapacity.of(quantity("0"))).build();
    DeviceMeasures measures = new DeviceMeasures(ImmutableList.of(slice("n1", bare, empty)));

    assertThat(measures.size(result("r", "n1/a"), bare)).isEqualTo(1_000_000);
    assertThat(measures.size(result("r", "n1/b"), empty)).isZero();
  }
}
