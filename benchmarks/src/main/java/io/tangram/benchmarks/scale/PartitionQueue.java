package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** Claims of one MIG partition of an H100 each, and how often each profile is asked for. */
final class PartitionQueue {

  /** From small to large. */
  static final ImmutableList<String> PROFILES =
      ImmutableList.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb");

  /** In a queue of 2,848, which is somewhat more than 100 nodes of 8 can serve. */
  private static final ImmutableList<Integer> WEIGHTS =
      ImmutableList.of(863, 573, 570, 420, 291, 131);

  private PartitionQueue() {}

  /** Returns how many claims of about so many ask for each profile, from small to large. */
  static ImmutableMap<String, Integer> of(int claims) {
    int all = WEIGHTS.stream().mapToInt(Integer::intValue).sum();
    ImmutableMap.Builder<String, Integer> queue = ImmutableMap.builder();
    for (int i = 0; i < PROFILES.size(); i++) {
      queue.put(PROFILES.get(i), (int) Math.round((double) claims * WEIGHTS.get(i) / all));
    }
    return queue.build();
  }
}
