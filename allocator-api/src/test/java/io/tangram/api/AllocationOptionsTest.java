package io.tangram.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.device.Node;
import io.tangram.api.plan.Objective;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationOptionsTest {

  private static final AllocationProblem TWO_NODES =
      AllocationProblem.builder().addNodes(Node.of("n1"), Node.of("n2")).build();

  @Test
  void refusesANegativePrice() {
    assertThatCode(() -> AllocationOptions.builder().putPrices("n1", 0).build())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> AllocationOptions.builder().putPrices("n1", -1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The price of node n1 is -1; it must not be negative.");
  }

  @Test
  void costNeedsAPriceForEveryNode() {
    ImmutableAllocationOptions cost =
        ImmutableAllocationOptions.builder()
            .objectives(List.of(Objective.FIT, Objective.COST))
            .putPrices("n1", 3)
            .build();

    assertThatThrownBy(() -> cost.requireSuits(TWO_NODES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Node n2 has no price; the objective cost needs one for every node.");
    assertThatCode(() -> cost.withObjectives(Objective.PACKING).requireSuits(TWO_NODES))
        .doesNotThrowAnyException();
    assertThatCode(() -> cost.withPrices(Map.of("n1", 3L, "n2", 0L)).requireSuits(TWO_NODES))
        .doesNotThrowAnyException();
  }
}
