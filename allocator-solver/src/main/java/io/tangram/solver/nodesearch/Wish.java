package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;

/**
 * What a request still wants.
 *
 * @param line the place of the request in the goal
 * @param options the ways in which it can be met
 */
record Wish(int line, ImmutableList<Option> options) {

  /**
   * A way to meet it.
   *
   * @param kind the kind of devices, see {@link Outlook}
   * @param count how many of them
   * @param score what it counts (R80)
   */
  record Option(int kind, int count, int score) {}

  /** The fewest devices that meet it. */
  int least() {
    return options.stream().mapToInt(Option::count).min().orElse(0);
  }

  /** The best score. */
  int mostScore() {
    return options.stream().mapToInt(Option::score).max().orElse(0);
  }
}
