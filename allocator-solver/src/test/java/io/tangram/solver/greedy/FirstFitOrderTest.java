package io.tangram.solver.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.reference.ReferenceAllocator;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What first-fit leaves out of its search changes nothing: it finds what the reference's search
 * finds, which leaves out nothing, with failing selectors and administrative access too.
 */
class FirstFitOrderTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  /** What the reference search knows. */
  @Provide
  Arbitrary<SampleProblem> known() {
    return ProblemArbitraries.all()
        .without(
            Feature.COMPATIBILITY_GROUPS,
            Feature.DERIVED_ATTRIBUTES,
            Feature.NODE_CONSUMPTION,
            Feature.LINKS)
        .problems();
  }

  @Property
  void choosesWhatTheReferenceChoosesWithoutItsDefects(@ForAll("known") SampleProblem sample) {
    AllocationPlan reference =
        ReferenceAllocator.with(Set.of()).allocate(sample.problem(), OPTIONS);

    AllocationPlan plan = new FirstFitAllocator().allocate(sample.problem(), OPTIONS);

    assertThat(plan.allocations()).isEqualTo(reference.allocations());
    assertThat(plan.placements()).isEqualTo(reference.placements());
    assertThat(plan.objectives()).isEqualTo(reference.objectives());
    assertThat(plan.warnings()).isEqualTo(reference.warnings());
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
