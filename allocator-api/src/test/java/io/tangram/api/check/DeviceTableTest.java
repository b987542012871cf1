package io.tangram.api.check;

import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.device.Device;
import io.tangram.api.device.ResourceSlice;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceTableTest {

  @Test
  void findsEveryDeviceAndNoOther() {
    ImmutableList<Device> devices =
        IntStream.range(0, 1000)
            .mapToObj(i -> (Device) device("gpu-" + i).build())
            .collect(ImmutableList.toImmutableList());

    DeviceTable table = DeviceTable.of(ImmutableList.of(slice("n1", devices)));

    assertThat(table.size()).isEqualTo(1000);
    assertThat(devices)
        .allSatisfy(device -> assertThat(table.find(device.name()).device()).isSameAs(device));
    assertThat(table.find("gpu-1000")).isNull();
  }

  @Test
  void findsDevicesWhoseNamesHaveOneHash() {
    DeviceTable table = DeviceTable.of(ImmutableList.of(slice("n1", devices("Aa", "BB"))));

    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    assertThat(table.find("Aa").device().name()).isEqualTo("Aa");
    assertThat(table.find("BB").device().name()).isEqualTo("BB");
    assertThat(table.find("C#")).isNull();
  }

  @Test
  void ranksDevicesBySliceNameThenInTheDriversOrder() {
    DeviceTable table =
        DeviceTable.of(
            ImmutableList.of(
                slice("n1", devices("z", "a")).withName("2"),
                slice("n1").withName("1"),
                slice("n1", devices("m")).withName("0"),
                slice("n1").withName("3")));

    assertThat(table.all()).extracting(each -> each.device().name()).containsExactly("m", "z", "a");
    assertThat(table.all()).extracting(Published::position).containsExactly(0, 1, 2);
    assertThat(table.find("a").position()).isEqualTo(2);
    assertThat(table.find("a").slice().name()).isEqualTo("2");
    assertThat(table.at(0).slice().name()).isEqualTo("0");
  }

  @Test
  void skipsSlicesWithoutDevicesWhereverTheyAre() {
    for (int holder = 0; holder < 7; holder++) {
      ImmutableList.Builder<ResourceSlice> slices = ImmutableList.builder();
      for (int i = 0; i < 7; i++) {
        slices.add(slice("n1", i == holder ? devices("a", "b") : devices()).withName("" + i));
      }

      DeviceTable table = DeviceTable.of(slices.build());

      assertThat(table.at(0).device().name()).isEqualTo("a");
      assertThat(table.at(1).device().name()).isEqualTo("b");
      assertThat(table.find("b").slice().name()).isEqualTo("" + holder);
    }
  }

  @Test
  void holdsNothingWithoutDevices() {
    DeviceTable table = DeviceTable.of(ImmutableList.of(slice("n1")));

    assertThat(table.size()).isZero();
    assertThat(table.all()).isEmpty();
    assertThat(table.find("a")).isNull();
    assertThat(table.duplicate()).isEmpty();
  }

  @Test
  void namesTheFirstDuplicate() {
    DeviceTable table =
        DeviceTable.of(
            ImmutableList.of(
                slice("n1", devices("a", "b")).withName("0"),
                slice("n1", devices("b", "a")).withName("1")));

    assertThat(table.duplicate()).hasValue("b");
    assertThat(table.find("b").position()).isEqualTo(1);
    assertThat(DeviceTable.of(ImmutableList.of(slice("n1", devices("a", "b")))).duplicate())
        .isEmpty();
  }

  @Test
  void saysWhetherAnyDeviceHasBindingConditions() {
    Device binding = device("b").addBindingConditions("ready").build();

    assertThat(tableOf(devices("a", "c")).hasBindingConditions()).isFalse();
    assertThat(tableOf(ImmutableList.of(device("a").build(), binding)).hasBindingConditions())
        .isTrue();
  }

  private static DeviceTable tableOf(ImmutableList<Device> devices) {
    return DeviceTable.of(ImmutableList.of(slice("n1", devices)));
  }
}
