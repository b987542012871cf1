package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.util.EnumSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the oracle leaves out of its search could not have been better. */
class PrunedSearchTest {

  @Provide
  Arbitrary<SampleProblem> tinyProblems() {
    return ProblemArbitraries.all().withSizes(2, 3, 3).problems();
  }

  @Provide
  Arbitrary<SampleTask> tinyTasks() {
    return ProblemArbitraries.all()
        .withSizes(2, 3, 3)
        .tasks(EnumSet.allOf(Admission.class), EnumSet.allOf(Objective.class));
  }

  @Property
  void findsTheBestOfEveryPlanWhateverIsOptimised(@ForAll("tinyTasks") SampleTask task) {
    OracleAnswer answer = BruteForceOracle.solve(task.problem(), task.options());

    assertThat(answer.worth()).isEqualTo(new EveryPlan(task.problem(), task.options()).best());
  }

  @Property
  void findsWhatTryingEveryPlanFinds(
      @ForAll("tinyProblems") SampleProblem sample, @ForAll Admission admission) {
    AllocationProblem problem = sample.problem();
    AllocationOptions options = AllocationOptions.builder().admission(admission).build();

    OracleAnswer answer = BruteForceOracle.solve(problem, options);

    assertThat(answer.worth()).isEqualTo(new EveryPlan(problem, options).best());
  }
}
