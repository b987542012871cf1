package io.tangram.solver.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.solver.Fleet;
import io.tangram.solver.Supplies;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeFamiliesTest {

  private final ImmutableAllocationProblem.Builder problem = Fleet.of();
  private int nodes;

  @Test
  void tellsNodesApartThatHaveLessThanOthers() {
    add("big", "small");
    add("small");
    add("small", "big");
    add("small");

    NodeFamilies families = families();

    assertThat(kinds(families)).containsExactly(0, 1, 0, 1);
    assertThat(families.shareClasses()).isTrue();
  }

  @Test
  void findsThatFamiliesAreToldApartByTheirClasses() {
    add("big");
    add("small");

    NodeFamilies families = families();

    assertThat(kinds(families)).containsExactly(0, 1);
    assertThat(families.shareClasses()).isFalse();
  }

  @Test
  void putsRareNodesIntoTheSmallestFamilyThatHasAllTheyHave() {
    String[] all = IntStream.range(0, 12).mapToObj(i -> "m" + i).toArray(String[]::new);
    add(all);
    for (int less = 1; less < all.length; less++) {
      for (int twice = 0; twice < 2; twice++) {
        add(IntStream.range(0, less).mapToObj(i -> "m" + i).toArray(String[]::new));
      }
    }
    add("m1");
    add("m11");

    NodeFamilies families = families();

    assertThat(families.kinds().all().cardinality()).isEqualTo(12);
    assertThat(families.kinds().of(nodes - 2)).isEqualTo(families.kinds().of(3));
    assertThat(families.kinds().of(nodes - 1)).isEqualTo(0);
  }

  @Test
  void makesOneFamilyOfNodesThatAreAllDifferent() {
    for (int i = 0; i < 13; i++) {
      add("m" + i);
    }

    NodeFamilies families = families();

    assertThat(kinds(families)).containsOnly(0);
    assertThat(families.shareClasses()).isFalse();
  }

  private void add(String... models) {
    String node = "n" + nodes++;
    problem
        .addNodes(Node.of(node))
        .addSlices(
            Fleet.slice(
                node,
                IntStream.range(0, models.length)
                    .mapToObj(i -> Fleet.device("d" + i, models[i]))
                    .toArray(Device[]::new)));
  }

  private NodeFamilies families() {
    for (int i = 0; i < 13; i++) {
      problem.addDeviceClasses(Fleet.model("m" + i));
      problem.addClaims(Fleet.claim("c" + i, Fleet.one("m" + i)));
    }
    problem.addClaims(
        Fleet.claim("big", Fleet.one("big")), Fleet.claim("small", Fleet.one("small")));
    return NodeFamilies.of(
        CompiledProblem.of(problem.build(), Deadline.never()), Supplies.of(problem.build()));
  }

  private int[] kinds(NodeFamilies families) {
    return IntStream.range(0, nodes).map(families.kinds()::of).toArray();
  }
}
