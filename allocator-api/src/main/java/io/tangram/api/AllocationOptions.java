package io.tangram.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.device.Node;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.topology.LinkObjective;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * What to optimise and how long. By default: most claims, then preference, then fit, all proven, in
 * at most 10 seconds.
 */
@Value.Immutable
public interface AllocationOptions {

  /** The defaults. */
  AllocationOptions DEFAULTS = builder().build();

  /** Which claims to admit when not all fit. */
  @Value.Default
  default Admission admission() {
    return Admission.MOST_CLAIMS;
  }

  /** The objectives after admission, in order, each at most once. */
  @Value.Default
  default ImmutableList<Objective> objectives() {
    return ImmutableList.of(Objective.PREFERENCE, Objective.FIT);
  }

  /** Time for compile, solve and check together. */
  @Value.Default
  default Duration timeLimit() {
    return Duration.ofSeconds(10);
  }

  /**
   * A limit on the search in the solver's deterministic seconds, for answers that don't depend on
   * the machine's speed; none where absent.
   */
  Optional<Double> deterministicLimit();

  /** The relative gap per objective at which to stop; 0 asks for proof. */
  @Value.Default
  default double gap() {
    return 0;
  }

  /** The seed of everything random, share IDs included. */
  @Value.Default
  default long seed() {
    return 1;
  }

  /**
   * How many threads may work at a time: the caller's own, those of the search, and where problems
   * are compiled and plans written and checked, those of the common pool of the JVM. The plan
   * doesn't depend on it.
   */
  @Value.Default
  default int workers() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * What is likely to be asked for next, for {@link Objective#FRAGMENTATION}. Where absent, what
   * the pending claims ask for, each request equally likely.
   */
  Optional<ExpectedDemand> expectedDemand();

  /**
   * What a node costs while it is in use, by its name, in millionths of any unit; for {@link
   * Objective#COST}.
   */
  ImmutableMap<String, Long> prices();

  /** By what {@link Objective#BANDWIDTH} measures the devices of a claim. */
  @Value.Default
  default LinkObjective linkObjective() {
    return LinkObjective.WORST_PAIR;
  }

  /**
   * What an earlier plan gave to claims, such as its {@link
   * io.tangram.api.plan.AllocationPlan#allocations}: where the search starts, as far as it is still
   * legal, and what {@link Objective#STABILITY} keeps to. Claims that aren't pending don't matter.
   */
  ImmutableMap<ClaimId, Allocation> start();

  /** Hears how the work goes on. */
  @Value.Default
  default AllocationListener listener() {
    return AllocationListener.NONE;
  }

  /** Lets the caller end the work early. */
  @Value.Default
  default Cancellation cancellation() {
    return Cancellation.never();
  }

  /**
   * Refuses impossible options.
   *
   * @throws IllegalArgumentException if the time limit, the deterministic limit or the number of
   *     workers is not positive, the gap is not in [0, 1], a price is negative, or an objective is
   *     listed twice
   */
  @Value.Check
  default void check() {
    require(
        !timeLimit().isNegative() && !timeLimit().isZero(),
        "The time limit is " + timeLimit().toSeconds() + " s; it must be positive.");
    require(
        deterministicLimit().isEmpty() || deterministicLimit().get() > 0,
        "The deterministic limit is " + deterministicLimit() + "; it must be positive.");
    require(workers() > 0, "There are " + workers() + " workers; at least 1 is needed.");
    require(gap() >= 0 && gap() <= 1, "The gap is " + gap() + "; it must be between 0 and 1.");
    prices()
        .forEach(
            (node, price) ->
                require(
                    price >= 0,
                    "The price of node " + node + " is " + price + "; it must not be negative."));
    require(
        ImmutableSet.copyOf(objectives()).size() == objectives().size(),
        "The objectives "
            + objectives().stream().map(Objective::label).collect(Collectors.joining(", "))
            + " name one twice; each can be optimised once.");
  }

  /**
   * Refuses a problem for which the options lack something.
   *
   * @throws IllegalArgumentException if {@link Objective#COST} is asked for and a node of the
   *     problem has no price
   */
  default void requireSuits(AllocationProblem problem) {
    if (objectives().contains(Objective.COST)) {
      for (Node node : problem.nodes()) {
        require(
            prices().containsKey(node.name()),
            "Node " + node.name() + " has no price; the objective cost needs one for every node.");
      }
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns a builder that starts from the defaults. */
  static ImmutableAllocationOptions.Builder builder() {
    return ImmutableAllocationOptions.builder();
  }
}
