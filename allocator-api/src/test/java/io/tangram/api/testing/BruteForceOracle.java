package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import java.util.ArrayList;
import java.util.Collection;
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
 * for every unit, all units one after the other in the order of the queue. A claim that several
 * workloads reference is allocated with the first of them that is placed, for its node or for that
 * of one behind it, and counts with that first one, whose tier is the highest. Of two ways to the
 * same {@linkplain Situation situation} only the better one is followed, since what can come after
 * is the same; and one that can't become as good as a plan known already is given up.
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

  /** The most workloads it takes. */
  public static final int MAX_WORKLOADS = 12;

  /** The most choices of devices for a claim, and the most situations it follows at a time. */
  public static final int MAX_CHOICES = 200_000;

  private final AllocationProblem problem;
  private final PlacementSearch search;
  private final SituationRules rules;
  private final boolean nodesMatter;
  private final ImmutableList<AdmissionUnit> queue;
  private final ImmutableList<Goal> goals;
  private final List<List<Option>> options;
  private final WorthBounds bounds;
  private final SituationBehind situationBehind;

  private BruteForceOracle(AllocationProblem problem, AllocationOptions asked) {
    this.problem = problem;
    UsageRules usages = new UsageRules(problem);
    this.nodesMatter = Goal.lookAtNodes(asked);
    this.search = new PlacementSearch(problem, usages, nodesMatter);
    this.rules = new SituationRules(problem, usages, nodesMatter);
    this.queue = AdmissionUnit.queueOf(problem);
    this.goals = Goal.of(problem, asked, queue);
    this.options = queue.stream().map(this::options).toList();
    List<List<Placement>> placements =
        options.stream().map(each -> each.stream().map(Option::placement).toList()).toList();
    this.bounds = new WorthBounds(goals, queue, placements);
    this.situationBehind = new SituationBehind(queue, placements);
  }

  /** How a situation was reached. */
  private record Path(
      Situation situation, Worth worth, @Nullable Path before, @Nullable Placement last) {

    Path plus(Option option, Worth change, Situation situation) {
      Worth sum = worth.plus(option.worth()).plus(change);
      return new Path(situation, sum, this, option.placement());
    }

    /** Returns the path that leaves a unit out. */
    Path in(Situation situation) {
      return new Path(situation, worth, before, last);
    }
  }

  /** A way to place a unit, with what that is worth. */
  private record Option(Placement placement, Worth worth) {}

  /**
   * Solves the problem.
   *
   * @param problem the problem
   * @param options what to optimise; limits are not looked at
   * @throws IllegalArgumentException if the problem is larger than {@link #MAX_NODES}, {@link
   *     #MAX_DEVICES}, {@link #MAX_CLAIMS}, {@link #MAX_WORKLOADS} or {@link #MAX_CHOICES} allow
   */
  public static OracleAnswer solve(AllocationProblem problem, AllocationOptions options) {
    requireTiny("nodes", problem.nodes().size(), MAX_NODES);
    requireTiny(
        "devices",
        problem.slices().stream().mapToInt(slice -> slice.devices().size()).sum(),
        MAX_DEVICES);
    requireTiny("pending claims", problem.claims().size(), MAX_CLAIMS);
    requireTiny("workloads", problem.workloads().size(), MAX_WORKLOADS);
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
    Path start = new Path(rules.start(), Worth.ofNothing(goals), null, null);
    Worth enough = greedily(start).worth();
    Collection<Path> reached = List.of(start);
    for (int unit = 0; unit < queue.size(); unit++) {
      reached = reachedWith(unit, reached, enough);
    }
    Path best = Collections.max(reached, Comparator.comparing(Path::worth));
    return new OracleAnswer(problem, goals, best.worth(), placements(best), fitAlone());
  }

  /** Returns the best placement for each situation that the unit alone can lead to, best first. */
  private List<Option> options(AdmissionUnit unit) {
    record Effect(Usage usage, Placement.Traces traces) {}
    Map<Effect, Option> best = new LinkedHashMap<>();
    for (Placement placement : search.placements(unit)) {
      Usage usage = rules.after(rules.start().usage(), placement).orElseThrow();
      Option option = new Option(placement, Worth.of(goals, unit, placement.claims()));
      best.merge(
          new Effect(usage, placement.traces(nodesMatter)),
          option,
          (a, b) -> b.worth().compareTo(a.worth()) > 0 ? b : a);
    }
    return ImmutableList.sortedCopyOf(
        Comparator.comparing(Option::worth).reversed(), best.values());
  }

  private ImmutableList<AdmissionUnit> fitAlone() {
    ImmutableList.Builder<AdmissionUnit> fitAlone = ImmutableList.builder();
    for (int unit = 0; unit < queue.size(); unit++) {
      if (options.get(unit).stream().anyMatch(option -> option.placement().standsAlone())) {
        fitAlone.add(queue.get(unit));
      }
    }
    return fitAlone.build();
  }

  /**
   * Returns a path that gives each unit outside of groups the best there is left: the optimum is no
   * worse.
   */
  private Path greedily(Path start) {
    Path path = start;
    for (int i = 0; i < queue.size(); i++) {
      int unit = i;
      Path before = path;
      path =
          options.get(unit).stream()
              .filter(option -> option.placement().carriesItsClaims())
              .filter(option -> option.placement().unit().group().isEmpty())
              .flatMap(option -> with(option, before, unit).stream())
              .findFirst()
              .orElseGet(() -> without(before, unit).orElseThrow());
    }
    return path;
  }

  /** Paths from which even the most that can follow is not enough are given up. */
  private Collection<Path> reachedWith(int unit, Collection<Path> before, Worth enough) {
    Map<Situation, Path> reached = new LinkedHashMap<>();
    for (Path path : before) {
      Stream.concat(
              without(path, unit).stream(),
              options.get(unit).stream().flatMap(option -> with(option, path, unit).stream()))
          .filter(longer -> most(longer, unit).compareTo(enough) >= 0)
          .forEach(longer -> reached.merge(longer.situation(), longer, BruteForceOracle::better));
      requireTiny("situations", reached.size(), MAX_CHOICES);
    }
    return reached.values();
  }

  /** Returns the most that a path can be worth in the end, this unit decided. */
  private Worth most(Path path, int unit) {
    return path.worth().plus(bounds.behind(unit, path.situation().shared().keySet()));
  }

  private Optional<Path> with(Option option, Path path, int unit) {
    return rules
        .after(path.situation(), option.placement())
        .map(
            situation ->
                path.plus(option, change(path.situation(), situation), relevant(situation, unit)));
  }

  private Worth change(Situation before, Situation after) {
    return Worth.of(goals, after).minus(Worth.of(goals, before));
  }

  private Optional<Path> without(Path path, int unit) {
    return rules
        .decided(path.situation(), queue.get(unit))
        .map(situation -> path.in(relevant(situation, unit)));
  }

  private Situation relevant(Situation situation, int unit) {
    return situationBehind.of(unit, situation);
  }

  private static Path better(Path a, Path b) {
    return b.worth().compareTo(a.worth()) > 0 ? b : a;
  }

  private static ImmutableList<Placement> placements(Path best) {
    List<Placement> placements = new ArrayList<>();
    for (Path path = best; path != null; path = path.before()) {
      if (path.last() != null) {
        placements.add(path.last());
      }
    }
    Collections.reverse(placements);
    return ImmutableList.copyOf(placements);
  }
}
