package io.tangram.solver.greedy;

import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.nodesearch.NodeSearch;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node for one unit after the other of one type: the one with the best score (R80), of
 * equals the one that the policy prefers, then the first by name. As devices are only ever taken, a
 * node on which a unit has no place has none for a later one of its type, and a node on which
 * nothing was taken since gives the same answer again. Not thread-safe.
 *
 * <p>A unit costs a search on each node that changed since the last of its type, and finds the best
 * of the others in logarithmic time.
 */
final class NodeChoice {

  /**
   * The answer for a unit.
   *
   * @param node the number of the node that gave the outcome, meaningless if none fits
   * @param outcome the devices on the best node, or why there is none
   */
  record Answer(int node, SearchOutcome outcome) {}

  /** What a node answered; the best one comes first. */
  @SuppressWarnings("ArrayRecordComponent") // only ever compared by order
  private record Known(int place, SearchOutcome.Found found, long[] reluctance)
      implements Comparable<Known> {

    @Override
    public int compareTo(Known other) {
      if (found.score() != other.found.score()) {
        return Integer.compare(other.found.score(), found.score());
      }
      int byReluctance = Arrays.compare(reluctance, other.reluctance);
      return byReluctance != 0 ? byReluctance : Integer.compare(place, other.place);
    }
  }

  private final CompiledProblem problem;
  private final ClusterState state;
  private final PlacementPolicy policy;
  private final SearchGoal goal;
  private final NodeNames names;
  private final NodeChanges changes;
  private final NodeRoom room;
  private final UnitType type;
  private final ImmutableLongArray own;
  private final BitSet failed = new BitSet();
  private final BitSet barren;
  private final BitSet toAsk = new BitSet();
  private final @Nullable Known[] known;
  private final TreeSet<Known> best = new TreeSet<>();
  private int changesSeen;
  private @Nullable NodeSearch search;
  private int searched = -1;

  /**
   * Prepares the choice for a type.
   *
   * @param type the type
   * @param goal what is to be found a place
   * @param nodes the nodes that may be used
   * @param barren the places of nodes whose devices are known not to do for the goal; what is found
   *     out is added
   */
  NodeChoice(
      CompiledProblem problem,
      ClusterState state,
      PlacementPolicy policy,
      UnitType type,
      SearchGoal goal,
      BitSet nodes,
      BitSet barren,
      NodeNames names,
      NodeChanges changes,
      NodeRoom room) {
    this.problem = problem;
    this.state = state;
    this.policy = policy;
    this.type = type;
    this.own = goal.needs().amounts().isEmpty() ? type.resources() : goal.needs().amounts();
    this.goal = goal;
    this.barren = barren;
    this.names = names;
    this.changes = changes;
    this.changesSeen = changes.size();
    this.room = room;
    this.known = new Known[problem.nodes()];
    for (int place = 0; place < known.length; place++) {
      boolean usable = nodes.get(names.node(place));
      failed.set(place, !usable);
      toAsk.set(place, usable);
    }
  }

  /** Returns the node and devices for the next unit; takes nothing. */
  Answer next(SearchBudget budget) {
    forgetWhatChanged();
    for (int place = toAsk.nextSetBit(0); place >= 0; place = toAsk.nextSetBit(place + 1)) {
      if (!best.isEmpty() && isUnbeatable(best.first(), place)) {
        break;
      }
      SearchOutcome outcome = ask(place, budget);
      if (outcome instanceof SearchOutcome.Found found) {
        Known answer = new Known(place, found, policy.reluctance(names.node(place), goal, found));
        known[place] = answer;
        best.add(answer);
        toAsk.clear(place);
      } else if (outcome instanceof SearchOutcome.None) {
        failed.set(place);
        toAsk.clear(place);
      } else {
        return new Answer(names.node(place), outcome);
      }
    }
    return best.isEmpty()
        ? new Answer(-1, new SearchOutcome.None())
        : new Answer(names.node(best.first().place()), best.first().found());
  }

  private void forgetWhatChanged() {
    for (; changesSeen < changes.size(); changesSeen++) {
      int place = names.place(changes.node(changesSeen));
      Known before = known[place];
      if (before != null) {
        best.remove(before);
        known[place] = null;
      }
      toAsk.set(place, !failed.get(place));
    }
  }

  /** Whether no node from a place on can be better. */
  private boolean isUnbeatable(Known answer, int place) {
    return answer.place() < place
        && answer.found().score() == goal.bestScore()
        && answer.reluctance().length == 0;
  }

  private SearchOutcome ask(int place, SearchBudget budget) {
    int node = names.node(place);
    if (barren.get(place) || !type.mayUse(node) || !room.fits(own, node)) {
      return new SearchOutcome.None();
    }
    SearchOutcome outcome = search(node).run(budget);
    if (outcome instanceof SearchOutcome.None) {
      barren.set(place);
    }
    return outcome;
  }

  private NodeSearch search(int node) {
    if (search == null || searched != node) {
      search = new NodeSearch(problem, state, goal, node, policy.rules(), policy.devices());
      searched = node;
    }
    return search;
  }

  /** Takes what {@link #next} has found on a node. */
  void take(Answer answer, SearchOutcome.Found found) {
    goal.forEachDevice(found, state::take);
    room.take(goal.load(problem, found), answer.node());
    room.take(own.toArray(), answer.node());
  }

  /** Takes back what was {@linkplain #take taken}, the last first. */
  void giveBack(Answer answer, SearchOutcome.Found found) {
    goal.forEachDevice(found, state::giveBack);
    room.giveBack(goal.load(problem, found), answer.node());
    room.giveBack(own.toArray(), answer.node());
  }

  /** What a unit asks for. */
  SearchGoal goal() {
    return goal;
  }
}
