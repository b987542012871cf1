package io.tangram.k8s.generate;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Sources of chance that depend on nothing but the seed and what it is drawn for. */
final class SeededRandom {

  private SeededRandom() {}

  /**
   * Returns the source for a node, or whatever else has a name.
   *
   * @param draws a number of its own for everything that is drawn
   */
  static Random of(long seed, int draws, String name) {
    return new Random(
        Hashing.sipHash24(seed, draws).hashString(name, StandardCharsets.UTF_8).asLong());
  }
}
