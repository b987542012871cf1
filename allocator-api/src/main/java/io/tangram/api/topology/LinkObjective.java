package io.tangram.api.topology;

import java.util.Collection;

/** What makes one set of devices better than another: the bandwidth between them. */
public enum LinkObjective {
  /** The sum over all pairs: what they can move together. */
  AGGREGATE,
  /** The slowest pair, which is what they all wait for; among equal ones the sum. */
  WORST_PAIR;

  /**
   * Compares two sets of as many devices.
   *
   * @return more than 0 if the first is better, less if the second is, else 0
   * @throws IllegalArgumentException if a device is not in the graph
   */
  public <D> int compare(
      LinkGraph<D> graph, Collection<? extends D> one, Collection<? extends D> other) {
    int byWorst =
        Long.compare(
            graph.worstPairMbPerSecond(one).orElse(0), graph.worstPairMbPerSecond(other).orElse(0));
    return this == WORST_PAIR && byWorst != 0
        ? byWorst
        : Long.compare(graph.aggregateMbPerSecond(one), graph.aggregateMbPerSecond(other));
  }
}
