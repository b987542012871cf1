package io.tangram.api.plan;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one objective reached.
 *
 * @param name {@code admission}, or the label of an {@link Objective}
 * @param tier the priority the admission is for; 0 for the objectives after it
 * @param value the plan's value: claims, millionths of devices, score points or millionths of sizes
 * @param bound no legal plan that is as good in the objectives before this one has a better value;
 *     absent where the allocator knows none
 * @param status whether the value is proven
 */
public record ObjectiveResult(
    String name, int tier, long value, OptionalLong bound, PlanStatus status) {

  /** The name of the admission objective. */
  public static final String ADMISSION = "admission";

  /** Returns what an objective reached, proven where the bound is the value. */
  public static ObjectiveResult of(String name, int tier, long value, OptionalLong bound) {
    boolean proven = bound.isPresent() && bound.getAsLong() == value;
    return new ObjectiveResult(
        name, tier, value, bound, proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE);
  }

  /** Whether less is better, as its {@link Objective} says; of admission more is better. */
  public boolean isMinimised() {
    return Arrays.stream(Objective.values())
        .anyMatch(objective -> objective.isMinimised() && objective.label().equals(name));
  }

  /** Returns |bound - value| / max(1, |value|), where there is a bound. */
  public OptionalDouble gap() {
    return bound.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.abs((double) bound.getAsLong() - value) / Math.max(1.0, Math.abs((double) value)));
  }
}
