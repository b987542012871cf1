package io.tangram.solver.greedy;

import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.nodesearch.NodeSearch;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node for one unit after the other of one type: the one with the best score (R80), of
 * equals the first by name. As devices are only ever taken, a node on which a unit has no place has
 * none for a later one of its type, and a node on which nothing was taken since gives the same
 * answer again. Not thread-safe.
 */
final class NodeChoice {

  /**
   * The answer for a unit.
   *
   * @param node the number of the node that gave the outcome, meaningless if none fits
   * @param outcome the devices on the best node, or why there is none
   */
  record Answer(int node, SearchOutcome outcome) {}

  /** What a node answered, and how often it had changed before. */
  private record Known(SearchOutcome.Found found, int changes) {}

  private final CompiledProblem problem;
  private final ClusterState state;
  private final SearchGoal goal;
  private final int[] nodesByName;
  private final NodeChanges changes;
  private final NodeRoom room;
  private final UnitType type;
  private final BitSet failed = new BitSet();
  private final @Nullable Known[] known;
  private @Nullable NodeSearch search;
  private int searched = -1;

  /**
   * Prepares the choice for a type.
   *
   * @param type the type
   * @param claims the shapes of the claims that are to be found a place
   * @param nodes the nodes that may be used
   * @param nodesByName the numbers of all nodes in the order of their names
   */
  NodeChoice(
      CompiledProblem problem,
      ClusterState state,
      UnitType type,
      List<ClaimShape> claims,
      BitSet nodes,
      int[] nodesByName,
      NodeChanges changes,
      NodeRoom room) {
    this.problem = problem;
    this.state = state;
    this.type = type;
    this.goal = SearchGoal.of(claims);
    this.nodesByName = nodesByName;
    this.changes = changes;
    this.room = room;
    this.known = new Known[nodesByName.length];
    for (int place = 0; place < nodesByName.length; place++) {
      if (!nodes.get(nodesByName[place])) {
        failed.set(place);
      }
    }
  }

  /** Returns the node and devices for the next unit; takes nothing. */
  Answer next(SearchBudget budget) {
    Answer best = new Answer(-1, new SearchOutcome.None());
    int bestScore = -1;
    for (int place = failed.nextClearBit(0);
        place < nodesByName.length;
        place = failed.nextClearBit(place + 1)) {
      SearchOutcome outcome = ask(place, budget);
      if (outcome instanceof SearchOutcome.None) {
        failed.set(place);
      } else if (outcome instanceof SearchOutcome.Found found) {
        if (found.score() > bestScore) {
          bestScore = found.score();
          best = new Answer(nodesByName[place], found);
        }
        if (bestScore == goal.bestScore()) {
          return best;
        }
      } else {
        return new Answer(nodesByName[place], outcome);
      }
    }
    return best;
  }

  private SearchOutcome ask(int place, SearchBudget budget) {
    int node = nodesByName[place];
    if (!room.fits(type, node)) {
      return new SearchOutcome.None();
    }
    Known before = known[place];
    if (before != null && before.changes() == changes.of(node)) {
      return before.found();
    }
    SearchOutcome outcome = search(node).run(budget);
    known[place] =
        outcome instanceof SearchOutcome.Found found ? new Known(found, changes.of(node)) : null;
    return outcome;
  }

  private NodeSearch search(int node) {
    if (search == null || searched != node) {
      search = new NodeSearch(problem, state, goal, node, SearchRules.REFERENCE);
      searched = node;
    }
    return search;
  }

  /** Takes what {@link #next} has found on a node. */
  void take(Answer answer, SearchOutcome.Found found) {
    search(answer.node()).take(found);
    room.take(type, answer.node());
  }

  /** What a unit asks for. */
  SearchGoal goal() {
    return goal;
  }
}
