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
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node for one unit after the other of one type: the one with the best score (R80), of
 * equals the one that the policy prefers, then the first by name. A node on which a unit has no
 * place has none for a later one of its type until something is given back there, and a node on
 * which nothing was taken since gives the same answer again. Not thread-safe.
 *
 * <p>A unit costs a search on each node that changed since the last of its type, and finds the best
 * of the others in logarithmic time, where it may use any node.
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
  private final BitSet usable = new BitSet();
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
      usable.set(place, nodes.get(names.node(place)));
    }
    failed.flip(0, known.length);
    failed.andNot(usable);
    toAsk.or(usable);
  }

  /**
   * Returns the node and devices for the next unit; takes nothing.
   *
   * @param allowed on which nodes it may be
   */
  Answer next(IntPredicate allowed, SearchBudget budget) {
    forgetWhatChanged();
    Known first = best(allowed);
    for (int place = toAsk.nextSetBit(0); place >= 0; place = toAsk.nextSetBit(place + 1)) {
      if (!allowed.test(names.node(place))) {
        continue;
      }
      if (first != null && isUnbeatable(first, place)) {
        break;
      }
      SearchOutcome outcome = look(place, budget);
      Known found = known[place];
      if (found != null) {
        first = first == null || found.compareTo(first) < 0 ? found : first;
      } else if (!(outcome instanceof SearchOutcome.None)) {
        return new Answer(names.node(place), outcome);
      }
    }
    return first == null
        ? new Answer(-1, new SearchOutcome.None())
        : new Answer(names.node(first.place()), first.found());
  }

  /** Returns on how many of some nodes a unit has a place; those not known don't count. */
  int room(IntPredicate allowed, SearchBudget budget) {
    forgetWhatChanged();
    int nodes = 0;
    for (int place = usable.nextSetBit(0); place >= 0; place = usable.nextSetBit(place + 1)) {
      if (allowed.test(names.node(place))) {
        if (toAsk.get(place)) {
          look(place, budget);
        }
        nodes += known[place] == null ? 0 : 1;
      }
    }
    return nodes;
  }

  /** Searches a node and remembers what comes of it. */
  private SearchOutcome look(int place, SearchBudget budget) {
    SearchOutcome outcome = ask(place, budget);
    if (outcome instanceof SearchOutcome.Found first) {
      SearchOutcome.Found found = policy.together(names.node(place), goal, first);
      Known answer = new Known(place, found, policy.reluctance(names.node(place), goal, found));
      known[place] = answer;
      best.add(answer);
      toAsk.clear(place);
    } else if (outcome instanceof SearchOutcome.None) {
      failed.set(place);
      toAsk.clear(place);
    }
    return outcome;
  }

  private @Nullable Known best(IntPredicate allowed) {
    for (Known answer : best) {
      if (allowed.test(names.node(answer.place()))) {
        return answer;
      }
    }
    return null;
  }

  private void forgetWhatChanged() {
    for (; changesSeen < changes.size(); changesSeen++) {
      int place = names.place(changes.node(changesSeen));
      Known before = known[place];
      if (before != null) {
        best.remove(before);
        known[place] = null;
      }
      if (changes.isGivenBack(changesSeen)) {
        failed.set(place, !usable.get(place));
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
