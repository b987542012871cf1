package io.tangram.solver.greedy;

import io.tangram.solver.nodesearch.CandidateOrder;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;

/**
 * How a greedy allocator chooses among the legal places of a unit: which devices of a node it tries
 * first, and which node it prefers among those with the best score (R80). It goes by the state of
 * the search, whatever that is when it is asked.
 */
interface PlacementPolicy {

  /** By which rules devices are looked for. */
  SearchRules rules();

  /** Which devices of a node are tried first. */
  CandidateOrder devices();

  /**
   * Whether a group takes the domain with the fewest nodes on which its first member would have a
   * place, of those that hold the group; else the first by the names of their nodes.
   */
  boolean prefersTightDomains();

  /**
   * Returns devices that are better together than those found, for the same requests; what was
   * found where there are none.
   *
   * @param node the number of the node
   * @param goal what was looked for
   * @param found what was found; not taken yet
   */
  default SearchOutcome.Found together(int node, SearchGoal goal, SearchOutcome.Found found) {
    return found;
  }

  /**
   * Returns what speaks against a node with the devices that were found there, compared number by
   * number: less is better, and nothing is less than no number at all. Of equals the first by name
   * is taken.
   *
   * @param node the number of the node
   * @param goal what was looked for
   * @param found what was found; not taken yet
   */
  long[] reluctance(int node, SearchGoal goal, SearchOutcome.Found found);
}
