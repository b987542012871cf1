package io.tangram.solver.nodesearch;

import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.GroupTable;
import java.util.BitSet;

/**
 * How many devices are in use on each counter set, and how many of them list each compatibility
 * group: one more fits if it lists a group that all of them do (R122). Since only counts change,
 * every change can be taken back exactly, in any order. Not thread-safe.
 */
final class GroupState {

  private final boolean relevant;
  private final int[] devices;
  private final int[][] listing;

  /**
   * Starts with what is held.
   *
   * @param sets how many counter sets there are
   * @param empty whether to start with nothing in use instead
   */
  GroupState(GroupTable groups, int sets, boolean empty) {
    this.relevant = !groups.isEmpty();
    this.devices = new int[relevant ? sets : 0];
    this.listing = new int[devices.length][];
    for (int set = 0; set < devices.length; set++) {
      listing[set] = new int[groups.size(set)];
      for (int group = 0; group < listing[set].length && !empty; group++) {
        listing[set][group] = groups.held(set, group);
      }
      devices[set] = empty ? 0 : groups.held(set);
    }
  }

  /** Whether a device that draws so on the set can be in use beside those that are. */
  boolean fits(int set, Draw draw) {
    if (!relevant || devices[set] == 0) {
      return true;
    }
    for (int i = 0; i < draw.groups().length(); i++) {
      if (listing[set][draw.groups().get(i)] == devices[set]) {
        return true;
      }
    }
    return false;
  }

  /** The groups of the set that all devices in use on it list. */
  BitSet open(int set) {
    BitSet open = new BitSet();
    open.set(GroupTable.NONE);
    for (int group = 0; relevant && group < listing[set].length; group++) {
      open.set(group, listing[set][group] == devices[set]);
    }
    return open;
  }

  /** Puts a device on the set ({@code sign} 1), or takes it off (-1). */
  void change(int set, Draw draw, int sign) {
    if (relevant) {
      devices[set] += sign;
      draw.groups().forEach(group -> listing[set][group] += sign);
    }
  }
}
