package io.tangram.solver.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What first-fit leaves out of its search changes nothing: it finds what an exhaustive search in
 * the same order finds, with failing selectors and administrative access too.
 */
class FirstFitOrderTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  /** The exhaustive search knows no claims of several workloads and no groups of them. */
  @Provide
  Arbitrary<SampleProblem> independentUnits() {
    return ProblemArbitraries.all().without(Feature.SHARED_CLAIMS, Feature.GROUPS).problems();
  }

  @Property
  void choosesWhatAnExhaustiveSearchChooses(@ForAll("independentUnits") SampleProblem sample) {
    AllocationPlan plan = new FirstFitAllocator().allocate(sample.problem(), OPTIONS);

    Map<ClaimId, List<String>> chosen = new LinkedHashMap<>();
    plan.allocations()
        .forEach(
            (claim, allocation) ->
                chosen.put(
                    claim,
                    allocation.devices().stream()
                        .map(device -> device.request() + " " + device.device())
                        .toList()));
    assertThat(chosen).isEqualTo(ExhaustiveFirstFit.allocate(sample.problem()));
  }

  @Property
  void givesLegalPlansWithEveryFeature(@ForAll("problems") SampleProblem sample) {
    AllocatorLaws laws = new AllocatorLaws(new FirstFitAllocator());

    laws.planIsLegal(sample.problem(), OPTIONS);
    laws.everyClaimIsAccountedFor(sample.problem(), OPTIONS);
    laws.heldDevicesStayHeld(sample.problem(), OPTIONS);
    laws.sameSeedGivesTheSamePlan(sample.problem(), OPTIONS);
  }
}
