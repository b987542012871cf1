package io.tangram.api;

import io.tangram.api.plan.PlanStatistics;

/**
 * Hears how an allocation goes on. Called on the allocator's threads, one call at a time; it should
 * return quickly. What it throws ends the allocation and reaches the caller of {@link
 * Allocator#allocate}.
 */
@FunctionalInterface
public interface AllocationListener {

  /** Hears nothing. */
  AllocationListener NONE = event -> {};

  /** Called when something happened. */
  void on(Event event);

  /** Something that happened. */
  sealed interface Event {

    /**
     * The problem is compiled.
     *
     * @param statistics the sizes known so far
     */
    record Compiled(PlanStatistics statistics) implements Event {}

    /**
     * A better plan or a better bound for an objective is known.
     *
     * @param objective the objective's name
     * @param value the best value so far
     * @param bound the best bound so far
     */
    record Improved(String objective, double value, double bound) implements Event {}

    /** The plan is being checked. */
    record Checking() implements Event {}
  }
}
