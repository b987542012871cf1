package io.tangram.solver.greedy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.LinkRates;
import io.tangram.solver.links.BestSets;
import io.tangram.solver.links.SetRequest;
import io.tangram.solver.links.SizeMix;
import io.tangram.solver.nodesearch.CandidateOrder;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Of devices that are equal to a policy, those that are joined best, and of equally good sets the
 * one that leaves the better rest ({@link BestSets}). Requests that constraints tie keep what was
 * found, and so does what takes something of its node. Not thread-safe.
 */
final class JoinedPlaces {

  /** More devices have too many sets, unless some are twins. */
  private static final int MOST_DEVICES = 12;

  private final CompiledProblem problem;
  private final ClusterState state;
  private final CandidateOrder order;
  private final LinkObjective objective;
  private final Map<LinkGraph<Integer>, BestSets<Integer>> known = new HashMap<>();

  JoinedPlaces(
      CompiledProblem problem, ClusterState state, CandidateOrder order, LinkObjective objective) {
    this.problem = problem;
    this.state = state;
    this.order = order;
    this.objective = objective;
  }

  /** Returns what was found, or better devices for the same requests. */
  SearchOutcome.Found of(int node, SearchGoal goal, SearchOutcome.Found found) {
    SearchOutcome.Found best = found;
    for (int line = 0; line < found.picks().size() && !goal.needs().areThere(); line++) {
      SearchGoal.Line wanted = goal.lines().get(line);
      SearchOutcome.Pick pick = found.picks().get(line);
      boolean isTied =
          goal.ties().get(wanted.claim()).stream()
              .anyMatch(tie -> tie.covers(wanted.request(), pick.alternative()));
      if (pick.devices().length() > 1 && !isTied) {
        Leaf leaf = wanted.leaves().get(pick.alternative());
        SearchOutcome.Found better = with(line, joined(node, leaf, pick, taken(best, line)), best);
        best = fits(goal, better) ? better : best;
      }
    }
    return best;
  }

  /** The devices of all lines but one. */
  private static BitSet taken(SearchOutcome.Found found, int without) {
    BitSet taken = new BitSet();
    for (int line = 0; line < found.picks().size(); line++) {
      if (line != without) {
        found.picks().get(line).devices().forEach(taken::set);
      }
    }
    return taken;
  }

  private static SearchOutcome.Found with(
      int line, ImmutableIntArray devices, SearchOutcome.Found found) {
    ImmutableList.Builder<SearchOutcome.Pick> picks = ImmutableList.builder();
    for (int i = 0; i < found.picks().size(); i++) {
      SearchOutcome.Pick pick = found.picks().get(i);
      picks.add(i == line ? new SearchOutcome.Pick(pick.alternative(), devices) : pick);
    }
    return new SearchOutcome.Found(picks.build(), found.score());
  }

  private ImmutableIntArray joined(int node, Leaf leaf, SearchOutcome.Pick pick, BitSet others) {
    ImmutableIntArray devices = pick.devices();
    LinkRates.OfNode rates = problem.rates().of(node);
    long[] reluctance = order.reluctance(leaf, devices.get(0));
    boolean areEqual =
        !leaf.isAll()
            && !leaf.request().adminAccess()
            && devices.stream()
                .allMatch(
                    device ->
                        rates.place(device) >= 0
                            && Arrays.equals(reluctance, order.reluctance(leaf, device)));
    if (!areEqual) {
      return devices;
    }
    int[] suited =
        IntStream.of(rates.devices()).filter(device -> problem.admits(leaf, device)).toArray();
    List<Integer> free = new ArrayList<>();
    for (int place = 0; place < suited.length; place++) {
      int device = suited[place];
      boolean isOwn = devices.contains(device);
      boolean isFree =
          isOwn || (!others.get(device) && state.isFree(device) && state.fitsCounters(device));
      if (isFree && (isOwn || Arrays.equals(reluctance, order.reluctance(leaf, device)))) {
        free.add(place);
      }
    }
    if (suited.length > MOST_DEVICES || free.size() == devices.length()) {
      return devices;
    }
    return sets(suited, rates)
        .choose(SetRequest.of(free, devices.length()))
        .map(
            set ->
                ImmutableIntArray.copyOf(
                    problem.inOfferedOrder(
                        node, set.devices().stream().mapToInt(place -> suited[place]).toArray())))
        .orElse(devices);
  }

  /** Nodes whose devices are joined alike share their tables. */
  private BestSets<Integer> sets(int[] suited, LinkRates.OfNode rates) {
    LinkGraph<Integer> graph =
        rates
            .graph()
            .named(
                device -> {
                  int place = Arrays.binarySearch(suited, device);
                  return place < 0 ? Optional.<Integer>empty() : Optional.of(place);
                });
    return known.computeIfAbsent(graph, each -> BestSets.of(each, objective, SizeMix.UP_TO_8));
  }

  /** Whether counters let the devices be taken one after the other. */
  private boolean fits(SearchGoal goal, SearchOutcome.Found found) {
    Deque<Runnable> undo = new ArrayDeque<>();
    boolean[] fits = {true};
    goal.forEachDevice(
        found,
        (leaf, device) -> {
          boolean isShared = problem.devices().isShared(device);
          fits[0] &=
              leaf.request().adminAccess()
                  || (isShared && state.hasShares(device))
                  || (state.isFree(device)
                      && state.fitsCounters(device)
                      && state.fitsGroups(device));
          if (fits[0]) {
            state.take(leaf, device);
            undo.push(() -> state.giveBack(leaf, device));
          }
        });
    undo.forEach(Runnable::run);
    return fits[0];
  }
}
