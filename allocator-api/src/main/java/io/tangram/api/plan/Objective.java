package io.tangram.api.plan;

/**
 * What to optimise after admission, one after the other in the order asked for.
 *
 * <p>The node objectives {@link #PACKING}, {@link #COST} and {@link #SPREAD} look at what nodes are
 * used for. A node is <em>in use before</em> the plan where a device is held, other than for
 * administration, that a usable pool publishes and only this node sees.
 */
public enum Objective {
  /**
   * The sum of the scores of chosen alternatives, as kube-scheduler scores them (R80), over the
   * claims newly allocated; maximised.
   */
  PREFERENCE("preference", false),
  /**
   * By how much {@linkplain io.tangram.api.claim.WorkloadGroup groups} miss the topology that they
   * prefer; minimised. The sum, over the groups of which the plan places members and over the
   * {@linkplain io.tangram.api.claim.TopologyConstraint constraints} that each of them prefers: of
   * the number of domains with members, less one, where these are better together; of the members
   * above the number allowed in each domain, where these are better apart. Members that run already
   * count as those that are placed. A node without the label counts as a domain of its own.
   */
  TOPOLOGY("topology", true),
  /**
   * What the devices of a claim can send each other in one direction, in MB/s, summed over the
   * claims newly allocated: by the slowest pair, or by all pairs together, as {@link
   * io.tangram.api.AllocationOptions#linkObjective} says; maximised. Of a claim those devices count
   * that it has for itself alone, other than for administration, and that are published for its
   * node by the node's name and known to its {@linkplain io.tangram.api.AllocationProblem#links
   * links}; MIG partitions never are. With fewer than two of them a claim counts 0.
   */
  BANDWIDTH("bandwidth", false),
  /**
   * The sum of the sizes of the devices newly given, for administration too; minimised. The size of
   * a device is the largest ratio of one of its capacities to the greatest value of the capacity of
   * that literal name among all that its driver publishes, usable or not; 1 without capacities, of
   * a shared device the consumed part; in millionths, each rounded half up.
   */
  FIT("fit", true),
  /**
   * What the plan takes from the supply of {@linkplain io.tangram.api.claim.ExpectedDemand expected
   * requests}; minimised. The supply of a request is the greatest number of devices, or shares of
   * shared devices, that could be given at once, each to a request like it, if nothing else were
   * asked for: devices of usable pools that a node sees and that suit the request, beside what is
   * held. It counts by the smallest {@linkplain Admission#MOST_DEVICE_SHARE share} that a device
   * which suits the request gives it, whether that is held, its pool is out of counters, or not.
   * The value is the supply before the plan less the supply after it, times the weight, summed over
   * the expected requests; in millionths.
   *
   * <p>A request to which some device gives a share of 0 counts nothing, since its supply may have
   * no end (R138); so does one that no device suits or whose class is missing. Of a pool that nodes
   * see in several generations (R11) each generation has a supply of its own.
   *
   * <p>A partition that blocks no larger one, and one in a component that is broken already, costs
   * least. This is the idea of the fragmentation gradient (Weng et al., Beware of Fragmentation,
   * USENIX ATC 2023), taken over legal layouts and not over amounts.
   */
  FRAGMENTATION("fragmentation", true),
  /**
   * The number of nodes newly taken into use: those on which the plan gives a claim devices or
   * places a workload, and that were not in use before; minimised. A claim that asks for nothing
   * takes no node into use by itself.
   */
  PACKING("packing", true),
  /**
   * The sum of the prices of the nodes newly taken into use, as {@link #PACKING} counts them;
   * minimised. In millionths of the unit of {@link io.tangram.api.AllocationOptions#prices}.
   */
  COST("cost", true),
  /**
   * By how much the plan raises the sum over nodes of the square of the number of claims there:
   * those to which the plan gives devices on the node, and before it the held ones because of which
   * it was in use; minimised. The more even the claims, the smaller.
   */
  SPREAD("spread", true),
  /**
   * The number of pending claims that get the devices that an {@linkplain
   * io.tangram.api.AllocationOptions#start earlier plan} gave them, the same to each request and by
   * the same alternative, whatever the node; maximised.
   */
  STABILITY("stability", false);

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

  /** Whether less is better. */
  public boolean isMinimised() {
    return minimised;
  }
}
