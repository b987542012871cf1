package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationOptions;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.plan.Placement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FillingUpTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().build();

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().without(Feature.SHARED_CLAIMS, Feature.GROUPS).problems();
  }

  @Property
  void fillsAPartOfWhatItPlacedUpToTheSame(
      @ForAll("problems") SampleProblem sample, @ForAll @IntRange(max = 4) int first) {
    CompiledProblem compiled = CompiledProblem.of(sample.problem(), OPTIONS, Deadline.never());
    List<Unit> queue = compiled.units().queue();
    Formulation formulation = new Formulation(compiled, OPTIONS);
    FillingUp fillingUp = new FillingUp(compiled, OPTIONS, formulation.values());
    PlanSolution once = fillingUp.fill(cut(List.of(), formulation, queue), Deadline.never());
    List<Placement> some = once.placements().subList(0, Math.min(first, once.placements().size()));

    PlanSolution full = fillingUp.fill(cut(some, formulation, queue), Deadline.never());

    Set<Unit> placed = units(full.placements());
    if (queue.stream().allMatch(unit -> unit.type().sole().isEmpty())) {
      assertThat(placed).isEqualTo(units(once.placements()));
    }
    assertThat(full.undecided())
        .containsAll(queue.stream().filter(u -> !placed.contains(u)).toList());
    assertThat(
            CheckedPlacements.plan(compiled, OPTIONS, full.placements(), full.objectives())
                .allocations())
        .isNotNull();
  }

  /** A plan of which nothing is proven. */
  private static PlanSolution cut(
      List<Placement> placements, Formulation formulation, List<Unit> queue) {
    return new PlanSolution(
        ImmutableList.copyOf(placements),
        formulation.values().unproven(placements),
        ImmutableSet.copyOf(queue));
  }

  private static Set<Unit> units(List<Placement> placements) {
    return placements.stream().map(Placement::unit).collect(Collectors.toSet());
  }
}
