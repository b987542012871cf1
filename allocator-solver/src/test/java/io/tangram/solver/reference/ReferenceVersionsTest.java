package io.tangram.solver.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Reason;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.greedy.FirstFitAllocator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of the reference whatever its version and the problem. */
class ReferenceVersionsTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  /** What the reference search knows. */
  @Provide
  Arbitrary<SampleProblem> known() {
    return ProblemArbitraries.all().without(Feature.NODE_CONSUMPTION, Feature.LINKS).problems();
  }

  @Provide
  Arbitrary<KubernetesVersion> versions() {
    return Arbitraries.of(new KubernetesVersion(36), new KubernetesVersion(37));
  }

  /** A plan that breaks a rule by no known defect would be an exception. */
  @Property
  void knowsTheDefectBehindEveryDeparture(
      @ForAll("problems") SampleProblem sample, @ForAll("versions") KubernetesVersion version) {
    AllocatorLaws laws = new AllocatorLaws(ReferenceAllocator.of(version));

    laws.everyClaimIsAccountedFor(sample.problem(), OPTIONS);
    laws.heldDevicesStayHeld(sample.problem(), OPTIONS);
    laws.sameSeedGivesTheSamePlan(sample.problem(), OPTIONS);
  }

  @Property
  void saysSoWhereItDoesNotGiveWhatFirstFitGives(
      @ForAll("known") SampleProblem sample, @ForAll("versions") KubernetesVersion version) {
    AllocationPlan byTheRules = new FirstFitAllocator().allocate(sample.problem(), OPTIONS);

    AllocationPlan plan = ReferenceAllocator.of(version).allocate(sample.problem(), OPTIONS);

    if (!plan.allocations().equals(byTheRules.allocations())) {
      assertThat(plan.warnings())
          .as("%s, by the rules %s", plan, byTheRules)
          .anyMatch(warning -> warning.matches("(?s).*(kube-scheduler|the reference).*"));
    }
    plan.unallocated().values().stream()
        .filter(reason -> reason instanceof Reason.MissedByReference)
        .forEach(reason -> assertThat(plan.warnings()).anyMatch(w -> w.contains("misses")));
  }
}
