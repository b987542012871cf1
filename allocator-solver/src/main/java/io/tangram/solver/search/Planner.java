package io.tangram.solver.search;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.tangram.api.AllocationOptions;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Demands;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses a formulation for each part of a problem: counts over patterns where they are exact, else
 * the direct model. A part for which that would be too large or take too long has none, and so has
 * one of which the best is {@linkplain Foresight foreseen}; units that fit nowhere are a part of
 * their own.
 */
public final class Planner {

  private final Formulation formulation;
  private final List<PlannedPart> parts = new ArrayList<>();
  private int deviceClasses;
  private int componentClasses;

  /**
   * Cuts the problem into parts and formulates each for which the deadline leaves time.
   *
   * @param foresees whether parts have no model where the best is easily foreseen
   */
  public Planner(
      CompiledProblem problem, AllocationOptions options, boolean foresees, Deadline deadline) {
    this.formulation = new Formulation(problem, options);
    ImmutableListMultimap<UnitType, Unit> unitsOfType =
        Multimaps.index(problem.units().queue(), Unit::type);
    Foresight foresight = new Foresight(problem, options, formulation, foresees, deadline);
    for (Part part : Partition.of(problem, formulation.candidates())) {
      Set<UnitType> hopeless = foresight.hopeless(part);
      if (!hopeless.isEmpty()) {
        Part without = part.only(hopeless::contains);
        Demands none = demands(without, unitsOfType);
        parts.add(PlannedPart.foreseen(without, none, foresight.nothing(none)));
      }
      if (hopeless.size() < part.types().size()) {
        Part rest = hopeless.isEmpty() ? part : part.only(type -> !hopeless.contains(type));
        plan(rest, demands(rest, unitsOfType), foresight, deadline);
      }
    }
  }

  private static Demands demands(Part part, ImmutableListMultimap<UnitType, Unit> unitsOfType) {
    List<Unit> units = new ArrayList<>();
    part.types().forEach(type -> units.addAll(unitsOfType.get(type)));
    return Demands.of(units);
  }

  private void plan(Part part, Demands demands, Foresight foresight, Deadline deadline) {
    Optional<PartSolution> best = foresight.best(demands);
    if (best.isPresent()) {
      parts.add(PlannedPart.foreseen(part, demands, best.get()));
      return;
    }
    Formulation.Formulated pooled = formulation.pooled(part, demands, deadline);
    Formulation.Formulated first =
        pooled.model().isPresent() ? pooled : formulation.of(part, demands, deadline);
    deviceClasses += first.deviceClasses();
    componentClasses += first.componentClasses();
    parts.add(
        new PlannedPart(
            part,
            demands,
            Optional.empty(),
            pooled.model(),
            pooled.model().isPresent()
                ? Suppliers.memoize(() -> formulation.of(part, demands, deadline).model())
                : Suppliers.ofInstance(first.model())));
  }

  /** How parts are formulated. */
  Formulation formulation() {
    return formulation;
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
