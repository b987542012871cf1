package io.tangram.solver.nodesearch;

import io.tangram.solver.compile.ClaimShape.Tie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * One constraint of a claim and the devices chosen so far. Devices are retracted in the reverse
 * order of admission, which restores the state exactly (R102, R106). Not thread-safe.
 */
final class ConstraintState {

  private final Tie tie;

  /** For a match: what is common to the first i + 1 devices. */
  private final List<int[]> common = new ArrayList<>();

  /** For a distinction: what the devices have between them. */
  private final BitSet used = new BitSet();

  ConstraintState(Tie tie) {
    this.tie = tie;
  }

  /** The constraint. */
  Tie tie() {
    return tie;
  }

  /** Whether a distinction has a device already. */
  boolean distinguishes() {
    return !used.isEmpty();
  }

  /** Whether devices for an alternative of a request are covered (R96). */
  boolean covers(int request, int alternative) {
    return tie.covers(request, alternative);
  }

  /**
   * Adds a device unless that violates the constraint.
   *
   * @param elements the elements of its attribute, ascending; none where it lacks the attribute
   * @return whether it was added
   */
  boolean admit(int[] elements) {
    if (elements.length == 0) {
      return false;
    }
    if (tie.kind() == Tie.Kind.MATCH) {
      int[] left =
          common.isEmpty() ? elements : intersection(common.get(common.size() - 1), elements);
      if (left.length > 0) {
        common.add(left);
      }
      return left.length > 0;
    }
    for (int element : elements) {
      if (used.get(element)) {
        return false;
      }
    }
    for (int element : elements) {
      used.set(element);
    }
    return true;
  }

  /** Whether a device could be added. */
  boolean mayAdmit(int[] elements) {
    return tie.kind() == Tie.Kind.MATCH
        ? Arrays.stream(elements).anyMatch(this::mayAgreeIn)
        : elements.length > 0 && Arrays.stream(elements).noneMatch(used::get);
  }

  /** For a match: whether all devices so far have the element. */
  boolean mayAgreeIn(int element) {
    return common.isEmpty() || Arrays.binarySearch(common.get(common.size() - 1), element) >= 0;
  }

  /** Whether it covers no device yet. */
  boolean isUnused() {
    return common.isEmpty() && used.isEmpty();
  }

  /** Takes the device admitted last back. */
  void retract(int[] elements) {
    if (tie.kind() == Tie.Kind.MATCH) {
      common.remove(common.size() - 1);
    } else {
      for (int element : elements) {
        used.clear(element);
      }
    }
  }

  private static int[] intersection(int[] one, int[] other) {
    if (Arrays.equals(one, other)) {
      return one;
    }
    return Arrays.stream(one).filter(each -> Arrays.binarySearch(other, each) >= 0).toArray();
  }
}
