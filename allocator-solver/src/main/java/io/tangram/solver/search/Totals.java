package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Adds up the objectives of parts. Parts share nothing, so what is best for each is best for all,
 * objective by objective and tier by tier.
 */
public final class Totals {

  private final List<Objective> objectives;
  private final Map<Integer, ObjectiveResult> tiers = new TreeMap<>(Comparator.reverseOrder());
  private final Map<String, ObjectiveResult> others = new LinkedHashMap<>();

  /** Starts with nothing admitted. */
  public Totals(AllocationOptions options) {
    this.objectives = options.objectives();
  }

  /** Adds what a part reached. */
  public void add(ObjectiveResult result) {
    if (result.name().equals(ObjectiveResult.ADMISSION)) {
      tiers.merge(result.tier(), result, Totals::sum);
    } else {
      others.merge(result.name(), result, Totals::sum);
    }
  }

  private static ObjectiveResult sum(ObjectiveResult a, ObjectiveResult b) {
    boolean bounded = a.bound().isPresent() && b.bound().isPresent();
    boolean proven = a.status() == PlanStatus.OPTIMAL && b.status() == PlanStatus.OPTIMAL;
    return new ObjectiveResult(
        a.name(),
        a.tier(),
        a.value() + b.value(),
        bounded
            ? OptionalLong.of(a.bound().getAsLong() + b.bound().getAsLong())
            : OptionalLong.empty(),
        proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE);
  }

  /** The sums: admission by tier, highest first, then the other objectives as asked for. */
  public ImmutableList<ObjectiveResult> results() {
    List<ObjectiveResult> results = new ArrayList<>(tiers.values());
    if (results.isEmpty()) {
      results.add(zero(ObjectiveResult.ADMISSION));
    }
    for (Objective objective : objectives) {
      ObjectiveResult result = others.get(objective.label());
      results.add(result == null ? zero(objective.label()) : result);
    }
    return ImmutableList.copyOf(results);
  }

  private static ObjectiveResult zero(String name) {
    return new ObjectiveResult(name, 0, 0, OptionalLong.of(0), PlanStatus.OPTIMAL);
  }
}
