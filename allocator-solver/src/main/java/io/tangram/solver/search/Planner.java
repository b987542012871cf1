package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.CommonClaim;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.DirectModel;
import io.tangram.solver.model.Options;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.model.PatternModel;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.Partition;
import io.tangram.solver.symmetry.ReadMeasures;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.TiedAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses a formulation for each part of a problem: counts over patterns where they are exact, else
 * the direct model. A part for which that would be too large or take too long has none.
 */
public final class Planner {

  private final CompiledProblem problem;
  private final Deadline deadline;
  private final Candidates candidates;
  private final ReadMeasures measures;
  private final List<PlannedPart> parts = new ArrayList<>();
  private int deviceClasses;
  private int componentClasses;

  /** Cuts the problem into parts and formulates each for which the deadline leaves time. */
  public Planner(CompiledProblem problem, AllocationOptions options, Deadline deadline) {
    this.problem = problem;
    this.deadline = deadline;
    this.candidates = new Candidates(problem);
    this.measures =
        new ReadMeasures(
            new Measures(problem),
            options.admission() == Admission.MOST_DEVICE_SHARE,
            options.objectives().contains(Objective.FIT));
    ImmutableListMultimap<UnitType, Unit> unitsOfType =
        Multimaps.index(problem.units().queue(), Unit::type);
    Map<UnitType, Unit> common = Maps.uniqueIndex(problem.units().common(), Unit::type);
    for (Part part : Partition.of(problem, candidates)) {
      Demands demands = demands(part, unitsOfType, common);
      parts.add(new PlannedPart(demands, formulate(part, demands)));
    }
  }

  private Optional<PartModel> formulate(Part part, Demands demands) {
    TiedAttributes ties = TiedAttributes.of(problem, part);
    if (Options.canCount(problem, candidates, part, ties)) {
      Optional<Supply> supply =
          Supply.of(
              problem, candidates, part, ties, measures, Options.placedLeaves(part), deadline);
      if (supply.isPresent()) {
        deviceClasses += supply.get().classes().size();
        componentClasses += supply.get().componentClasses();
        Options options = new Options(problem, supply.get(), ties, deadline);
        Optional<PartModel> counting = PatternModel.of(problem, supply.get(), demands, options);
        if (counting.isPresent()) {
          return counting;
        }
      }
    }
    return DirectModel.of(problem, candidates, part, measures, demands, deadline);
  }

  private static Demands demands(
      Part part, ImmutableListMultimap<UnitType, Unit> unitsOfType, Map<UnitType, Unit> common) {
    List<Demand> units = new ArrayList<>();
    ListMultimap<UnitType, Demand> users =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (UnitType type : part.types()) {
      ImmutableListMultimap<Integer, Unit> byPriority =
          Multimaps.index(unitsOfType.get(type), Unit::priority);
      for (Integer priority : byPriority.keySet()) {
        Demand demand = new Demand(units.size(), type, priority, byPriority.get(priority));
        units.add(demand);
        type.common().forEach(each -> users.put(each, demand));
      }
    }
    ImmutableList.Builder<CommonClaim> claims = ImmutableList.builder();
    int index = units.size();
    for (UnitType type : users.keySet()) {
      Unit unit = common.get(type);
      if (unit != null) {
        Demand claim = new Demand(index++, type, unit.priority(), ImmutableList.of(unit));
        claims.add(new CommonClaim(claim, ImmutableList.copyOf(users.get(type))));
      }
    }
    return new Demands(ImmutableList.copyOf(units), claims.build());
  }

  /** The parts. */
  public List<PlannedPart> parts() {
    return parts;
  }

  /** How many classes of devices were told apart where that was done. */
  public int deviceClasses() {
    return deviceClasses;
  }

  /** How many classes of components were told apart where that was done. */
  public int componentClasses() {
    return componentClasses;
  }
}
