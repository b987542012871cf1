package io.tangram.api.catalog;

/**
 * Two GPUs of one machine, by their numbers.
 *
 * @param first the smaller number, at least 0
 * @param second the greater number
 */
public record GpuPair(int first, int second) {

  /**
   * Makes the pair.
   *
   * @throws IllegalArgumentException unless 0 &lt;= first &lt; second
   */
  public GpuPair {
    if (first < 0 || first >= second) {
      throw new IllegalArgumentException(
          "GPUs " + first + " and " + second + " are no pair; name the smaller number first.");
    }
  }

  /** Returns the pair of two different GPUs, in whatever order. */
  public static GpuPair of(int gpu, int other) {
    return new GpuPair(Math.min(gpu, other), Math.max(gpu, other));
  }

  /** Returns {@code first-second}. */
  @Override
  public String toString() {
    return first + "-" + second;
  }
}
