package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Comparators;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.Admission;
import java.util.List;
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

  @Property
  void findsWhatTryingEveryPlanFinds(
      @ForAll("tinyProblems") SampleProblem sample, @ForAll Admission admission) {
    AllocationProblem problem = sample.problem();
    AllocationOptions options = AllocationOptions.builder().admission(admission).build();

    OracleAnswer answer = BruteForceOracle.solve(problem, options);

    PlacementSearch search = new PlacementSearch(problem);
    List<AdmissionUnit> queue = AdmissionUnit.queueOf(problem);
    List<Goal> goals = Goal.of(problem, options, queue);
    assertThat(answer.worth()).isEqualTo(best(search, goals, queue, search.held()));
  }

  private static Worth best(
      PlacementSearch search, List<Goal> goals, List<AdmissionUnit> queue, Usage usage) {
    if (queue.isEmpty()) {
      return Worth.ofNothing(goals);
    }
    AdmissionUnit unit = queue.get(0);
    List<AdmissionUnit> others = queue.subList(1, queue.size());
    Worth best = best(search, goals, others, usage);
    for (PlacementSearch.Placement placement : search.placements(unit)) {
      Worth own = Worth.of(goals, unit, placement.claims());
      var after = search.after(usage, placement);
      if (after.isPresent()) {
        best = Comparators.max(best, own.plus(best(search, goals, others, after.get())));
      }
    }
    return best;
  }
}
