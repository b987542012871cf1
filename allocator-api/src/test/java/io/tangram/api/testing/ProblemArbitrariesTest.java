package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import java.util.EnumSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

class ProblemArbitrariesTest {

  private static final double FEATURE_PERCENT = 20;
  private static final double PARTLY_INFEASIBLE_PERCENT = 30;
  private static final double COMPETING_PERCENT = 13;

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  @Property(tries = 1000, seed = "1", shrinking = ShrinkingMode.OFF)
  void everyFeatureIsInAFifthOfTheProblems(@ForAll("problems") SampleProblem sample) {
    var present = Feature.of(sample.problem());

    for (Feature feature : Feature.values()) {
      Statistics.label(feature.name())
          .collect(present.contains(feature))
          .coverage(coverage -> coverage.check(true).percentage(p -> p >= FEATURE_PERCENT));
    }
  }

  @Property(tries = 500, seed = "1", shrinking = ShrinkingMode.OFF)
  void aThirdOfTheProblemsIsPartlyInfeasible(@ForAll("problems") SampleProblem sample) {
    AllocationProblem problem = sample.problem();

    OracleAnswer answer = BruteForceOracle.solve(problem, AllocationOptions.DEFAULTS);

    boolean someStayOut = answer.admitted().size() < problem.claims().size();
    boolean someAreOutranked = !answer.admitted().containsAll(answer.fitAlone());
    boolean workloadsStayOut = answer.placements().size() < problem.workloads().size();
    boolean workloadsAreOutranked =
        !answer.placements().keySet().containsAll(answer.workloadsThatFitAlone());
    Statistics.label("claims stay out")
        .collect(someStayOut)
        .coverage(c -> c.check(true).percentage(p -> p >= PARTLY_INFEASIBLE_PERCENT));
    Statistics.label("claims compete")
        .collect(someAreOutranked)
        .coverage(c -> c.check(true).percentage(p -> p >= COMPETING_PERCENT));
    Statistics.label("workloads stay out")
        .collect(workloadsStayOut)
        .coverage(c -> c.check(true).percentage(p -> p >= PARTLY_INFEASIBLE_PERCENT));
    Statistics.label("workloads compete")
        .collect(workloadsAreOutranked)
        .coverage(c -> c.check(true).percentage(p -> p >= COMPETING_PERCENT));
    Statistics.label("workloads are placed")
        .collect(!answer.placements().isEmpty())
        .coverage(c -> c.check(true).percentage(p -> p >= 40));
    Statistics.label("claims are admitted")
        .collect(!answer.admitted().isEmpty())
        .coverage(c -> c.check(true).percentage(p -> p >= 60));
    if (!Feature.SHARED_CLAIMS.isIn(problem)) { // else one may fit only where others share a claim
      assertThat(answer.fitAlone()).containsAll(answer.admitted());
    }
  }

  @Provide
  Arbitrary<SampleTask> tasks() {
    return ProblemArbitraries.all()
        .tasks(EnumSet.allOf(Admission.class), EnumSet.allOf(Objective.class));
  }

  @Property(tries = 500, seed = "1", shrinking = ShrinkingMode.OFF)
  void everyObjectiveIsInAFifthOfTheTasks(@ForAll("tasks") SampleTask task) {
    AllocationOptions options = task.options();

    for (Objective objective : Objective.values()) {
      collect(objective.label(), options.objectives().contains(objective), FEATURE_PERCENT);
      collect(
          objective.label() + " comes first",
          options.objectives().indexOf(objective) == 0,
          100.0 / 2 / Objective.values().length);
    }
    for (Admission admission : Admission.values()) {
      collect(admission.label(), options.admission() == admission, FEATURE_PERCENT);
    }
    collect("demand", options.expectedDemand().isPresent(), FEATURE_PERCENT);
    collect("prices", options.prices().values().stream().anyMatch(price -> price > 0), 50);
    collect("earlier plan", !options.start().isEmpty(), 45);
  }

  @Property(tries = 200, seed = "1", shrinking = ShrinkingMode.OFF)
  void whatIsOptimisedMatters(@ForAll("tasks") SampleTask task) {
    AllocationProblem problem = task.problem();
    AllocationOptions all =
        ImmutableAllocationOptions.copyOf(task.options())
            .withObjectives(
                Objective.FRAGMENTATION, Objective.COST, Objective.SPREAD, Objective.STABILITY);

    OracleAnswer answer = BruteForceOracle.solve(problem, all);

    for (ObjectiveResult result : answer.objectives()) {
      if (!result.name().equals(ObjectiveResult.ADMISSION)) {
        collect(result.name() + " is not zero", result.value() != 0, FEATURE_PERCENT);
      }
    }
  }

  private static void collect(String label, boolean is, double percent) {
    Statistics.label(label)
        .collect(is)
        .coverage(coverage -> coverage.check(true).percentage(p -> p >= percent));
  }
}
