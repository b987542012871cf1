package io.tangram.api.catalog;

/**
 * Where an instance lies on its GPU, in memory slices, as {@code nvidia-smi mig -lgipp} lists it.
 *
 * @param start the first memory slice, from 0
 * @param size how many memory slices, at least 1
 */
public record Placement(int start, int size) {

  /**
   * Makes the placement.
   *
   * @throws IllegalArgumentException if start &lt; 0 or size &lt; 1
   */
  public Placement {
    if (start < 0 || size < 1) {
      throw new IllegalArgumentException(
          "A placement of " + size + " memory slices from " + start + " on is none; write 0:1.");
    }
  }

  /** The first memory slice behind the instance. */
  public int end() {
    return start + size;
  }

  /** Returns whether both take some memory slice. */
  public boolean overlaps(Placement other) {
    return start < other.end() && other.start < end();
  }

  /** Returns {@code start:size}. */
  @Override
  public String toString() {
    return start + ":" + size;
  }
}
