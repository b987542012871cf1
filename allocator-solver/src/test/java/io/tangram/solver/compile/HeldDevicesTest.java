package io.tangram.solver.compile;

import static io.tangram.solver.compile.Given.given;
import static io.tangram.solver.compile.Given.held;
import static io.tangram.solver.compile.Given.pool;
import static io.tangram.solver.compile.Given.share;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldDevicesTest {

  private static final QualifiedName MEMORY = QualifiedName.of("", "memory");

  @Test
  void aDeviceWithoutAShareIdIsHeldWhole() {
    HeldDevices devices = HeldDevices.of(List.of(held("c", given("a", "gpu"))));

    HeldDevices.Use use = devices.in(pool("a")).get("gpu");
    assertThat(use.isDedicated()).isTrue();
    assertThat(use.shares()).isZero();
    assertThat(use.consumed(MEMORY)).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void sharesOfADeviceAddUp() {
    HeldDevices devices =
        HeldDevices.of(
            List.of(
                held("c", share("a", "gpu", ImmutableMap.of(MEMORY, Quantity.of(3)))),
                held("d", share("a", "gpu", ImmutableMap.of(MEMORY, Quantity.of(4)))),
                held("e", share("a", "gpu", ImmutableMap.of()))));

    HeldDevices.Use use = devices.in(pool("a")).get("gpu");
    assertThat(use.isDedicated()).isFalse();
    assertThat(use.shares()).isEqualTo(3);
    assertThat(use.consumed(MEMORY)).isEqualByComparingTo("7");
  }

  /** R123: what shares after the first record is what the device listed then. */
  @Test
  void groupsAreThoseUnderWhichADeviceCameIntoUse() {
    HeldDevices devices =
        HeldDevices.of(
            List.of(
                held("c", given("a", "gpu").withCompatibilityGroups(under("even"))),
                held("d", given("a", "gpu").withCompatibilityGroups(under("odd")))));

    HeldDevices.Use use = devices.in(pool("a")).get("gpu");

    assertThat(use.compatibilityGroups("board")).hasValue(ImmutableSet.of("even"));
    assertThat(use.compatibilityGroups("links")).isEmpty();
  }

  private static ImmutableMap<String, ImmutableSet<String>> under(String group) {
    return ImmutableMap.of("board", ImmutableSet.of(group));
  }

  @Test
  void administrativeUsesHoldNothing() { // R93
    HeldDevices devices =
        HeldDevices.of(List.of(held("c", given("a", "gpu").withAdminAccess(true))));

    assertThat(devices.in(pool("a"))).isEmpty();
  }

  @Test
  void knowsTheHeldDevicesOfEachPoolByName() {
    HeldDevices devices =
        HeldDevices.of(List.of(held("c", given("a", "x"), given("b", "y"), given("a", "z"))));

    assertThat(devices.in(pool("a"))).containsOnlyKeys("x", "z");
    assertThat(devices.in(new PoolId("other.example.com", "a"))).isEmpty();
  }
}
