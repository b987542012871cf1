package io.tangram.solver.links;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The sets of a node's devices, up to twins: how many of each class of twins are in it is all that
 * counts of a set. A set's number is that of its counts as digits, of which each has its own base
 * (the size of its class and one more). Where no two devices are twins, it is the set as a bit
 * mask; of devices that are all alike, only how many there are.
 *
 * <p>The numbers are such that the set without a part of it has the difference of both numbers, and
 * that parts have smaller numbers than the whole.
 */
final class DistinctSets {

  /** As many as 18 devices have of which no two are twins. */
  static final int MOST = 1 << 18;

  private final List<List<Integer>> classes;
  private final int[] classOf;
  private final int[] weights;
  private final int count;

  /**
   * Finds the twins.
   *
   * @throws IllegalArgumentException if there are more than {@value #MOST} sets
   */
  DistinctSets(PairTable pairs) {
    classes = new ArrayList<>();
    classOf = new int[pairs.devices()];
    for (int device = 0; device < pairs.devices(); device++) {
      int twins = 0;
      while (twins < classes.size() && !pairs.areTwins(classes.get(twins).get(0), device)) {
        twins++;
      }
      if (twins == classes.size()) {
        classes.add(new ArrayList<>());
      }
      classes.get(twins).add(device);
      classOf[device] = twins;
    }
    weights = new int[classes.size()];
    long sets = 1;
    for (int i = classes.size() - 1; i >= 0; i--) {
      weights[i] = (int) sets;
      sets *= classes.get(i).size() + 1L;
      if (sets > MOST) {
        throw new IllegalArgumentException(
            pairs.devices()
                + " devices are joined in too many different ways: sets of more than "
                + MOST
                + " kinds would have to be compared, the number for 18 devices that all differ."
                + " Choose among fewer devices.");
      }
    }
    count = (int) sets;
  }

  /** How many sets there are. */
  int count() {
    return count;
  }

  /** How many classes of twins there are. */
  int classes() {
    return classes.size();
  }

  /** The devices of a class, in order. */
  List<Integer> twins(int which) {
    return classes.get(which);
  }

  /** The class of a device. */
  int classOf(int device) {
    return classOf[device];
  }

  /** The number of the set that has one device of a class, and no other. */
  int one(int which) {
    return weights[which];
  }

  /** How many devices of a class a set has. */
  int digit(int set, int which) {
    return set / weights[which] % (classes.get(which).size() + 1);
  }

  /** How many devices of each class a set has. */
  int[] digits(int set) {
    int[] digits = new int[classes.size()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = digit(set, i);
    }
    return digits;
  }

  /**
   * Hands on the parts of a set that have so many devices, those with more devices of earlier
   * classes first.
   *
   * @param least what they must have of each class, no more than the set has
   * @param whole the number of the set
   * @param size how many devices the parts have
   * @param worthwhile whether to look into a part for smaller ones; if it says no of a set, it must
   *     say no of all parts of that
   * @param part gets the numbers of the parts
   */
  void parts(int[] least, int whole, int size, IntPredicate worthwhile, IntConsumer part) {
    new Walk(least, digits(whole), worthwhile, part).from(0, 0, whole, size);
  }

  /** A walk through parts, class by class. */
  private final class Walk {

    private final int[] least;
    private final int[] most;
    private final IntPredicate worthwhile;
    private final IntConsumer part;

    /** How many devices there must and can be of this class and those behind it. */
    private final int[] leastFrom;

    private final int[] mostFrom;

    Walk(int[] least, int[] most, IntPredicate worthwhile, IntConsumer part) {
      this.least = least;
      this.most = most;
      this.worthwhile = worthwhile;
      this.part = part;
      leastFrom = new int[most.length + 1];
      mostFrom = new int[most.length + 1];
      for (int i = most.length - 1; i >= 0; i--) {
        leastFrom[i] = leastFrom[i + 1] + least[i];
        mostFrom[i] = mostFrom[i + 1] + most[i];
      }
    }

    /**
     * Goes on.
     *
     * @param which the class to take devices of
     * @param taken what was taken of those before it
     * @param within the whole without what was not taken of those before it
     * @param missing how many devices are still to be taken
     */
    void from(int which, int taken, int within, int missing) {
      if (which == most.length) {
        part.accept(taken);
        return;
      }
      int last = Math.max(least[which], missing - mostFrom[which + 1]);
      for (int n = Math.min(most[which], missing - leastFrom[which + 1]); n >= last; n--) {
        int narrowed = within - (most[which] - n) * weights[which];
        if (!worthwhile.test(narrowed)) {
          return;
        }
        from(which + 1, taken + n * weights[which], narrowed, missing - n);
      }
    }
  }
}
