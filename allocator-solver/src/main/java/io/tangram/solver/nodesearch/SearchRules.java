package io.tangram.solver.nodesearch;

/**
 * By which rules a search goes.
 *
 * @param failuresAreFatal whether a selector that fails on a device reached by the search ends it
 *     (R55), as in kube-scheduler; otherwise the device is not given, and in mode All rules the
 *     node out
 * @param administrationBlocks whether what an administrative request chooses is in use for later
 *     requests of other claims in the same search (R84), as in kube-scheduler; otherwise for those
 *     of its own claim only
 * @param unreadListsComeFirst whether a distinction takes a device with a list where lists are off
 *     only as its first (R104), as in kube-scheduler; otherwise in any place
 * @param countersCount whether counters are looked at
 * @param groupsCount whether compatibility groups on counter sets are looked at
 * @param capacityCounts whether what is left of capacities is looked at
 */
public record SearchRules(
    boolean failuresAreFatal,
    boolean administrationBlocks,
    boolean unreadListsComeFirst,
    boolean countersCount,
    boolean groupsCount,
    boolean capacityCounts) {

  /** kube-scheduler's. */
  public static final SearchRules REFERENCE = new SearchRules(true, true, true, true, true, true);

  /** Those of the rules without the reference's habits that depend on the order of the search. */
  public static final SearchRules PLAIN = new SearchRules(false, false, false, true, true, true);

  /** Returns the same without compatibility groups. */
  public SearchRules withoutGroups() {
    return lookingAt(countersCount, false, capacityCounts);
  }

  /** Returns the same without counters and what goes with them. */
  public SearchRules withoutCounters() {
    return lookingAt(false, false, capacityCounts);
  }

  /** Returns the same without capacity. */
  public SearchRules withoutCapacity() {
    return lookingAt(countersCount, groupsCount, false);
  }

  private SearchRules lookingAt(boolean counters, boolean groups, boolean capacity) {
    return new SearchRules(
        failuresAreFatal, administrationBlocks, unreadListsComeFirst, counters, groups, capacity);
  }
}
