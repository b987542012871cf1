package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

class ProblemArbitrariesTest {

  private static final double FEATURE_PERCENT = 20;
  private static final double PARTLY_INFEASIBLE_PERCENT = 30;
  private static final double COMPETING_PERCENT = 15;

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
    assertThat(answer.fitAlone()).containsAll(answer.admitted());
  }
}
