package io.tangram.api.check;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.Comparator;
import java.util.Map;

/** The objectives of a legal plan have the values that it claims, and no better ones. */
final class ObjectiveCheck {

  private final AllocationPlan plan;
  private final AllocationOptions options;
  private final ObjectiveValues values;
  private final ImmutableList.Builder<Violation> violations = ImmutableList.builder();

  /**
   * Prepares the check of a plan.
   *
   * @param values what the plan reaches
   */
  ObjectiveCheck(AllocationPlan plan, AllocationOptions options, ObjectiveValues values) {
    this.plan = plan;
    this.options = options;
    this.values = values;
  }

  /** Runs the check and returns what is wrong. */
  ImmutableList<Violation> run() {
    requireOrder();
    Map<Integer, Long> admission = values.admission();
    for (ObjectiveResult result : plan.objectives()) {
      requireConsistency(result);
      if (result.name().equals(ObjectiveResult.ADMISSION)) {
        requireValue(result, admission.getOrDefault(result.tier(), 0L));
        admission.remove(result.tier());
      }
    }
    admission.forEach(
        (tier, value) -> {
          if (value != 0) {
            report("admission of tier " + tier + " is " + value + ", which the plan does not say");
          }
        });
    for (Objective objective : options.objectives()) {
      plan.objectives().stream()
          .filter(result -> result.name().equals(objective.label()))
          .forEach(result -> requireValue(result, values.of(objective)));
    }
    requireStatus();
    return violations.build();
  }

  private void requireOrder() {
    ImmutableList<String> asked =
        options.objectives().stream()
            .map(Objective::label)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<String> reported =
        plan.objectives().stream()
            .map(ObjectiveResult::name)
            .dropWhile(ObjectiveResult.ADMISSION::equals)
            .collect(ImmutableList.toImmutableList());
    if (!reported.equals(asked)) {
      report("after admission the objectives asked for are " + asked + ", reported " + reported);
    }
    ImmutableList<Integer> tiers =
        plan.objectives().stream()
            .filter(result -> result.name().equals(ObjectiveResult.ADMISSION))
            .map(ObjectiveResult::tier)
            .collect(ImmutableList.toImmutableList());
    if (!Comparators.isInStrictOrder(tiers, Comparator.reverseOrder())) {
      report("admission is reported for tiers " + tiers + ", not each once from the highest down");
    }
  }

  private void requireValue(ObjectiveResult result, long actual) {
    if (result.value() != actual) {
      report(
          "%s of tier %d is %d, not %d as the plan says"
              .formatted(result.name(), result.tier(), actual, result.value()));
    }
  }

  private void requireConsistency(ObjectiveResult result) {
    if (result.bound().isEmpty()) {
      return;
    }
    long bound = result.bound().getAsLong();
    boolean beyond = result.isMinimised() ? result.value() < bound : result.value() > bound;
    boolean unproven = result.status() == PlanStatus.OPTIMAL && result.value() != bound;
    if (beyond || unproven) {
      report(
          "%s of tier %d is %d, %s, with bound %d"
              .formatted(result.name(), result.tier(), result.value(), result.status(), bound));
    }
  }

  private void requireStatus() {
    boolean proven =
        plan.objectives().stream().allMatch(result -> result.status() == PlanStatus.OPTIMAL);
    boolean optimal = plan.status() == PlanStatus.OPTIMAL;
    if (proven != optimal && !plan.objectives().isEmpty()) {
      report("the plan is " + plan.status() + ", but its objectives are " + plan.objectives());
    }
  }

  private void report(String message) {
    violations.add(Violation.of(PlanChecker.OBJECTIVE, message));
  }
}
