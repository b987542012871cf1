package io.tangram.api.device;

/**
 * What every pair of a set of devices must have.
 *
 * @param leastMbPerSecond the least {@linkplain io.tangram.api.topology.Link#mbPerSecond bandwidth}
 *     of a pair, in MB/s in one direction; 0 asks for nothing
 * @param byNvLinks whether NVLinks must join each pair
 */
public record LinkRequirement(long leastMbPerSecond, boolean byNvLinks) {

  /** Asks for nothing. */
  public static final LinkRequirement NONE = new LinkRequirement(0, false);

  /** Asks for NVLinks between all pairs. */
  public static final LinkRequirement NV_LINKS = new LinkRequirement(0, true);

  /**
   * Makes a requirement.
   *
   * @throws IllegalArgumentException if the bandwidth is negative
   */
  public LinkRequirement {
    if (leastMbPerSecond < 0) {
      throw new IllegalArgumentException(
          "A pair of devices is to have " + leastMbPerSecond + " MB/s; ask for 0 or more.");
    }
  }

  /** Asks for a bandwidth of all pairs, in MB/s in one direction. */
  public static LinkRequirement atLeast(long mbPerSecond) {
    return new LinkRequirement(mbPerSecond, false);
  }

  /** Returns what every pair must have, as {@code NVLinks and 25000 MB/s}. */
  @Override
  public String toString() {
    String rate = leastMbPerSecond + " MB/s";
    if (!byNvLinks) {
      return rate;
    }
    return leastMbPerSecond == 0 ? "NVLinks" : "NVLinks and " + rate;
  }
}
