package io.tangram.benchmarks.quality;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.MigProfile;
import java.util.Random;

/**
 * How often each MIG profile is asked for: 1g, 1g with double memory, 2g, 3g, 4g, 7g. Four are
 * chosen to span what may come: all profiles alike, mostly small ones, mostly big ones, and those
 * at both ends. The last is of small services with a few large ones, as most examples have it.
 */
enum Mix {
  UNIFORM(1, 1, 1, 1, 1, 1),
  SMALL(30, 25, 20, 10, 10, 5),
  BIG(5, 10, 10, 20, 25, 30),
  ENDS(30, 10, 10, 10, 10, 30),
  SERVED(30, 20, 20, 15, 10, 5);

  private final ImmutableList<Integer> weights;

  Mix(Integer... weights) {
    this.weights = ImmutableList.copyOf(weights);
  }

  /**
   * Draws a profile.
   *
   * @param profiles those that the weights are for, in order
   */
  MigProfile draw(ImmutableList<MigProfile> profiles, Random random) {
    int drawn = random.nextInt(weights.stream().mapToInt(Integer::intValue).sum());
    int profile = 0;
    while (drawn >= weights.get(profile)) {
      drawn -= weights.get(profile);
      profile++;
    }
    return profiles.get(profile);
  }
}
