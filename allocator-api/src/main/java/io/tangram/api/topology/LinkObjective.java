package io.tangram.api.topology;

import java.util.Collection;

/** What makes one set of devices better than another: the bandwidth between them. */
public enum LinkObjective {
  /** The sum over all pairs: what they can move together. */
  AGGREGATE("aggregate"),
  /** The slowest pair, which is what they all wait for; among equal ones the sum. */
  WORST_PAIR("worst-pair");

  private final String label;

  LinkObjective(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }

  /**
   * Returns the bandwidth of a set, in MB/s in one direction: the sum, or that of the slowest pair;
   * 0 for fewer than two devices.
   *
   * @throws IllegalArgumentException if a device is not in the graph
   */
  public <D> long mbPerSecond(LinkGraph<D> graph, Collection<? extends D> devices) {
    return switch (this) {
      case AGGREGATE -> graph.aggregateMbPerSecond(devices);
      case WORST_PAIR -> graph.worstPairMbPerSecond(devices).orElse(0);
    };
  }

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
