package io.tangram.api.plan;

import java.time.Duration;
import org.immutables.value.Value;

/** How a plan came about. Sizes are 0 where an allocator has no such thing. */
@Value.Immutable
public interface PlanStatistics {

  /** The way the problem was solved, such as {@code patterns}, {@code direct} or {@code greedy}. */
  String strategy();

  /** How many nodes the problem has. */
  @Value.Default
  default int nodes() {
    return 0;
  }

  /** How many devices are published, usable or not. */
  @Value.Default
  default int devices() {
    return 0;
  }

  /** How many classes of equal devices were told apart. */
  @Value.Default
  default int deviceClasses() {
    return 0;
  }

  /** How many classes of equal components were told apart. */
  @Value.Default
  default int componentClasses() {
    return 0;
  }

  /** How many types of pending claims were told apart. */
  @Value.Default
  default int claimTypes() {
    return 0;
  }

  /** Variables of the largest model. */
  @Value.Default
  default int variables() {
    return 0;
  }

  /** Constraints of the largest model. */
  @Value.Default
  default int constraints() {
    return 0;
  }

  /** Time taken to compile the problem. */
  @Value.Default
  default Duration compile() {
    return Duration.ZERO;
  }

  /** Time taken to search for the plan. */
  @Value.Default
  default Duration solve() {
    return Duration.ZERO;
  }

  /** Time taken to check the plan. */
  @Value.Default
  default Duration check() {
    return Duration.ZERO;
  }

  /** Returns an empty builder; only the strategy has no default. */
  static ImmutablePlanStatistics.Builder builder() {
    return ImmutablePlanStatistics.builder();
  }
}
