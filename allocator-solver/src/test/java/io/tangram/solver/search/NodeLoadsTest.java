package io.tangram.solver.search;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.Partition;
import org.junit.jupiter.api.Test;

class NodeLoadsTest {

  @Test
  void countsWhatNodesHaveOfAResource() {
    NodeLoads loads = loads(node("a", 4), node("b", 8));

    assertThat(loads.of(0)[0]).isEqualTo(4);
    assertThat(loads.of(1)[0]).isEqualTo(8);
  }

  @Test
  void countsNothingOfAResourceThatANodeHasWithoutLimit() {
    NodeLoads loads = loads(node("a", 4), Node.of("b"));

    assertThat(loads.of(0)[0]).isZero();
    assertThat(loads.of(1)[0]).isZero();
  }

  private static Node node(String name, int cpus) {
    return Node.builder().name(name).available(ImmutableMap.of("cpu", Quantity.of(cpus))).build();
  }

  /** Of two nodes, for a workload that takes a processor and a device. */
  private static NodeLoads loads(Node first, Node second) {
    ImmutableClaim claim = claim("c", one("gpu"));
    CompiledProblem compiled =
        CompiledProblem.of(
            Fleet.of()
                .addNodes(first, second)
                .addSlices(
                    slice(first.name(), devices("big", 1)), slice(second.name(), devices("big", 1)))
                .addClaims(claim)
                .addWorkloads(
                    Workload.builder()
                        .id(new WorkloadId("ns", "w"))
                        .addClaims(claim.id())
                        .putResources("cpu", Quantity.of(1))
                        .build())
                .build(),
            AllocationOptions.DEFAULTS,
            Deadline.never());
    Formulation formulation = new Formulation(compiled, AllocationOptions.DEFAULTS);
    Part part = Partition.of(compiled, formulation.candidates()).get(0);
    return new NodeLoads(compiled, formulation.candidates(), part);
  }
}
