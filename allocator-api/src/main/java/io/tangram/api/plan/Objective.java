package io.tangram.api.plan;

/** What to optimise after admission, one after the other in the order asked for. */
public enum Objective {
  /**
   * The sum of the scores of chosen alternatives, as kube-scheduler scores them (R80), over the
   * claims newly allocated; maximised.
   */
  PREFERENCE("preference", false),
  /**
   * The sum of the sizes of the devices newly given, for administration too; minimised. The size of
   * a device is the largest ratio of one of its capacities to the greatest value of the capacity of
   * that literal name among all that its driver publishes, usable or not; 1 without capacities, of
   * a shared device the consumed part; in millionths, each rounded half up.
   */
  FIT("fit", true);

  private final String label;
  private final boolean minimised;

  Objective(String label, boolean minimised) {
    this.label = label;
    this.minimised = minimised;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }

  /** Whether less of it is better. */
  public boolean isMinimised() {
    return minimised;
  }
}
