package io.tangram.api.testing;

import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The laws of allocators that prove their plans optimal, beside those of {@link AllocatorContract}:
 * what they reach is what {@link BruteForceOracle} reaches, objective by objective.
 */
public abstract class OptimalAllocatorContract extends AllocatorContract {

  @Property
  void mostClaimsAreAdmitted(@ForAll("problems") SampleProblem sample) {
    laws().objectivesAreOptimal(sample.problem(), with(Admission.MOST_CLAIMS));
  }

  @Property
  void mostDeviceShareIsAdmitted(@ForAll("problems") SampleProblem sample) {
    laws().objectivesAreOptimal(sample.problem(), with(Admission.MOST_DEVICE_SHARE));
  }

  @Property
  void queueIsAdmittedInOrder(@ForAll("problems") SampleProblem sample) {
    laws().objectivesAreOptimal(sample.problem(), with(Admission.IN_ORDER));
  }

  @Property
  void fitMayComeBeforePreference(@ForAll("problems") SampleProblem sample) {
    AllocationOptions fitFirst =
        ImmutableAllocationOptions.copyOf(options())
            .withObjectives(List.of(Objective.FIT, Objective.PREFERENCE));

    laws().objectivesAreOptimal(sample.problem(), fitFirst);
  }

  @Property
  void provenObjectivesAreOptimal(@ForAll("tasks") SampleTask task) {
    laws().provenObjectivesAreOptimal(task.problem(), task.with(options()));
  }

  @Property
  void planIsProven(@ForAll("problems") SampleProblem sample, @ForAll Admission admission) {
    laws().planIsProven(sample.problem(), with(admission));
  }

  private AllocationOptions with(Admission admission) {
    return ImmutableAllocationOptions.copyOf(options()).withAdmission(admission);
  }
}
