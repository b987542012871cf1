package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.ClaimShape.Tie;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks ahead in a search: whether what is still wanted could be had of what is still there. Says
 * no only where that is certain, and says it soon in most of the cases in which trying one device
 * after the other takes long.
 *
 * <p>Wishes that share neither devices nor counters nor constraints are looked at apart. Where
 * devices have to agree in a value, each value is tried in turn, or, where many wishes each have to
 * agree for themselves, they are counted as bundles; the rest is {@link Counting}. Left out is what
 * distinctions demand beyond one value for each device, what administrative requests demand beyond
 * devices of their own, which devices still wanted keep off each other's counter sets (R122), and
 * which devices a request has passed over already.
 */
final class Outlook {

  /** How many combinations to look at, at most, at one point of the search. */
  private static final long MOST_COMBINATIONS = 1 << 18;

  /** Stands for a score where there is no way to get all that is wanted. */
  static final int NONE = -1;

  private final CompiledProblem problem;
  private final ClusterState state;
  private final SearchGoal goal;
  private final List<List<Candidates>> candidates;
  private final CallState call;
  private final SearchRules rules;
  private final int lines;
  private final CellSupplies cellSupplies = new CellSupplies();

  /** The kind of each alternative, as {@code [line][alternative]}. */
  private final int[][] kindOf;

  private final List<Source> sources = new ArrayList<>();

  /** A kind of devices: what an alternative wants, alike for all that want the same. */
  private record Source(int line, int alternative, Candidates from) {}

  private record SourceKey(int leaf, int claim, int coverage) {}

  /** The devices of each kind that can still be had. */
  static final class Kinds {
    private final List<Source> sources;
    private final @Nullable ImmutableIntArray[] available;

    private Kinds(List<Source> sources, @Nullable ImmutableIntArray[] available) {
      this.sources = sources;
      this.available = available;
    }

    /** The request of a kind. */
    Leaf leaf(int kind) {
      return sources.get(kind).from().leaf();
    }

    /** The devices of a kind. */
    ImmutableIntArray available(int kind) {
      ImmutableIntArray known = available[kind];
      if (known == null) {
        throw new IllegalStateException("Nobody wishes for kind " + kind + ".");
      }
      return known;
    }

    private boolean isAdmin(int kind) {
      return leaf(kind).request().adminAccess();
    }

    private Kinds with(Map<Integer, ImmutableIntArray> others) {
      @Nullable ImmutableIntArray[] changed = available.clone();
      others.forEach((kind, devices) -> changed[kind] = devices);
      return new Kinds(sources, changed);
    }
  }

  /** A constraint of a claim. */
  private record Open(int claim, ConstraintState constraint) {}

  /**
   * Prepares to look ahead.
   *
   * @param lines how many lines to look at: those before the first of which a selector fails
   */
  Outlook(
      CompiledProblem problem,
      ClusterState state,
      SearchGoal goal,
      List<List<Candidates>> candidates,
      CallState call,
      SearchRules rules,
      int lines) {
    this.problem = problem;
    this.state = state;
    this.goal = goal;
    this.candidates = candidates;
    this.call = call;
    this.rules = rules;
    this.lines = lines;
    this.kindOf = new int[goal.lines().size()][];
    int[][] coverage = StateTokens.coverage(goal);
    // What is administrated is in use for some claims and for others not (R82 to R84).
    boolean anyAdmin =
        goal.lines().stream()
            .flatMap(line -> line.leaves().stream())
            .anyMatch(leaf -> leaf.request().adminAccess());
    Map<SourceKey, Integer> numbers = new HashMap<>();
    for (int line = 0; line < kindOf.length; line++) {
      kindOf[line] = new int[candidates.get(line).size()];
      for (int alternative = 0; alternative < kindOf[line].length; alternative++) {
        Candidates from = candidates.get(line).get(alternative);
        SearchGoal.Line each = goal.lines().get(line);
        boolean own = anyAdmin || isTied(each, alternative);
        SourceKey key =
            new SourceKey(
                from.leaf().index(),
                own ? each.claim() : -1,
                own ? coverage[line][alternative] : 0);
        Source source = new Source(line, alternative, from);
        kindOf[line][alternative] =
            numbers.computeIfAbsent(
                key,
                k -> {
                  sources.add(source);
                  return sources.size() - 1;
                });
      }
    }
  }

  private boolean isTied(SearchGoal.Line line, int alternative) {
    return goal.ties().get(line.claim()).stream()
        .anyMatch(tie -> tie.covers(line.request(), alternative));
  }

  /**
   * Returns whether what is wanted from a line on can't be had for certain.
   *
   * @param line the line
   * @param alternative the alternative that was chosen for it
   * @param left how many devices of that are still wanted
   * @param devicesOfClaim how many devices each claim has, with all of the line
   * @param budget what may be spent
   */
  boolean isHopeless(
      int line, int alternative, int left, int[] devicesOfClaim, SearchBudget budget) {
    return most(line, alternative, left, devicesOfClaim, budget, 0) < 0;
  }

  /**
   * Returns a score (R80) that no way to get all that is wanted exceeds; negative if there is none
   * for certain.
   *
   * @param budget what may be spent
   */
  int mostScore(SearchBudget budget) {
    int most = most(0, 0, 0, new int[goal.ties().size()], budget, goal.bestScore());
    return lines < goal.lines().size() ? goal.bestScore() : most;
  }

  /**
   * Returns what a measure of the devices for all that is wanted comes to at least, each request
   * looked at for itself; nothing if one of them can't be met.
   */
  OptionalLong least(ToLongBiFunction<Leaf, Integer> measure) {
    long sum = 0;
    @Nullable ImmutableIntArray[] available = new ImmutableIntArray[sources.size()];
    for (int line = 0; line < kindOf.length; line++) {
      OptionalLong least =
          options(line, available).stream()
              .mapToLong(option -> least(option, available, measure))
              .min();
      if (least.isEmpty() && !candidates.get(line).isEmpty()) {
        return least;
      }
      sum += least.orElse(0);
    }
    return OptionalLong.of(sum);
  }

  private long least(
      Wish.Option option,
      @Nullable ImmutableIntArray[] available,
      ToLongBiFunction<Leaf, Integer> measure) {
    Leaf leaf = sources.get(option.kind()).from().leaf();
    return Objects.requireNonNull(available[option.kind()]).stream()
        .mapToLong(device -> measure.applyAsLong(leaf, device))
        .sorted()
        .limit(option.count())
        .sum();
  }

  /** The score is told from others up to {@code enough}. */
  private int most(
      int line, int alternative, int left, int[] devicesOfClaim, SearchBudget budget, int enough) {
    if (line >= lines) {
      return 0;
    }
    @Nullable ImmutableIntArray[] available = new ImmutableIntArray[sources.size()];
    List<Wish> wishes = new ArrayList<>();
    int next = line;
    if (left > 0) {
      int kind = kindOf[line][alternative];
      available[kind] = available(sources.get(kind));
      if (available[kind].length() < left) {
        return NONE;
      }
      wishes.add(new Wish(line, ImmutableList.of(new Wish.Option(kind, left, 0))));
      next++;
    }
    for (; next < lines; next++) {
      if (!candidates.get(next).isEmpty()) {
        Wish wish = new Wish(next, options(next, available));
        if (wish.options().isEmpty()) {
          return NONE;
        }
        wishes.add(wish);
      }
    }
    if (exceedsLimit(wishes, line, left, devicesOfClaim)) {
      return NONE;
    }
    Kinds kinds = new Kinds(sources, available);
    Effort effort = new Effort(budget, MOST_COMBINATIONS);
    int sum = 0;
    for (List<Wish> group : groups(wishes, kinds)) {
      int most = most(group, open(group, Tie.Kind.MATCH), kinds, effort, enough);
      if (most < 0) {
        return NONE;
      }
      sum += most;
    }
    return sum;
  }

  private ImmutableList<Wish.Option> options(int line, @Nullable ImmutableIntArray[] available) {
    ImmutableList.Builder<Wish.Option> options = ImmutableList.builder();
    for (int alternative = 0; alternative < kindOf[line].length; alternative++) {
      Candidates from = candidates.get(line).get(alternative);
      int kind = kindOf[line][alternative];
      ImmutableIntArray devices = available[kind];
      if (devices == null) {
        devices = available(sources.get(kind));
        available[kind] = devices;
      }
      boolean all = from.leaf().isAll();
      long count = all ? from.size() : from.leaf().count();
      boolean possible = !all || !(from.anyUnwilling() || from.anyFailing());
      if (count > 0 && possible && count <= devices.length() && count <= Claim.MAX_DEVICES) {
        options.add(new Wish.Option(kind, (int) count, score(line, alternative)));
      }
    }
    return options.build();
  }

  private int score(int line, int alternative) {
    return goal.lines().get(line).prioritized() ? FirstAvailable.score(alternative) : 0;
  }

  /** The devices that suit, of which each by itself could be chosen now. */
  private ImmutableIntArray available(Source source) {
    Candidates from = source.from();
    Leaf leaf = from.leaf();
    SearchGoal.Line line = goal.lines().get(source.line());
    boolean admin = leaf.request().adminAccess();
    ImmutableIntArray.Builder available = ImmutableIntArray.builder();
    for (int i = 0; i < from.size(); i++) {
      int device = from.device(i);
      Map<QualifiedName, Quantity> amounts = from.amounts(i);
      boolean paid = admin || (amounts != null && state.hasShares(device));
      if (!from.isFailing(i)
          && !call.isInUse(leaf, line.claim(), device)
          && (admin
              || amounts == null
              || !rules.capacityCounts()
              || state.fitsCapacity(device, amounts))
          && (paid || !rules.countersCount() || state.fitsCounters(device))
          && (paid || !rules.groupsCount() || state.fitsGroups(device))
          && call.mayAdmit(line, source.alternative(), device)) {
        available.add(device);
      }
    }
    return available.build();
  }

  /** R204: whether even the fewest devices are too many for some claim. */
  private boolean exceedsLimit(List<Wish> wishes, int line, int left, int[] devicesOfClaim) {
    int[] least = devicesOfClaim.clone();
    for (Wish wish : wishes) {
      boolean counted = wish.line() == line && left > 0;
      least[claimOf(wish)] += counted ? 0 : wish.least();
    }
    return Arrays.stream(least).anyMatch(devices -> devices > Claim.MAX_DEVICES);
  }

  private int claimOf(Wish wish) {
    return goal.lines().get(wish.line()).claim();
  }

  /** Whether a constraint covers a way to meet a wish. */
  private boolean covers(Open open, Wish wish, Wish.Option option) {
    Source source = sources.get(option.kind());
    SearchGoal.Line line = goal.lines().get(source.line());
    // A kind that another claim named first is covered by no constraint.
    return claimOf(wish) == open.claim()
        && line.claim() == open.claim()
        && open.constraint().covers(line.request(), source.alternative());
  }

  private boolean covers(Open open, Wish wish) {
    return wish.options().stream().anyMatch(option -> covers(open, wish, option));
  }

  /** The constraints of a sort that cover some of the wishes. */
  private List<Open> open(List<Wish> wishes, Tie.Kind sort) {
    Set<Integer> claims = new TreeSet<>();
    wishes.forEach(wish -> claims.add(claimOf(wish)));
    List<Open> open = new ArrayList<>();
    for (int claim : claims) {
      for (ConstraintState constraint : call.constraints(claim)) {
        Open each = new Open(claim, constraint);
        if (constraint.tie().kind() == sort && wishes.stream().anyMatch(w -> covers(each, w))) {
          open.add(each);
        }
      }
    }
    return open;
  }

  /** Wishes that have nothing to do with those of other groups. */
  private List<List<Wish>> groups(List<Wish> wishes, Kinds kinds) {
    Map<Integer, Integer> firstWithDevice = new HashMap<>();
    Map<Integer, Integer> firstWithSet = new HashMap<>();
    int[] tiedTo = new int[wishes.size()];
    Arrays.setAll(tiedTo, wish -> wish);
    Map<Integer, Integer> firstOfKind = new HashMap<>();
    for (int i = 0; i < wishes.size(); i++) {
      int number = i;
      for (Wish.Option option : wishes.get(i).options()) {
        Integer first = firstOfKind.putIfAbsent(option.kind(), i);
        if (first != null) {
          union(tiedTo, first, i);
        } else if (!kinds.isAdmin(option.kind())) {
          kinds
              .available(option.kind())
              .forEach(
                  device -> {
                    union(tiedTo, firstWithDevice.computeIfAbsent(device, d -> number), number);
                    for (int set : problem.devices().sets(device)) {
                      union(tiedTo, firstWithSet.computeIfAbsent(set, s -> number), number);
                    }
                  });
        }
      }
    }
    for (Tie.Kind sort : Tie.Kind.values()) {
      for (Open open : open(wishes, sort)) {
        int first = -1;
        for (int i = 0; i < wishes.size(); i++) {
          if (covers(open, wishes.get(i))) {
            first = first < 0 ? i : first;
            union(tiedTo, first, i);
          }
        }
      }
    }
    Map<Integer, List<Wish>> groups = new LinkedHashMap<>();
    for (int i = 0; i < wishes.size(); i++) {
      groups.computeIfAbsent(root(tiedTo, i), r -> new ArrayList<>()).add(wishes.get(i));
    }
    return List.copyOf(groups.values());
  }

  private static int root(int[] tiedTo, int element) {
    int root = element;
    while (tiedTo[root] != root) {
      root = tiedTo[root];
    }
    return root;
  }

  private static void union(int[] tiedTo, int one, int other) {
    tiedTo[root(tiedTo, one)] = root(tiedTo, other);
  }

  /**
   * Returns a score that no way to meet wishes together exceeds; negative if there is none.
   *
   * @param open the constraints whose value is not chosen yet
   * @param enough up to where scores are told apart
   */
  private int most(List<Wish> wishes, List<Open> open, Kinds kinds, Effort effort, int enough) {
    int best = Math.min(enough, wishes.stream().mapToInt(Wish::mostScore).sum());
    if (effort.isSpent()) {
      return best;
    }
    // What is left of the alternatives may be none that a constraint covers.
    List<Open> matches =
        open.stream().filter(each -> wishes.stream().anyMatch(w -> covers(each, w))).toList();
    List<Open> bundled = bundled(wishes, matches, kinds);
    if (matches.size() == bundled.size() && bundled.size() != 1) {
      return valuesSuffice(wishes, kinds) ? counted(wishes, bundled, kinds, effort, enough) : NONE;
    }
    Open branch =
        bundled.size() == matches.size()
            ? matches.get(0)
            : matches.stream().filter(each -> !bundled.contains(each)).findFirst().orElseThrow();
    List<Open> others = matches.stream().filter(each -> !each.equals(branch)).toList();
    int most = NONE;
    for (int element : elements(branch, wishes, kinds)) {
      if (!effort.spend(1)) {
        return best;
      }
      Kinds withElement = withElement(element, branch, wishes, kinds);
      List<Wish> possible = possible(wishes, withElement);
      if (possible.size() == wishes.size()) {
        most = Math.max(most, most(possible, others, withElement, effort, enough));
      }
      if (most >= best) {
        return most;
      }
    }
    return most;
  }

  /**
   * Constraints that tie wishes to each other that no other constraint ties, each of which can be
   * met in one way, by devices of one value each: to be counted as bundles.
   */
  private List<Open> bundled(List<Wish> wishes, List<Open> matches, Kinds kinds) {
    List<Open> bundled = new ArrayList<>();
    for (Open match : matches) {
      boolean plain =
          wishes.stream()
              .filter(wish -> covers(match, wish))
              .allMatch(
                  wish ->
                      wish.options().size() == 1
                          && matches.stream().filter(each -> covers(each, wish)).count() == 1
                          && hasOneValueEach(match, wish, kinds));
      if (plain && match.constraint().isUnused()) {
        bundled.add(match);
      }
    }
    return bundled;
  }

  private boolean hasOneValueEach(Open match, Wish wish, Kinds kinds) {
    return !kinds.isAdmin(wish.options().get(0).kind())
        && kinds.available(wish.options().get(0).kind()).stream()
            .allMatch(
                device ->
                    call.elements()
                            .of(
                                kinds.leaf(wish.options().get(0).kind()),
                                device,
                                match.constraint().tie())
                            .length
                        == 1);
  }

  /** The values in which the devices that a constraint covers may agree. */
  private Set<Integer> elements(Open match, List<Wish> wishes, Kinds kinds) {
    Set<Integer> elements = new TreeSet<>();
    for (Wish wish : wishes) {
      for (Wish.Option option : wish.options()) {
        if (covers(match, wish, option)) {
          kinds
              .available(option.kind())
              .forEach(
                  device -> {
                    for (int element :
                        call.elements()
                            .of(kinds.leaf(option.kind()), device, match.constraint().tie())) {
                      if (match.constraint().mayAgreeIn(element)) {
                        elements.add(element);
                      }
                    }
                  });
        }
      }
    }
    return elements;
  }

  private Kinds withElement(int element, Open match, List<Wish> wishes, Kinds kinds) {
    Map<Integer, ImmutableIntArray> filtered = new HashMap<>();
    for (Wish wish : wishes) {
      for (Wish.Option option : wish.options()) {
        if (covers(match, wish, option)) {
          filtered.computeIfAbsent(
              option.kind(),
              kind ->
                  ImmutableIntArray.copyOf(
                      kinds.available(kind).stream()
                          .filter(
                              device ->
                                  Arrays.binarySearch(
                                          call.elements()
                                              .of(
                                                  kinds.leaf(kind),
                                                  device,
                                                  match.constraint().tie()),
                                          element)
                                      >= 0)));
        }
      }
    }
    return kinds.with(filtered);
  }

  /** The wishes that can be met alone, in the ways in which they can. */
  private static List<Wish> possible(List<Wish> wishes, Kinds kinds) {
    List<Wish> possible = new ArrayList<>();
    for (Wish wish : wishes) {
      ImmutableList<Wish.Option> options =
          wish.options().stream()
              .filter(option -> option.count() <= kinds.available(option.kind()).length())
              .collect(ImmutableList.toImmutableList());
      if (options.isEmpty()) {
        return possible;
      }
      possible.add(new Wish(wish.line(), options));
    }
    return possible;
  }

  /** Whether there are as many different values as distinctions demand. */
  private boolean valuesSuffice(List<Wish> wishes, Kinds kinds) {
    for (Open distinction : open(wishes, Tie.Kind.DISTINCT)) {
      List<Wish> covered =
          wishes.stream()
              .filter(
                  wish -> wish.options().stream().allMatch(each -> covers(distinction, wish, each)))
              .toList();
      Map<Integer, BitSet> takersOf = new LinkedHashMap<>();
      int[] wanted = new int[covered.size()];
      for (int i = 0; i < wanted.length; i++) {
        int taker = i;
        wanted[i] = covered.get(i).least();
        for (Wish.Option option : covered.get(i).options()) {
          kinds
              .available(option.kind())
              .forEach(
                  device -> {
                    for (int element :
                        call.elements()
                            .of(
                                kinds.leaf(option.kind()),
                                device,
                                distinction.constraint().tie())) {
                      takersOf.computeIfAbsent(element, e -> new BitSet()).set(taker);
                    }
                  });
        }
      }
      int[] once = new int[takersOf.size()];
      Arrays.fill(once, 1);
      if (!Transport.covers(wanted, List.copyOf(takersOf.values()), once)) {
        return false;
      }
    }
    return true;
  }

  private int counted(
      List<Wish> wishes, List<Open> bundled, Kinds kinds, Effort effort, int enough) {
    Counting counting = new Counting(problem, state, rules, call.elements(), cellSupplies, effort);
    for (Open match : bundled) {
      counting.add(
          new Counting.Bundle(
              match.constraint().tie(),
              wishes.stream()
                  .filter(wish -> covers(match, wish))
                  .collect(ImmutableList.toImmutableList())),
          kinds);
    }
    for (Wish wish : wishes) {
      boolean inBundle = bundled.stream().anyMatch(match -> covers(match, wish));
      boolean admin = wish.options().stream().anyMatch(option -> kinds.isAdmin(option.kind()));
      if (!inBundle && !admin) {
        counting.add(wish, kinds);
      }
    }
    return counting.mostScore(enough);
  }
}
