package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.claim.AllocationMode;
import io.tangram.solver.Fleet;
import org.junit.jupiter.api.Test;

class LeafTest {

  private final Leaf three = new Leaf(4, Fleet.leaf("gpu", 3), 0);
  private final Leaf all = new Leaf(5, Fleet.leaf("gpu", 1).withMode(AllocationMode.ALL), 0);

  @Test
  void takesAsManyDevicesAsTheRequestCounts() {
    assertThat(three.isAll()).isFalse();
    assertThat(three.count()).isEqualTo(3);
  }

  @Test
  void inModeAllTheNumberOfDevicesDependsOnTheNode() {
    assertThat(all.isAll()).isTrue();
    assertThatThrownBy(all::count)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Request gpu takes all there are.");
  }

  @Test
  void isHashedByItsNumber() {
    assertThat(three.hashCode()).isEqualTo(4);
  }
}
