package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.ClaimId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Solves tiny problems by trying everything: all nodes, alternatives and combinations of devices
 * for every unit, all units one after the other in the order of the queue. Of two ways to the same
 * {@linkplain Usage usage} only the better one is followed, since what can come after is the same.
 *
 * <p>Its rules are its own: neither the checker nor any allocator is asked.
 */
public final class BruteForceOracle {

  /** The most nodes it takes. */
  public static final int MAX_NODES = 5;

  /** The most published devices it takes. */
  public static final int MAX_DEVICES = 40;

  /** The most pending claims it takes. */
  public static final int MAX_CLAIMS = 12;

  private final AllocationProblem problem;
  private final PlacementSearch search;
  private final ImmutableList<AdmissionUnit> queue;
  private final ImmutableList<Goal> goals;

  private BruteForceOracle(AllocationProblem problem, AllocationOptions options) {
    this.problem = problem;
    this.search = new PlacementSearch(problem);
    this.queue = AdmissionUnit.queueOf(problem);
    this.goals = Goal.of(problem, options, queue);
  }

  /** How a usage was reached. */
  private record Path(Usage usage, Worth worth, @Nullable Path before, Optional<Step> step) {}

  private record Step(AdmissionUnit unit, PlacementSearch.Placement placement) {}

  /**
   * Solves the problem.
   *
   * @param problem the problem
   * @param options what to optimise; limits are not looked at
   * @throws IllegalArgumentException if the problem is larger than {@link #MAX_NODES}, {@link
   *     #MAX_DEVICES} or {@link #MAX_CLAIMS} allow, has groups, or a pending claim of several
   *     workloads
   */
  public static OracleAnswer solve(AllocationProblem problem, AllocationOptions options) {
    requireTiny("nodes", problem.nodes().size(), MAX_NODES);
    requireTiny(
        "devices",
        problem.slices().stream().mapToInt(slice -> slice.devices().size()).sum(),
        MAX_DEVICES);
    requireTiny("pending claims", problem.claims().size(), MAX_CLAIMS);
    return new BruteForceOracle(problem, options).solve();
  }

  private static void requireTiny(String what, int actual, int most) {
    if (actual > most) {
      throw new IllegalArgumentException(
          "The problem has "
              + actual
              + " "
              + what
              + "; trying everything takes at most "
              + most
              + ". Use a smaller problem.");
    }
  }

  private OracleAnswer solve() {
    Set<ClaimId> fitAlone = new HashSet<>();
    Map<Usage, Path> reached = new LinkedHashMap<>();
    Path start = new Path(search.held(), Worth.ofNothing(goals), null, Optional.empty());
    reached.put(start.usage(), start);
    for (AdmissionUnit unit : queue) {
      List<PlacementSearch.Placement> placements = bestByUsage(unit);
      if (!placements.isEmpty()) {
        fitAlone.addAll(unit.claimIds());
      }
      reached = reachedWith(unit, placements, reached);
    }
    Path best =
        reached.values().stream().max((a, b) -> a.worth().compareTo(b.worth())).orElseThrow();
    return new OracleAnswer(
        problem, goals, best.worth(), planned(best), ImmutableSet.copyOf(fitAlone));
  }

  private Map<Usage, Path> reachedWith(
      AdmissionUnit unit, List<PlacementSearch.Placement> placements, Map<Usage, Path> before) {
    Map<Usage, Path> reached = new LinkedHashMap<>(before);
    for (Path path : before.values()) {
      for (PlacementSearch.Placement placement : placements) {
        search
            .after(path.usage(), placement)
            .map(
                usage ->
                    new Path(
                        usage,
                        path.worth().plus(worth(unit, placement)),
                        path,
                        Optional.of(new Step(unit, placement))))
            .ifPresent(longer -> reached.merge(longer.usage(), longer, this::better));
      }
    }
    return reached;
  }

  /** Returns the best placement for each usage that the unit alone can lead to. */
  private List<PlacementSearch.Placement> bestByUsage(AdmissionUnit unit) {
    Map<Usage, PlacementSearch.Placement> best = new LinkedHashMap<>();
    for (PlacementSearch.Placement placement : search.placements(unit)) {
      Usage usage = search.after(search.held(), placement).orElseThrow();
      best.merge(usage, placement, (a, b) -> worth(unit, b).compareTo(worth(unit, a)) > 0 ? b : a);
    }
    return new ArrayList<>(best.values());
  }

  private Path better(Path a, Path b) {
    return b.worth().compareTo(a.worth()) > 0 ? b : a;
  }

  private Worth worth(AdmissionUnit unit, PlacementSearch.Placement placement) {
    return Worth.of(goals, unit, placement.claims());
  }

  private static ImmutableList<PlannedClaim> planned(Path best) {
    List<PlannedClaim> planned = new ArrayList<>();
    for (Path path = best; path != null; path = path.before()) {
      path.step().ifPresent(step -> planned.addAll(step.placement().claims().reverse()));
    }
    Collections.reverse(planned);
    return ImmutableList.copyOf(planned);
  }
}
