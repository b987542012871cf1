package io.tangram.solver.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import io.tangram.api.AllocationProblem;
import io.tangram.solver.Fleet;
import io.tangram.solver.PartitionedNode;
import io.tangram.solver.PartitionedNode.Parts;
import io.tangram.solver.Supplies;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupplyTest {

  @Test
  void countsComponentsAsOneThatSupplyTheSameFromOtherCounters() {
    AllocationProblem problem =
        problem(
            PartitionedNode.of("n")
                .board(4, new Parts("small", 3, 2))
                .board(5, new Parts("small", 3, 2)));

    Supply supply = Supplies.of(problem);

    ComponentGroup group = Iterables.getOnlyElement(supply.groups());
    assertThat(group.size()).isEqualTo(2);
    assertThat(supply.componentClasses()).isEqualTo(1);
  }

  @Test
  void laysOutEachComponentOfAGroupByItsOwnCounters() {
    AllocationProblem problem =
        problem(
            PartitionedNode.of("n")
                .board(4, new Parts("small", 2, 2), new Parts("small", 1, 3))
                .board(5, new Parts("small", 1, 4), new Parts("small", 2, 2)));

    ComponentGroup group = Iterables.getOnlyElement(Supplies.of(problem).groups());

    Pattern two = Iterables.getOnlyElement(group.patterns());
    assertThat(List.of(group.devices(0, two), group.devices(1, two)))
        .allSatisfy(devices -> assertThat(devices.get(0).size()).isEqualTo(2));
    assertThat(group.devices(0, two).get(0).asList()).contains(0, 1);
    assertThat(group.devices(1, two).get(0).asList()).contains(4, 5);
  }

  @Test
  void tellsComponentsApartOfWhichOneSuppliesMore() {
    AllocationProblem problem =
        problem(
            PartitionedNode.of("n")
                .board(4, new Parts("small", 3, 2))
                .board(6, new Parts("small", 3, 2)));

    Supply supply = Supplies.of(problem);

    assertThat(supply.groups()).hasSize(2);
    assertThat(supply.componentClasses()).isEqualTo(2);
  }

  private static AllocationProblem problem(PartitionedNode node) {
    return Fleet.of("n")
        .addAllSlices(node.slices())
        .addClaims(Fleet.claim("c", Fleet.one("small")))
        .build();
  }
}
