package io.tangram.solver.search;

import io.tangram.api.AllocationListener;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.CommonClaim;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Admits units in the order of the queue: the longest prefix that fits together, then without the
 * unit that broke it and all later ones of its type, for what does not fit once can never fit when
 * more is admitted. So about (types) x log2(units) feasibility solves settle the queue. A prefix
 * that ends within a group of workloads fits if the group can be made up to the number it needs.
 */
final class InOrderAdmission {

  private static final double SHARE_OF_TRIAL = 0.5;

  private final PartModel model;
  private final CpModelBuilder cp;
  private final Limits limits;
  private final AllocationListener listener;
  private final Map<Unit, Demand> demandOf = new HashMap<>();
  private final Map<Demand, Integer> admitted = new LinkedHashMap<>();
  private final Map<Integer, Long> unproven = new TreeMap<>(Comparator.reverseOrder());
  private @Nullable CpOutcome incumbent;

  InOrderAdmission(PartModel model, CpModelBuilder cp, Limits limits, AllocationListener listener) {
    this.model = model;
    this.cp = cp;
    this.limits = limits;
    this.listener = listener;
    for (Demand demand : model.demands().units()) {
      admitted.put(demand, 0);
      unproven.put(demand.priority(), 0L);
      demand.units().forEach(unit -> demandOf.put(unit, demand));
    }
  }

  /** Settles the queue and holds the model to it; returns what each tier reached. */
  List<ObjectiveResult> run() {
    List<Unit> queue = new ArrayList<>(demandOf.keySet());
    queue.sort(Comparator.comparingInt(Unit::order));
    Set<UnitType> closed = new HashSet<>();
    while (!queue.isEmpty()) {
      Prefix prefix = longestPrefix(queue);
      queue
          .subList(0, prefix.length())
          .forEach(unit -> admitted.merge(demand(unit), 1, Integer::sum));
      if (prefix.length() == queue.size()) {
        break;
      }
      Unit refused = queue.get(prefix.length());
      closed.add(refused.type());
      if (!prefix.proven()) {
        queue.subList(prefix.length(), queue.size()).stream()
            .filter(unit -> closed.contains(unit.type()))
            .forEach(
                unit -> unproven.merge(unit.priority(), (long) unit.allClaims().size(), Long::sum));
      }
      queue =
          new ArrayList<>(
              queue.subList(prefix.length(), queue.size()).stream()
                  .filter(unit -> !closed.contains(unit.type()))
                  .toList());
    }
    completeGangs();
    admitted.forEach((demand, units) -> cp.addEquality(model.admitted(demand), units));
    return results();
  }

  /** Where time ran out within a group, those of its members count that the solution has. */
  private void completeGangs() {
    CpOutcome known = incumbent;
    if (known != null) {
      admitted.replaceAll(
          (demand, units) ->
              demand.type().gang().isPresent()
                  ? Math.toIntExact(known.value(model.admitted(demand)))
                  : units);
    }
  }

  /** A solution that admits what is settled, if any was found. */
  @Nullable CpOutcome incumbent() {
    return incumbent;
  }

  private Demand demand(Unit unit) {
    Demand demand = demandOf.get(unit);
    if (demand == null) {
      throw new IllegalStateException("Unit " + unit.order() + " is not of this part.");
    }
    return demand;
  }

  /**
   * A prefix of the queue that fits on top of what is admitted.
   *
   * @param length how many units
   * @param proven whether one more is known not to fit
   */
  private record Prefix(int length, boolean proven) {}

  private Prefix longestPrefix(List<Unit> queue) {
    int fits = 0;
    int tooLong = queue.size() + 1;
    boolean proven = true;
    int tried = queue.size();
    while (tooLong - fits > 1) {
      if (limits.areUsedUp()) {
        return new Prefix(fits, false);
      }
      CpOutcome outcome = solve(queue.subList(0, tried));
      if (outcome.hasSolution()) {
        incumbent = outcome;
        fits = tried;
      } else {
        tooLong = tried;
        proven = outcome.status() == CpOutcome.Status.INFEASIBLE;
      }
      tried = fits + (tooLong - fits) / 2;
    }
    return new Prefix(fits, proven);
  }

  private CpOutcome solve(List<Unit> prefix) {
    Map<Demand, Integer> wanted = new LinkedHashMap<>(admitted);
    prefix.forEach(unit -> wanted.merge(demand(unit), 1, Integer::sum));
    CpModelBuilder trial = cp.copy();
    wanted.forEach((demand, units) -> admit(demand, units, trial));
    if (incumbent != null) {
      incumbent.hint(trial);
    }
    return limits.solve(trial, SHARE_OF_TRIAL, CpListener.NONE);
  }

  /** Later members of a group may be placed to make up the number that it needs. */
  private void admit(Demand demand, int units, CpModelBuilder trial) {
    if (demand.type().gang().isPresent()) {
      trial.addGreaterOrEqual(model.admitted(demand), units);
    } else {
      trial.addEquality(model.admitted(demand), units);
    }
  }

  private List<ObjectiveResult> results() {
    Map<Integer, Long> claims = new TreeMap<>(Comparator.reverseOrder());
    admitted.forEach(
        (demand, units) ->
            claims.merge(demand.priority(), (long) units * demand.claims(), Long::sum));
    for (CommonClaim common : model.demands().common()) {
      common.users().stream()
          .filter(user -> admitted.getOrDefault(user, 0) > 0)
          .mapToInt(Demand::priority)
          .max()
          .ifPresent(tier -> claims.merge(tier, 1L, Long::sum));
    }
    List<ObjectiveResult> results = new ArrayList<>();
    claims.forEach(
        (tier, value) -> {
          long open = unproven.getOrDefault(tier, 0L);
          results.add(
              new ObjectiveResult(
                  ObjectiveResult.ADMISSION,
                  tier,
                  value,
                  OptionalLong.of(value + open),
                  open == 0 ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE));
          listener.on(
              new AllocationListener.Event.Improved(
                  ObjectiveResult.ADMISSION, value, (double) value + open));
        });
    return results;
  }
}
