package io.tangram.api.check;

import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.PoolContents.Counter;
import io.tangram.api.device.Device;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentTest {

  private static final Device A = device("a").addConsumesCounters(consumes("s1", "x", 1)).build();
  private static final Device B = device("b").addConsumesCounters(consumes("s2", "x", 2)).build();
  private static final Device AB =
      device("ab").addConsumesCounters(consumes("s2", "x", 3), consumes("s1", "x", 4)).build();
  private static final Device C = device("c").addConsumesCounters(consumes("s3", "x", 1)).build();

  private static ImmutableList<Component> components(Device... devices) {
    return Component.of(DeviceTable.of(List.of(slice("n1", devices))).all());
  }

  private static List<List<String>> names(List<Component> components) {
    return components.stream()
        .map(each -> each.devices().stream().map(one -> one.device().name()).toList())
        .toList();
  }

  @Test
  void aDeviceWithoutCountersStandsAlone() {
    assertThat(names(components(device("x").build(), device("y").build())))
        .containsExactlyInAnyOrder(List.of("x"), List.of("y"));
  }

  @Test
  void devicesOfOneSetAreTied() {
    assertThat(names(components(A, device("other").build(), C, A)))
        .containsExactlyInAnyOrder(List.of("a", "a"), List.of("c"), List.of("other"));
  }

  @Test
  void aDeviceOfTwoSetsTiesThemWhereverItComes() {
    assertThat(names(components(AB, A, B, C)))
        .containsExactlyInAnyOrder(List.of("ab", "a", "b"), List.of("c"));
    assertThat(names(components(A, C, B, AB)))
        .containsExactlyInAnyOrder(List.of("a", "b", "ab"), List.of("c"));
  }

  @Test
  void setsAreTiedThroughOthers() {
    Device bc =
        device("bc").addConsumesCounters(consumes("s2", "x", 1), consumes("s3", "x", 1)).build();

    assertThat(names(components(A, B, C, AB, bc))).hasSize(1);
    assertThat(names(components(A, B, C, bc, AB))).hasSize(1);
  }

  @Test
  void drawsAreInTheOrderOfNames() {
    Component component =
        components(device("y").addConsumesCounters(consumes("s2", "y", 1)).build(), AB).get(0);

    assertThat(component.counters())
        .containsExactly(new Counter("s1", "x"), new Counter("s2", "x"), new Counter("s2", "y"));
    assertThat(component.draws(AB))
        .containsExactly(BigDecimal.valueOf(4), BigDecimal.valueOf(3), BigDecimal.ZERO);
  }
}
