package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;

/** What a search on one node came to. */
public sealed interface SearchOutcome {

  /**
   * The first solution in the order of the search.
   *
   * @param picks what each line of the goal gets, in order
   * @param score the sum of the scores of the alternatives chosen (R80)
   */
  record Found(ImmutableList<Pick> picks, int score) implements SearchOutcome {}

  /**
   * What one request gets; no devices if the node itself serves it (R216).
   *
   * @param alternative the place of the alternative chosen
   * @param devices the numbers of its devices, in the order of choice
   */
  record Pick(int alternative, ImmutableIntArray devices) {}

  /** There is no solution. */
  record None() implements SearchOutcome {}

  /**
   * A selector failed on a device that the search reached, which ends the attempt on all nodes
   * (R55).
   *
   * @param line the place of the request in the goal
   * @param alternative the place of the alternative in the request
   * @param device the number of the device
   */
  record SelectorFailed(int line, int alternative, int device) implements SearchOutcome {}

  /** The deadline came first, or the steps were used up. */
  record Interrupted() implements SearchOutcome {}
}
