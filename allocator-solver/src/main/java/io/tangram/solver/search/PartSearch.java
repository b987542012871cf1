package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocatorException;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.ImmutableCpParameters;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Admitted;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Optimises one model for one goal after the other, each held at its value while the later ones are
 * optimised. Every stage starts from the incumbent of the one before and may use half of the time
 * that is left, the last all of it. A stage that ends without proof is held at its incumbent. The
 * model itself stays as it is and may be searched again.
 */
final class PartSearch {

  private static final double SHARE_OF_START = 0.1;
  private static final double SHARE_OF_BOUND = 0.1;
  private static final double SHARE_OF_STAGE = 0.5;

  private final AllocationOptions options;
  private final PartModel model;
  private final List<Goal> goals;
  private final Limits limits;
  private final Optional<Relaxation> relaxation;
  private final List<ObjectiveResult> settled = new ArrayList<>();
  private final List<Reached> reached = new ArrayList<>();
  private CpModelBuilder cp;
  private @Nullable CpOutcome near;
  private @Nullable CpOutcome incumbent;
  private boolean ranDry;

  /**
   * Prepares a search; it may be run once.
   *
   * @param relaxation gives bounds that are cheaper than the model's, if there is one
   */
  PartSearch(
      AllocationOptions options, PartModel model, Optional<PartModel> relaxation, Limits limits) {
    this.options = options;
    this.model = model;
    this.goals = new ArrayList<>(Goal.of(options, model));
    this.cp = model.model();
    this.limits = limits;
    this.relaxation = relaxation.map(easier -> new Relaxation(options, easier, limits));
  }

  /** Returns a search of the same model, to which something was added, that starts from here. */
  PartSearch again() {
    PartSearch next = new PartSearch(options, model, Optional.empty(), limits);
    next.near = incumbent;
    return next;
  }

  /**
   * Searches until everything is proven or the limits are used up.
   *
   * @param start placements to start from, if any are known
   */
  PartSolution run(List<Placement> start) {
    if (!start.isEmpty()) {
      startFrom(start);
    }
    cp = model.model().copy();
    if (near != null) {
      near.hint(cp);
    }
    if (options.admission() == Admission.IN_ORDER) {
      InOrderAdmission admission = new InOrderAdmission(model, cp, limits, options.listener());
      settled.addAll(admission.run());
      incumbent = admission.incumbent();
    }
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      if (ranDry && !goal.name().equals(ObjectiveResult.ADMISSION)) {
        // Optimised now, it would be best to admit nothing.
        reached.add(new Reached(goal, OptionalLong.empty()));
      } else if (i == 0 || goal.reported() || !goal.isProportionalTo(goals.get(i - 1))) {
        optimise(goal, i == goals.size() - 1 ? 1 : SHARE_OF_STAGE);
      }
    }
    CpOutcome best = incumbent;
    List<Placement> placements = best == null ? List.of() : model.placements(best);
    return new PartSolution(
        ImmutableList.copyOf(placements), ImmutableList.copyOf(results()), admitted());
  }

  /**
   * Goes on from placements that are as good as can be for admission and some objectives: holds
   * these at what the placements are worth, and optimises the others.
   *
   * @param settled what the placements are worth under these objectives, by name
   * @return what the others reached; nothing if the model doesn't know the placements
   */
  Optional<PartSolution> goOn(List<Placement> start, Map<String, Long> settled) {
    return goOn(start, settled, OptionalLong.empty(), List.of());
  }

  /**
   * The same with more that is known or wanted.
   *
   * @param least what the first of the others, which is minimised, is at least
   * @param more goals over the model that are of no objective, after all others
   */
  Optional<PartSolution> goOn(
      List<Placement> start, Map<String, Long> settled, OptionalLong least, List<Goal> more) {
    goals.addAll(more);
    if (!holdAdmission(start)) {
      return Optional.empty();
    }
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      Long worth = settled.get(goal.name());
      if (worth != null) {
        hold(goal, worth);
      } else if (!goal.name().equals(ObjectiveResult.ADMISSION)) {
        if (reached.isEmpty() && least.isPresent()) {
          cp.addGreaterOrEqual(goal.expression(), least.getAsLong());
        }
        optimise(goal, i == goals.size() - 1 ? 1 : SHARE_OF_STAGE);
      }
    }
    List<Placement> placements = incumbent == null ? start : model.placements(incumbent);
    return Optional.of(
        new PartSolution(
            ImmutableList.copyOf(placements), ImmutableList.copyOf(results()), admitted()));
  }

  /**
   * Returns a bound on a goal beside what placements are worth. The model may be a relaxation,
   * which has solutions that are no plans.
   *
   * @param settled what the placements are worth under the objectives that are held, by name
   * @param name the name of the goal
   */
  OptionalLong bound(List<Placement> start, Map<String, Long> settled, String name) {
    if (!holdAdmission(start)) {
      return OptionalLong.empty();
    }
    for (Goal goal : goals) {
      Long worth = settled.get(goal.name());
      if (worth != null) {
        hold(goal, worth);
      } else if (goal.name().equals(name)) {
        optimise(goal, 1);
      }
    }
    return reached.isEmpty() ? OptionalLong.empty() : reached.get(0).bound();
  }

  /** Takes placements for the incumbent and holds what they admit, if the model knows them. */
  private boolean holdAdmission(List<Placement> start) {
    model.hint(start);
    incumbent = model.model().hintedSolution().or(this::nearHint).orElse(null);
    CpOutcome known = incumbent;
    if (known == null) {
      return false;
    }
    cp = model.model().copy();
    if (options.admission() == Admission.IN_ORDER) {
      for (Demand demand : model.demands().all()) {
        long units = known.value(model.admitted(demand));
        cp.addEquality(model.admitted(demand), units);
        relaxation.ifPresent(each -> each.admit(demand, units));
      }
    }
    for (Goal goal : goals) {
      if (goal.name().equals(ObjectiveResult.ADMISSION)) {
        hold(goal, valueOf(goal, known));
      }
    }
    return true;
  }

  /** The solution that the hint leaves no choice about but for what follows from it. */
  private Optional<CpOutcome> nearHint() {
    CpParameters parameters =
        ImmutableCpParameters.copyOf(limits.parameters(SHARE_OF_START))
            .withStopAtFirstSolution(true)
            .withKeepsToHint(true);
    CpOutcome outcome = limits.solve(model.model(), parameters, SHARE_OF_START, CpListener.NONE);
    return outcome.hasSolution() ? Optional.of(outcome) : Optional.empty();
  }

  /** A complete hint is a solution; a hint that lacks something may be close to one. */
  private void startFrom(List<Placement> start) {
    model.hint(start);
    Optional<CpOutcome> known = model.model().hintedSolution();
    if (known.isPresent()) {
      incumbent = known.get();
      return;
    }
    CpParameters parameters =
        ImmutableCpParameters.copyOf(limits.parameters(SHARE_OF_START))
            .withStopAtFirstSolution(true)
            .withPresolve(false);
    CpOutcome outcome = limits.solve(model.model(), parameters, SHARE_OF_START, CpListener.NONE);
    if (outcome.hasSolution()) {
      incumbent = outcome;
    }
  }

  private void optimise(Goal goal, double share) {
    if (goal.isConstant()) {
      reached.add(new Reached(goal, OptionalLong.of(goal.expression().getOffset())));
      return;
    }
    long best = goal.bestByDomains(cp);
    if (isReached(goal, best)) {
      settle(goal, OptionalLong.of(best));
      return;
    }
    OptionalLong relaxed =
        relaxation.map(each -> each.bound(goal, SHARE_OF_BOUND)).orElse(OptionalLong.empty());
    if (relaxed.isPresent() && isReached(goal, relaxed.getAsLong())) {
      settle(goal, relaxed);
      return;
    }
    if (goal.maximised()) {
      cp.maximize(goal.expression());
    } else {
      cp.minimize(goal.expression());
    }
    if (incumbent != null) {
      incumbent.hint(cp);
    }
    CpOutcome outcome = limits.solve(cp, share, progress(goal));
    if (outcome.status() == CpOutcome.Status.INFEASIBLE) {
      throw new AllocatorException(
          "The model \""
              + model.strategy()
              + "\" has no solution for "
              + goal.name()
              + ", although admitting nothing is one; this is a defect of the allocator. The same"
              + " problem with "
              + options
              + " shows it again.");
    }
    if (outcome.hasSolution() && !isWorse(outcome, goal)) {
      incumbent = outcome;
    }
    ranDry = incumbent == null;
    settle(goal, tightest(goal, outcome.bound(), relaxed, OptionalLong.of(best)));
  }

  /** Presolve may break symmetry against the hint, so that a short search ends below it. */
  private boolean isWorse(CpOutcome outcome, Goal goal) {
    if (incumbent == null) {
      return false;
    }
    int difference =
        Long.compare(outcome.value(goal.expression()), incumbent.value(goal.expression()));
    return goal.maximised() ? difference < 0 : difference > 0;
  }

  private boolean isReached(Goal goal, long bound) {
    return incumbent != null && incumbent.value(goal.expression()) == bound;
  }

  private static OptionalLong tightest(Goal goal, OptionalLong... bounds) {
    LongStream known =
        Arrays.stream(bounds).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong);
    return goal.maximised() ? known.min() : known.max();
  }

  /** Notes what a goal came to, and holds it there. */
  private void settle(Goal goal, OptionalLong bound) {
    reached.add(new Reached(goal, bound));
    hold(goal, valueOf(goal, incumbent));
  }

  /** Lets no solution have less. */
  private void hold(Goal goal, long value) {
    if (goal.maximised()) {
      cp.addGreaterOrEqual(goal.expression(), value);
    } else {
      cp.addLessOrEqual(goal.expression(), value);
    }
    relaxation.ifPresent(each -> each.hold(goal, value));
  }

  private CpListener progress(Goal goal) {
    return incumbent ->
        options
            .listener()
            .on(
                new AllocationListener.Event.Improved(
                    goal.name(),
                    goal.shown(incumbent.objective()),
                    goal.shown(incumbent.bound().orElse(incumbent.objective()))));
  }

  /**
   * What a goal's stage came to; its value is read from the last incumbent, which may be better.
   */
  private record Reached(Goal goal, OptionalLong bound) {

    ObjectiveResult result(@Nullable CpOutcome incumbent) {
      long value = valueOf(goal, incumbent);
      return ObjectiveResult.of(
          goal.name(),
          goal.tier(),
          goal.shown(value),
          bound.isPresent() ? OptionalLong.of(goal.shown(bound.getAsLong())) : bound);
    }
  }

  private static long valueOf(Goal goal, @Nullable CpOutcome incumbent) {
    return incumbent == null ? goal.expression().getOffset() : incumbent.value(goal.expression());
  }

  private ImmutableMap<Integer, Admitted> admitted() {
    CpOutcome best = incumbent;
    if (best == null) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<Integer, Admitted> admitted = ImmutableMap.builder();
    for (int tier : model.demands().tiers()) {
      long units =
          model.demands().units().stream()
              .filter(demand -> demand.priority() == tier)
              .mapToLong(demand -> best.value(model.admitted(demand)))
              .sum();
      admitted.put(tier, new Admitted(best.value(model.claims(tier)), units));
    }
    return admitted.buildOrThrow();
  }

  private List<ObjectiveResult> results() {
    List<ObjectiveResult> all = new ArrayList<>(settled);
    for (Reached each : reached) {
      ObjectiveResult result = each.result(incumbent);
      if (each.goal().reported()) {
        all.add(result);
      } else if (result.status() == PlanStatus.FEASIBLE) {
        all.add(unproven(all.remove(all.size() - 1)));
      }
    }
    return all;
  }

  /** An objective whose tie-breaker is not proven is not proven. */
  private static ObjectiveResult unproven(ObjectiveResult result) {
    return new ObjectiveResult(
        result.name(), result.tier(), result.value(), result.bound(), PlanStatus.FEASIBLE);
  }
}
