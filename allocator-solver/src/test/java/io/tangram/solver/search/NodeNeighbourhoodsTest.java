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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** Nodes arranged anew a few at a time, on parts so small that a few are all in the end. */
class NodeNeighbourhoodsTest {

  private static final double AMPLE_SECONDS = 10;

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all()
        .without(
            Feature.GROUPS,
            Feature.POOLS_ACROSS_NODES,
            Feature.SEEN_BY_ALL_NODES,
            Feature.SEEN_BY_MATCHING_NODES)
        .problems();
  }

  @Property
  void theBestIsFoundInTheEndWhateverThereWasBefore(
      @ForAll("problems") SampleProblem sample,
      @ForAll Admission admission,
      @ForAll boolean startsFromNothing,
      @ForAll @IntRange(min = 1, max = 4) int firstNodes) {
    AllocationOptions options = AllocationOptions.builder().workers(2).admission(admission).build();
    CompiledProblem compiled = CompiledProblem.of(sample.problem(), options, Deadline.never());
    Formulation formulation = new Formulation(compiled, options);
    ImmutableListMultimap<UnitType, Unit> unitsOfType =
        Multimaps.index(compiled.units().queue(), Unit::type);
    List<Placement> placements = new ArrayList<>();

    for (Part part : Partition.of(compiled, formulation.candidates())) {
      List<Unit> units = new ArrayList<>();
      part.types().forEach(type -> units.addAll(unitsOfType.get(type)));
      PlannedPart planned =
          new PlannedPart(
              part, Demands.of(units), Optional.empty(), Optional.empty(), Optional::empty);
      Limits limits = new Limits(new CpEngine(new ThisProcess()), options, Deadline.never());
      boolean clean = new NodeCut(compiled, part).isClean();
      Statistics.label("parts").collect(clean ? "clean" : "not clean");
      List<Placement> start =
          clean && startsFromNothing
              ? List.of()
              : new PartSearch(
                      options,
                      formulation
                          .of(part, planned.demands(), Deadline.never())
                          .model()
                          .orElseThrow(),
                      Optional.empty(),
                      limits)
                  .run(List.of())
                  .placements();
      placements.addAll(
          clean
              ? new NodeNeighbourhoods(
                      compiled, formulation, options, planned, firstNodes, AMPLE_SECONDS)
                  .improve(start, options, placed -> false, limits)
              : start);
    }

    AllocationPlan checked =
        CheckedPlacements.plan(
            compiled, options, placements, formulation.values().unproven(placements));
    OracleAnswer best = BruteForceOracle.solve(sample.problem(), options);
    assertThat(admission(checked.objectives()))
        .as("%s", checked)
        .isEqualTo(admission(best.objectives()));
    if (admission == Admission.IN_ORDER) {
      assertThat(checked.allocations().keySet()).isEqualTo(best.admitted());
    }
  }

  private static List<String> admission(List<ObjectiveResult> results) {
    return results.stream()
        .filter(each -> each.name().equals(ObjectiveResult.ADMISSION) && each.value() != 0)
        .map(each -> each.tier() + ": " + each.value())
        .toList();
  }
}
