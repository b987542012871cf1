package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The search itself. It returns the very solution that an exhaustive search in the same order finds
 * first, but leaves out branches that can't hold one: a device that can stand in for another that
 * failed in the same place, and a state that failed before by another way. Whatever the order, it
 * finds a solution if there is one.
 *
 * <p>Both are safe: where two devices can stand in for each other, a solution with the second has a
 * twin with the first that comes earlier; and what lies ahead of a state depends only on which
 * kinds of devices are gone. A selector that fails on a device within reach would have ended the
 * search in the branch that was searched.
 */
final class DepthFirstSearch {

  private enum Progress {
    FOUND,
    FAILED,
    /** A selector failed, the deadline came, or too many choices were taken back. */
    ENDED
  }

  /** A place among the candidates, with what speaks against it. */
  @SuppressWarnings("ArrayRecordComponent") // only ever compared by order
  private record Ranked(int place, long[] reluctance) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      int byReluctance = Arrays.compare(reluctance, other.reluctance);
      return byReluctance != 0 ? byReluctance : Integer.compare(place, other.place);
    }
  }

  private final CompiledProblem problem;
  private final SearchGoal goal;
  private final SearchRules rules;
  private final CandidateOrder order;
  private final List<List<Candidates>> candidates;
  private final CallState call;
  private final ClusterState state;
  private final boolean mustReachFailures;
  private final int[][] coverage;
  private final int[] alternatives;
  private final int[][] chosen;
  private final int[] chosenCount;
  private final int[] devicesOfClaim;
  private @Nullable DeviceKinds kinds;
  private @Nullable Outlook outlook;
  private FailedStates failedStates = new FailedStates();
  private SearchBudget budget = new SearchBudget(Deadline.never(), OptionalDouble.empty());
  private long returnsLeft;
  private @Nullable SearchOutcome outcome;

  DepthFirstSearch(
      CompiledProblem problem,
      ClusterState state,
      SearchGoal goal,
      int node,
      List<List<Candidates>> candidates,
      SearchRules rules,
      CandidateOrder order) {
    this.problem = problem;
    this.goal = goal;
    this.rules = rules;
    this.order = order;
    this.candidates = candidates;
    this.call = new CallState(problem, state, goal, node, rules);
    this.state = state;
    this.mustReachFailures =
        rules.failuresAreFatal()
            && candidates.stream().anyMatch(line -> line.stream().anyMatch(Candidates::anyFailing));
    this.coverage = StateTokens.coverage(goal);
    this.alternatives = new int[goal.lines().size()];
    this.chosen = new int[goal.lines().size()][Claim.MAX_DEVICES];
    this.chosenCount = new int[goal.lines().size()];
    this.devicesOfClaim = new int[goal.ties().size()];
  }

  /**
   * Searches without looking ahead, and gives up after some choices that led nowhere.
   *
   * @param spending what may be spent
   * @param mostReturns how many choices to take back, at most
   * @return what came of it; nothing if it gave up
   */
  Optional<SearchOutcome> tryFor(SearchBudget spending, long mostReturns) {
    outlook = null;
    return run(spending, mostReturns);
  }

  /** Searches, looking ahead at every choice. */
  SearchOutcome run(SearchBudget spending) {
    outlook = outlook();
    return run(spending, Long.MAX_VALUE).orElseThrow();
  }

  /** Looks ahead from where nothing is chosen. */
  Outlook outlook() {
    return new Outlook(problem, state, goal, candidates, call, rules, linesBeforeFailures());
  }

  /** How many lines may be looked at ahead: a selector that fails may end the search before. */
  private int linesBeforeFailures() {
    int lines = 0;
    while (lines < candidates.size()
        && !(mustReachFailures
            && candidates.get(lines).stream().anyMatch(Candidates::anyFailing))) {
      lines++;
    }
    return lines;
  }

  private Optional<SearchOutcome> run(SearchBudget spending, long mostReturns) {
    budget = spending;
    returnsLeft = mostReturns;
    outcome = null;
    failedStates = new FailedStates();
    Arrays.fill(devicesOfClaim, 0);
    Arrays.fill(chosenCount, 0);
    call.lookAtRoom();
    Progress progress = line(0);
    return progress == Progress.FAILED
        ? Optional.of(new SearchOutcome.None())
        : Optional.ofNullable(outcome);
  }

  /** Whether what is still wanted can't be had for certain. */
  private boolean isHopeless(int line, int alternative, int left) {
    return outlook != null && outlook.isHopeless(line, alternative, left, devicesOfClaim, budget);
  }

  /** Finds devices for the line and all behind it; restores everything before it returns. */
  private Progress line(int index) {
    if (index == goal.lines().size()) {
      outcome = found();
      return Progress.FOUND;
    }
    if (candidates.get(index).isEmpty()) {
      return line(index + 1);
    }
    if (!failedStates.isEmpty() && failedStates.contains(index, tokens(index))) {
      return Progress.FAILED;
    }
    if (isHopeless(index, 0, 0)) {
      return Progress.FAILED;
    }
    int claim = goal.lines().get(index).claim();
    for (int alternative = 0; alternative < candidates.get(index).size(); alternative++) {
      Candidates from = candidates.get(index).get(alternative);
      long size = from.leaf().isAll() ? from.size() : from.leaf().count();
      if (size == 0 || devicesOfClaim[claim] + size > Claim.MAX_DEVICES) {
        continue; // R66, R204
      }
      alternatives[index] = alternative;
      devicesOfClaim[claim] += (int) size;
      Progress progress =
          from.leaf().isAll()
              ? all(index, from, 0)
              : some(index, from, (int) size, from.places(), 0);
      devicesOfClaim[claim] -= (int) size;
      if (progress != Progress.FAILED) {
        return progress;
      }
    }
    if (index > 0) {
      failedStates.add(index, tokens(index));
    }
    return Progress.FAILED;
  }

  /**
   * Takes {@code left} more devices of those from a place on: only increasing combinations (R198).
   *
   * @param places the places of candidates that may be taken
   * @param start the first of them that has not been tried
   */
  private Progress some(int index, Candidates from, int left, int[] places, int start) {
    if (left == 0) {
      return line(index + 1);
    }
    if (chosenCount[index] > 0 && isHopeless(index, alternatives[index], left)) {
      return Progress.FAILED;
    }
    int[] ranked = places;
    int first = start;
    if (order != CandidateOrder.AS_OFFERED) {
      ranked = ranked(index, from, places, start);
      first = 0;
    }
    int[] failedKinds = {};
    for (int k = first; k < ranked.length; k++) {
      if (!mustReachFailures && ranked.length - k < left) {
        break;
      }
      if (isOver()) {
        return Progress.ENDED;
      }
      int i = ranked[k];
      int device = from.device(i);
      if (call.isInUse(from.leaf(), goal.lines().get(index).claim(), device)) {
        continue;
      }
      if (from.isFailing(i)) {
        if (rules.failuresAreFatal()) {
          outcome = new SearchOutcome.SelectorFailed(index, alternatives[index], device);
          return Progress.ENDED;
        }
        continue;
      }
      if (failedKinds.length > 0 && contains(failedKinds, kind(from.leaf(), device))) {
        continue;
      }
      if (choose(index, from, i)) {
        Progress progress = some(index, from, left - 1, ranked, k + 1);
        takeBack(index, from, i);
        if (progress != Progress.FAILED) {
          return progress;
        }
        if (--returnsLeft < 0) {
          return Progress.ENDED;
        }
        failedKinds = Arrays.copyOf(failedKinds, failedKinds.length + 1);
        failedKinds[failedKinds.length - 1] = kind(from.leaf(), device);
      }
    }
    return Progress.FAILED;
  }

  /** The places from a start on, best first, without those that can't be had. */
  private int[] ranked(int index, Candidates from, int[] places, int start) {
    List<Ranked> ranked = new ArrayList<>();
    for (int k = start; k < places.length; k++) {
      int device = from.device(places[k]);
      if (!from.isFailing(places[k])
          && !call.isInUse(from.leaf(), goal.lines().get(index).claim(), device)) {
        budget.step();
        ranked.add(new Ranked(places[k], order.reluctance(from.leaf(), device)));
      }
    }
    Collections.sort(ranked);
    return ranked.stream().mapToInt(Ranked::place).toArray();
  }

  /** Takes every device from a place on, or none (R67). */
  private Progress all(int index, Candidates from, int i) {
    if (i == from.size()) {
      return line(index + 1);
    }
    if (isOver()) {
      return Progress.ENDED;
    }
    boolean available =
        !from.anyUnwilling()
            && !from.anyFailing()
            && !call.isInUse(from.leaf(), goal.lines().get(index).claim(), from.device(i));
    if (!available || !choose(index, from, i)) {
      return Progress.FAILED;
    }
    Progress progress = all(index, from, i + 1);
    takeBack(index, from, i);
    return progress;
  }

  private boolean choose(int index, Candidates from, int i) {
    if (!call.choose(goal.lines().get(index), alternatives[index], from, i)) {
      return false;
    }
    chosen[index][chosenCount[index]++] = from.device(i);
    return true;
  }

  private void takeBack(int index, Candidates from, int i) {
    chosenCount[index]--;
    call.takeBack(goal.lines().get(index), alternatives[index], from, i);
  }

  private boolean isOver() {
    budget.step();
    if (budget.isSpent()) {
      outcome = new SearchOutcome.Interrupted();
      return true;
    }
    return false;
  }

  private SearchOutcome found() {
    ImmutableList.Builder<SearchOutcome.Pick> picks = ImmutableList.builder();
    int score = 0;
    for (int line = 0; line < alternatives.length; line++) {
      picks.add(new SearchOutcome.Pick(alternatives[line], inOfferedOrder(line)));
      if (goal.lines().get(line).prioritized()) {
        score += FirstAvailable.score(alternatives[line]);
      }
    }
    return new SearchOutcome.Found(picks.build(), score);
  }

  private ImmutableIntArray inOfferedOrder(int line) {
    int[] devices = Arrays.copyOf(chosen[line], chosenCount[line]);
    if (devices.length > 1 && order != CandidateOrder.AS_OFFERED) {
      Candidates from = candidates.get(line).get(alternatives[line]);
      return ImmutableIntArray.copyOf(
          Arrays.stream(from.places()).map(from::device).filter(each -> contains(devices, each)));
    }
    return ImmutableIntArray.copyOf(devices);
  }

  /**
   * The kind of a chosen device. An administrative request may get a device that is held, which no
   * free one can stand in for: its devices are of no kind but their own, also for those who take
   * the same device.
   */
  private int kind(Leaf leaf, int device) {
    if (leaf.request().adminAccess()) {
      return device;
    }
    return call.isAdministered(device) ? problem.devices().size() + device : kinds().of(device);
  }

  /** Worked out when it is first asked for: most searches never go back. */
  private DeviceKinds kinds() {
    if (kinds == null) {
      kinds = new DeviceKinds(problem, goal, candidates, call);
    }
    return kinds;
  }

  /** What is chosen for the lines before this one, as far as it matters from here on. */
  private long[] tokens(int index) {
    int claim = goal.lines().get(index).claim();
    int size = 0;
    for (int line = 0; line < index; line++) {
      size += chosenCount[line];
    }
    long[] tokens = new long[size];
    int next = 0;
    for (int line = 0; line < index; line++) {
      SearchGoal.Line before = goal.lines().get(line);
      Leaf leaf = before.leaves().get(alternatives[line]);
      int covered = before.claim() == claim ? coverage[line][alternatives[line]] : 0;
      for (int i = 0; i < chosenCount[line]; i++) {
        int device = chosen[line][i];
        int consumer = problem.devices().isShared(device) ? leaf.index() + 1 : 0;
        tokens[next++] =
            StateTokens.of(
                ofUse(kind(leaf, device), before.claim()),
                consumer,
                leaf.request().adminAccess(),
                covered);
      }
    }
    Arrays.sort(tokens);
    return tokens;
  }

  /** A kind, told apart by how the claim is used where that matters to what devices take. */
  private int ofUse(int kind, int claim) {
    return goal.needs().areThere()
        ? kind * goal.ties().size() + goal.needs().uses().indexOf(goal.needs().use(claim))
        : kind;
  }

  private static boolean contains(int[] values, int wanted) {
    for (int value : values) {
      if (value == wanted) {
        return true;
      }
    }
    return false;
  }
}
