package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a plan reaches of each goal, in the order of the goals. The first goal in which two differ
 * decides which is better.
 *
 * @param values one number for each goal; more is better
 */
record Worth(ImmutableLongArray values) implements Comparable<Worth> {

  static Worth ofNothing(List<Goal> goals) {
    return new Worth(ImmutableLongArray.copyOf(Collections.nCopies(goals.size(), 0L)));
  }

  /**
   * Returns what an admitted unit adds.
   *
   * @param claims the claims that are allocated with it, and not with a unit before it
   */
  static Worth of(List<Goal> goals, AdmissionUnit unit, List<PlannedClaim> claims) {
    return new Worth(
        ImmutableLongArray.copyOf(
            goals.stream().mapToLong(goal -> goal.ofUnit().applyAsLong(unit, claims))));
  }

  /** Returns what a situation adds. */
  static Worth of(List<Goal> goals, Situation situation) {
    return new Worth(
        ImmutableLongArray.copyOf(
            goals.stream().mapToLong(goal -> goal.ofSituation().applyAsLong(situation))));
  }

  /** Returns the values of the objectives that the goals belong to, as proven. */
  ImmutableList<ObjectiveResult> objectives(List<Goal> goals) {
    record Key(String objective, int tier) {}
    Map<Key, Long> sums = new LinkedHashMap<>();
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      sums.merge(new Key(goal.objective(), goal.tier()), goal.sign() * values.get(i), Long::sum);
    }
    return sums.entrySet().stream()
        .map(
            each ->
                new ObjectiveResult(
                    each.getKey().objective(),
                    each.getKey().tier(),
                    each.getValue(),
                    OptionalLong.of(each.getValue()),
                    PlanStatus.OPTIMAL))
        .collect(ImmutableList.toImmutableList());
  }

  Worth plus(Worth other) {
    ImmutableLongArray.Builder sum = ImmutableLongArray.builder(values.length());
    for (int i = 0; i < values.length(); i++) {
      sum.add(values.get(i) + other.values.get(i));
    }
    return new Worth(sum.build());
  }

  Worth minus(Worth other) {
    ImmutableLongArray.Builder difference = ImmutableLongArray.builder(values.length());
    for (int i = 0; i < values.length(); i++) {
      difference.add(values.get(i) - other.values.get(i));
    }
    return new Worth(difference.build());
  }

  @Override
  public int compareTo(Worth other) {
    for (int i = 0; i < values.length(); i++) {
      int byGoal = Long.compare(values.get(i), other.values.get(i));
      if (byGoal != 0) {
        return byGoal;
      }
    }
    return 0;
  }
}
