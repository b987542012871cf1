package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.CrowdedFleet;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class NodePricingTest {

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().workers(2).objectives(List.of()).build();

  private final Limits limits =
      new Limits(new CpEngine(new ThisProcess()), OPTIONS, Deadline.never());

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all()
        .without(
            Feature.SHARED_DEVICES,
            Feature.ALL_MODE,
            Feature.ADMIN_ACCESS,
            Feature.SHARED_CLAIMS,
            Feature.GROUPS,
            Feature.POOLS_ACROSS_NODES,
            Feature.SEEN_BY_ALL_NODES,
            Feature.SEEN_BY_MATCHING_NODES)
        .problems();
  }

  @Property
  void plansAreLegalAndNoWorseAndTheBestIsWithinTheBounds(
      @ForAll("problems") SampleProblem sample, @ForAll boolean startsFromNothing) {
    CompiledProblem compiled = CompiledProblem.of(sample.problem(), OPTIONS, Deadline.never());
    Formulation formulation = new Formulation(compiled, OPTIONS);
    PlacementRanking ranking = new PlacementRanking(OPTIONS, formulation.values());
    ImmutableListMultimap<UnitType, Unit> unitsOfType =
        Multimaps.index(compiled.units().queue(), Unit::type);
    List<Placement> all = new ArrayList<>();

    for (Part part : Partition.of(compiled, formulation.candidates())) {
      List<Unit> units = new ArrayList<>();
      part.types().forEach(type -> units.addAll(unitsOfType.get(type)));
      PlannedPart planned =
          new PlannedPart(
              part, Demands.of(units), Optional.empty(), Optional.empty(), Optional::empty);
      PartSolution best = best(formulation, planned);
      List<Placement> start = startsFromNothing ? List.of() : best.placements();
      Optional<NodePricing> pricing =
          NodePricing.of(compiled, formulation, OPTIONS, planned, limits);
      if (pricing.isEmpty()) {
        Statistics.label("parts").collect("not priced");
        all.addAll(best.placements());
        continue;
      }

      NodePricing.Priced priced = pricing.get().improve(start);

      all.addAll(priced.placements());
      assertThat(ranking.compare(priced.placements(), start)).isNotNegative();
      ObjectiveResult first = best.objectives().get(0);
      assertThat(priced.bounds().most(first.tier())).isGreaterThanOrEqualTo(first.value());
      assertThat(best.withAdmissionBounds(priced.bounds()).objectives())
          .allSatisfy(
              result ->
                  assertThat(result.bound().orElseThrow()).isGreaterThanOrEqualTo(result.value()));
      for (ObjectiveResult reached : formulation.values().admission(priced.placements())) {
        assertThat(priced.bounds().most(reached.tier())).isGreaterThanOrEqualTo(reached.value());
      }
      Statistics.label("parts")
          .collect(
              priced.bounds().most(first.tier()) > first.value()
                  ? "bounded"
                  : ranking.compare(priced.placements(), best.placements()) < 0
                      ? "proven, not found"
                      : "proven");
    }

    AllocationPlan checked = // or an exception
        CheckedPlacements.plan(compiled, OPTIONS, all, formulation.values().unproven(all));
    assertThat(checked.allocations()).isNotNull();
  }

  /** Counts over all nodes as one know nothing of what is left over on each. */
  @Example
  void provesWhatCountsDontWhereUnitsAreLargeBesideANode() {
    CompiledProblem compiled =
        CompiledProblem.of(CrowdedFleet.of(60, 900, 10, 1, 3), OPTIONS, Deadline.never());
    Planner planner = new Planner(compiled, OPTIONS, false, Deadline.never());
    Formulation formulation = planner.formulation();
    PlannedPart part =
        planner.parts().stream()
            .max(Comparator.comparing(each -> each.demands().units().size()))
            .orElseThrow();
    PartSearch counting =
        new PartSearch(OPTIONS, part.pool().orElseThrow(), Optional.empty(), limits);
    long counted = counting.run(List.of()).objectives().get(0).bound().orElseThrow();

    NodePricing.Priced priced =
        NodePricing.of(compiled, formulation, OPTIONS, part, limits)
            .orElseThrow()
            .improve(List.of());

    ObjectiveResult reached = formulation.values().admission(priced.placements()).get(0);
    long bound = priced.bounds().most(reached.tier());
    assertThat(bound).isLessThan(counted);
    assertThat(reached.value()).isBetween(bound - bound / 100, bound);
  }

  private PartSolution best(Formulation formulation, PlannedPart planned) {
    return new PartSearch(
            OPTIONS,
            formulation
                .of(planned.part(), planned.demands(), Deadline.never())
                .model()
                .orElseThrow(),
            Optional.empty(),
            limits)
        .run(List.of());
  }
}
