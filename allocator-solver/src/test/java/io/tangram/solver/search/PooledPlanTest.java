package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.testing.BruteForceOracle;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.OracleAnswer;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.cpsat.ThisProcess;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Counts over all nodes as one, dealt out to the nodes there are, on problems of any size. */
class PooledPlanTest {

  @Provide
  Arbitrary<SampleProblem> countable() {
    return ProblemArbitraries.all()
        .without(
            Feature.SHARED_DEVICES,
            Feature.ALL_MODE,
            Feature.ADMIN_ACCESS,
            Feature.LIST_ATTRIBUTES,
            Feature.SHARED_CLAIMS,
            Feature.GROUPS,
            Feature.POOLS_ACROSS_NODES,
            Feature.SEEN_BY_ALL_NODES,
            Feature.SEEN_BY_MATCHING_NODES)
        .problems();
  }

  @Property
  void whatIsDealtIsLegalAndWhatIsCountedIsABoundThatDealingAllReaches(
      @ForAll("countable") SampleProblem sample, @ForAll Admission admission) {
    AllocationOptions options = AllocationOptions.builder().workers(1).admission(admission).build();
    CompiledProblem compiled = CompiledProblem.of(sample.problem(), options, Deadline.never());
    Formulation formulation = new Formulation(compiled, options);
    ImmutableListMultimap<UnitType, Unit> unitsOfType =
        Multimaps.index(compiled.units().queue(), Unit::type);
    List<Placement> placements = new ArrayList<>();
    Totals totals = new Totals(options);
    boolean whole = true;

    for (Part part : Partition.of(compiled, formulation.candidates())) {
      List<Unit> units = new ArrayList<>();
      part.types().forEach(type -> units.addAll(unitsOfType.get(type)));
      Demands demands = Demands.of(units);
      Optional<PartModel> pool = formulation.pooled(part, demands, 0, Deadline.never()).model();
      Limits limits = new Limits(new CpEngine(new ThisProcess()), options, Deadline.never());
      PartModel model =
          pool.or(() -> formulation.of(part, demands, Deadline.never()).model()).orElseThrow();
      PartSearch search = new PartSearch(options, model, Optional.empty(), limits);
      PartSolution found = search.run(List.of());
      whole &= model.unplaced() == 0;
      found.objectives().forEach(totals::add);
      placements.addAll(found.placements());
      Statistics.label("parts")
          .collect(pool.isEmpty() ? "exact" : model.unplaced() == 0 ? "whole" : "not whole");
    }

    AllocationPlan checked = // or an exception
        CheckedPlacements.plan(
            compiled, options, placements, formulation.values().unproven(placements));
    assertThat(checked.allocations()).isNotNull();
    OracleAnswer best = BruteForceOracle.solve(sample.problem(), options);
    if (whole) {
      assertThat(values(totals.results())).as("%s", checked).isEqualTo(values(best.objectives()));
      if (admission == Admission.IN_ORDER) {
        assertThat(checked.allocations().keySet()).isEqualTo(best.admitted());
      }
    } else if (admission != Admission.IN_ORDER) {
      assertThat(totals.results().get(0).value())
          .isGreaterThanOrEqualTo(best.objectives().get(0).value());
    }
  }

  private static List<String> values(List<ObjectiveResult> results) {
    return results.stream()
        .filter(each -> each.value() != 0)
        .map(each -> each.name() + each.tier() + ": " + each.value())
        .toList();
  }
}
