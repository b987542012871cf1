package io.tangram.solver.compile;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The compatibility groups of counter sets as numbers (R122). The group {@link #NONE} stands for
 * listing no group: then all devices that draw on a set at a time must have a group in common,
 * whatever they list.
 *
 * <p>Groups are numbered inside their set in the order in which its devices are published, so that
 * sets that differ only in the names of groups look alike.
 */
public final class GroupTable {

  /** The group of those that list none. */
  public static final int NONE = 0;

  private static final ImmutableIntArray NONE_LISTED = ImmutableIntArray.of(NONE);

  /** For each set the numbers of its groups, but for {@link #NONE}. */
  private final List<Map<String, Integer>> numbers = new ArrayList<>();

  private final List<InUse> inUse = new ArrayList<>();
  private boolean empty = true;

  /** What is in use on one set: how many devices, and how many of them list each group. */
  private static final class InUse {
    int devices;
    final Map<Integer, Integer> listing = new HashMap<>();
  }

  GroupTable() {}

  void addSet() {
    numbers.add(new HashMap<>(0));
    inUse.add(new InUse());
  }

  /** Returns the numbers of groups that devices list for a set, ascending. */
  ImmutableIntArray numbers(int set, ImmutableSet<String> groups) {
    if (groups.isEmpty()) {
      return NONE_LISTED;
    }
    empty = false;
    Map<String, Integer> ofSet = numbers.get(set);
    return ImmutableIntArray.copyOf(
        groups.stream()
            .mapToInt(group -> ofSet.computeIfAbsent(group, g -> ofSet.size() + 1))
            .sorted());
  }

  /** Puts a held device on a set. */
  void commit(int set, ImmutableIntArray groups) {
    InUse ofSet = inUse.get(set);
    ofSet.devices++;
    groups.forEach(group -> ofSet.listing.merge(group, 1, Integer::sum));
  }

  /** Whether no device lists any group, so that there is nothing to look at. */
  public boolean isEmpty() {
    return empty;
  }

  /** How many groups a set has, {@link #NONE} included. */
  public int size(int set) {
    return numbers.get(set).size() + 1;
  }

  /** How many held devices draw on a set. */
  public int held(int set) {
    return inUse.get(set).devices;
  }

  /** How many held devices that draw on a set list a group. */
  public int held(int set, int group) {
    return inUse.get(set).listing.getOrDefault(group, 0);
  }

  /** The groups that all held devices on a set list: all of its groups where there are none. */
  public BitSet open(int set) {
    BitSet open = new BitSet();
    for (int group = 0; group < size(set); group++) {
      open.set(group, held(set, group) == held(set));
    }
    return open;
  }

  /** Whether a device that draws so can be given beside the held ones. */
  public boolean isOpen(int set, Draw draw) {
    return empty
        || held(set) == 0
        || draw.groups().stream().anyMatch(group -> held(set, group) == held(set));
  }
}
