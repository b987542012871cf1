package io.tangram.solver.search;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Partition;
import org.junit.jupiter.api.Test;

class NodeCutTest {

  @Test
  void aCommonClaimKeepsToTheNodeOfItsDevices() {
    CompiledProblem compiled = compiled(claim("common", one("gpu")));

    assertThat(Partition.of(compiled, candidates(compiled)))
        .hasSize(1)
        .allMatch(part -> new NodeCut(compiled, part).isClean());
  }

  @Test
  void aCommonClaimWithoutDevicesServesWorkloadsOnSeveralNodes() {
    CompiledProblem compiled = compiled(claim("common"));

    assertThat(Partition.of(compiled, candidates(compiled)))
        .filteredOn(part -> part.types().size() > 1)
        .hasSize(1)
        .noneMatch(part -> new NodeCut(compiled, part).isClean());
  }

  /** Two nodes, and two workloads that share a claim. */
  private static CompiledProblem compiled(ImmutableClaim common) {
    ImmutableAllocationProblem.Builder problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("big", 2)))
            .addClaims(common);
    for (int i = 0; i < 2; i++) {
      ImmutableClaim own = claim("own-" + i, one("gpu"));
      problem
          .addClaims(own)
          .addWorkloads(
              Workload.builder()
                  .id(new WorkloadId("ns", "w" + i))
                  .addClaims(own.id(), common.id())
                  .build());
    }
    AllocationProblem built = problem.build();
    return CompiledProblem.of(built, AllocationOptions.DEFAULTS, Deadline.never());
  }

  private static Candidates candidates(CompiledProblem compiled) {
    return new Formulation(compiled, AllocationOptions.DEFAULTS).candidates();
  }
}
