package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import io.tangram.api.reference.Defect;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How the outcome for a unit departs from what it would be without defects.
 *
 * @param defects the defects that make the difference, at least one
 * @param without what would come of it without them
 */
record Departure(ImmutableList<Defect> defects, UnitAttempt.Result without) {

  /** Without a defect a search may go further than with it, but nobody wants to wait for that. */
  private static final long STEPS_PER_STEP = 20;

  private static final long STEPS_AT_LEAST = 20_000;

  /**
   * Compares an outcome with that without defects, if that can be had in not many more steps.
   *
   * @param attempt what tries units
   * @param task the unit
   * @param result what came of it
   * @param reproduced the defects with which it was tried
   * @param deadline when there is no time for comparing
   * @return nothing if it is the same or can't be had
   */
  static Optional<Departure> of(
      UnitAttempt attempt,
      UnitAttempt.Task task,
      UnitAttempt.Result result,
      Set<Defect> reproduced,
      Deadline deadline) {
    if (result.outcome() instanceof CallOutcome.Interrupted) {
      return Optional.empty();
    }
    double steps = Math.max(STEPS_AT_LEAST, STEPS_PER_STEP * result.steps());
    Tries tries = new Tries(attempt, task, deadline, steps / SearchBudget.STEPS_PER_SECOND);
    UnitAttempt.Result without = tries.run(Set.of());
    if (without.outcome() instanceof CallOutcome.Interrupted || areSame(result, without)) {
      return Optional.empty();
    }
    Set<Defect> needed = EnumSet.noneOf(Defect.class);
    needed.addAll(reproduced);
    for (Defect defect : reproduced) {
      if (needed.size() > 1 && areSame(result, tries.run(Defect.without(defect, needed)))) {
        needed.remove(defect);
      }
    }
    return Optional.of(new Departure(ImmutableList.copyOf(needed), without));
  }

  /** Tries with some defects, each within the same limit. */
  private record Tries(
      UnitAttempt attempt, UnitAttempt.Task task, Deadline deadline, double seconds) {

    UnitAttempt.Result run(Set<Defect> defects) {
      return attempt.run(task, defects, new SearchBudget(deadline, OptionalDouble.of(seconds)));
    }
  }

  private static boolean areSame(UnitAttempt.Result one, UnitAttempt.Result other) {
    if (one.outcome() instanceof CallOutcome.Found found) {
      return one.node() == other.node() && found.equals(other.outcome());
    }
    return !(other.outcome() instanceof CallOutcome.Found)
        && !(other.outcome() instanceof CallOutcome.Interrupted);
  }
}
