package io.tangram.api.check;

import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CapacityPolicy.DefaultOnly;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapacityDemandTest {

  private static final ImmutableDevice SHARED =
      device("a")
          .allowMultipleAllocations(true)
          .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
          .putCapacity(
              name("shares"),
              new DeviceCapacity(
                  quantity("8"), Optional.of(new DefaultOnly(Optional.of(quantity("1"))))))
          .build();

  /** R139: a request that names one of two capacities takes all of the other. */
  @Test
  void takesOfCapacitiesThatAreNotNamedToo() {
    CapacityDemand demand = CapacityDemand.of(SHARED, amounts("shares", "2"));

    assertThat(demand.refusal()).isEmpty();
    assertThat(demand.amounts())
        .containsExactly(
            java.util.Map.entry(name("memory"), quantity("40Gi")),
            java.util.Map.entry(name("shares"), quantity("2")));
  }

  @Test
  void takesTheDefaultOfAPolicyOnSharedDevicesOnly() {
    Device dedicated = SHARED.withAllowMultipleAllocations(false);

    assertThat(CapacityDemand.of(SHARED, ImmutableMap.of()).amounts())
        .containsEntry(name("shares"), quantity("1"));
    assertThat(CapacityDemand.of(dedicated, ImmutableMap.of()).amounts())
        .containsEntry(name("shares"), quantity("8"));
  }

  /** R126: names are compared literally. */
  @Test
  void refusesADeviceWithoutTheLiteralCapacity() {
    CapacityDemand demand = CapacityDemand.of(SHARED, amounts(Given.DRIVER + "/memory", "1Gi"));

    assertThat(demand.refusal().map(Refusal::rule)).hasValue("R127");
  }

  @Test
  void refusesADedicatedDeviceThatIsTooSmall() {
    Device dedicated = SHARED.withAllowMultipleAllocations(false);

    assertThat(CapacityDemand.of(dedicated, amounts("memory", "40Gi")).refusal()).isEmpty();
    assertThat(CapacityDemand.of(dedicated, amounts("memory", "41Gi")).refusal().map(Refusal::rule))
        .hasValue("R128");
  }

  @Test
  void namesTheCapacityThatIsTooSmall() {
    CapacityDemand demand = CapacityDemand.of(SHARED, amounts("shares", "9"));

    assertThat(demand.refusal().orElseThrow().message())
        .isEqualTo("capacity shares: 9 is more than the device has, 8");
  }
}
