package io.tangram.solver.nodesearch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of amounts of the same goods, of which only those count that no other one outdoes. */
final class Amounts {

  private final boolean least;
  private final List<int[]> members = new ArrayList<>();

  private Amounts(boolean least) {
    this.least = least;
  }

  /** An empty set of which a member goes that is nowhere less than another one. */
  static Amounts least() {
    return new Amounts(true);
  }

  /** An empty set of which a member goes that is nowhere more than another one. */
  static Amounts most() {
    return new Amounts(false);
  }

  /** Adds a member, unless one outdoes it; takes out those that it outdoes. */
  void add(int[] amounts) {
    for (int[] member : members) {
      if (outdoes(member, amounts)) {
        return;
      }
    }
    members.removeIf(member -> outdoes(amounts, member));
    members.add(amounts);
  }

  private boolean outdoes(int[] one, int[] other) {
    for (int i = 0; i < one.length; i++) {
      if (least ? one[i] > other[i] : one[i] < other[i]) {
        return false;
      }
    }
    return true;
  }

  /** The members; don't change them. */
  List<int[]> members() {
    return members;
  }

  /** Whether there is no member. */
  boolean isEmpty() {
    return members.isEmpty();
  }

  /** How many members there are. */
  int size() {
    return members.size();
  }

  /** The sum of two amounts, each cut off at what is of use. */
  static int[] sum(int[] one, int[] other, int[] useful) {
    int[] sum = new int[one.length];
    Arrays.setAll(sum, i -> Math.min(one[i] + other[i], useful[i]));
    return sum;
  }

  /** What is left of amounts when others are there. */
  static int[] rest(int[] wanted, int[] supplied) {
    int[] rest = new int[wanted.length];
    Arrays.setAll(rest, i -> Math.max(wanted[i] - supplied[i], 0));
    return rest;
  }

  /** Whether amounts are all 0. */
  static boolean isNothing(int[] amounts) {
    for (int amount : amounts) {
      if (amount > 0) {
        return false;
      }
    }
    return true;
  }
}
