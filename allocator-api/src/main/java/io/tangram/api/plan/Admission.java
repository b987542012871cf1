package io.tangram.api.plan;

/** Which claims to admit when not all fit: the first objective, by priority tier. */
public enum Admission {
  /** Most pending claims newly allocated; at equal numbers most workloads. */
  MOST_CLAIMS("most-claims"),
  /**
   * The greatest sum of device shares, in millionths, each rounded half up; then most claims, then
   * most workloads. The share of a dedicated device is the largest consumption/declared over those
   * counters of its sets of which some published device takes only a part, and 1 where there are
   * none; of a shared device, consumed/value of its scarcest capacity, 0 without capacities; of an
   * administrative use, 0.
   */
  MOST_DEVICE_SHARE("most-device-share"),
  /**
   * The lexicographically largest admitted set in the order of priority, creation time and input:
   * what doesn't fit is skipped and blocks nobody behind it.
   */
  IN_ORDER("in-order");

  private final String label;

  Admission(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }
}
