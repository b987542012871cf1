package io.tangram.api.testing;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.ClaimId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Solves tiny problems by trying everything: all nodes, alternatives and combinations of devices
 * for every unit, all units one after the other in the order of the queue. Of two ways to the same
 * {@linkplain Usage usage} only the better one is followed, since what can come after is the same;
 * and one that can't become as good as a plan known already is given up.
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

  /** The most choices of devices for a claim, and the most usages it follows at a time. */
  public static final int MAX_CHOICES = 200_000;

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
  private record Path(
      Usage usage, Worth worth, @Nullable Path before, ImmutableList<PlannedClaim> claims) {

    Path plus(Option option, Usage usage) {
      return new Path(usage, worth.plus(option.worth()), this, option.placement().claims());
    }
  }

  /** A way to place a unit, with what that is worth. */
  private record Option(PlacementSearch.Placement placement, Worth worth) {}

  /**
   * Solves the problem.
   *
   * @param problem the problem
   * @param options what to optimise; limits are not looked at
   * @throws IllegalArgumentException if the problem is larger than {@link #MAX_NODES}, {@link
   *     #MAX_DEVICES}, {@link #MAX_CLAIMS} or {@link #MAX_CHOICES} allow, has groups, or a pending
   *     claim of several workloads
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

  static void requireTiny(String what, long actual, int most) {
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
    List<List<Option>> options = queue.stream().map(this::options).toList();
    Path start = new Path(search.held(), Worth.ofNothing(goals), null, ImmutableList.of());
    Worth enough = greedily(options, start).worth();
    Map<Usage, Path> reached = new LinkedHashMap<>();
    reached.put(start.usage(), start);
    for (int i = 0; i < options.size(); i++) {
      Worth rest = most(options.subList(i + 1, options.size()));
      reached = reachedWith(options.get(i), reached, rest, enough);
    }
    Path best = Collections.max(reached.values(), Comparator.comparing(Path::worth));
    return new OracleAnswer(problem, goals, best.worth(), planned(best), fitAlone(options));
  }

  /** Returns the best placement for each usage that the unit alone can lead to, best first. */
  private List<Option> options(AdmissionUnit unit) {
    Map<Usage, Option> best = new LinkedHashMap<>();
    for (PlacementSearch.Placement placement : search.placements(unit)) {
      Usage usage = search.after(search.held(), placement).orElseThrow();
      Option option = new Option(placement, Worth.of(goals, unit, placement.claims()));
      best.merge(usage, option, (a, b) -> b.worth().compareTo(a.worth()) > 0 ? b : a);
    }
    return ImmutableList.sortedCopyOf(
        Comparator.comparing(Option::worth).reversed(), best.values());
  }

  private ImmutableSet<ClaimId> fitAlone(List<List<Option>> options) {
    ImmutableSet.Builder<ClaimId> fitAlone = ImmutableSet.builder();
    for (int i = 0; i < options.size(); i++) {
      if (!options.get(i).isEmpty()) {
        fitAlone.addAll(queue.get(i).claimIds());
      }
    }
    return fitAlone.build();
  }

  /** Returns a path that gives each unit the best there is left: the optimum is no worse. */
  private Path greedily(List<List<Option>> options, Path start) {
    Path path = start;
    for (List<Option> ofUnit : options) {
      Path before = path;
      path =
          ofUnit.stream()
              .flatMap(option -> longer(before, option).stream())
              .findFirst()
              .orElse(before);
    }
    return path;
  }

  /** Returns what units add together at most: what each adds at most when it is alone. */
  private Worth most(List<List<Option>> options) {
    Worth nothing = Worth.ofNothing(goals);
    return options.stream()
        .filter(ofUnit -> !ofUnit.isEmpty())
        .map(ofUnit -> Comparators.max(ofUnit.get(0).worth(), nothing))
        .reduce(nothing, Worth::plus);
  }

  /** Paths from which even the most that can follow is not enough are given up. */
  private Map<Usage, Path> reachedWith(
      List<Option> options, Map<Usage, Path> before, Worth rest, Worth enough) {
    Map<Usage, Path> reached = new LinkedHashMap<>();
    for (Path path : before.values()) {
      Stream.concat(
              Stream.of(path), options.stream().flatMap(option -> longer(path, option).stream()))
          .filter(longer -> longer.worth().plus(rest).compareTo(enough) >= 0)
          .forEach(longer -> reached.merge(longer.usage(), longer, BruteForceOracle::better));
      requireTiny("usages", reached.size(), MAX_CHOICES);
    }
    return reached;
  }

  private Optional<Path> longer(Path path, Option option) {
    return search.after(path.usage(), option.placement()).map(usage -> path.plus(option, usage));
  }

  private static Path better(Path a, Path b) {
    return b.worth().compareTo(a.worth()) > 0 ? b : a;
  }

  private static ImmutableList<PlannedClaim> planned(Path best) {
    List<PlannedClaim> planned = new ArrayList<>();
    for (Path path = best; path != null; path = path.before()) {
      planned.addAll(path.claims().reverse());
    }
    Collections.reverse(planned);
    return ImmutableList.copyOf(planned);
  }
}
