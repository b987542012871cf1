package io.tangram.solver.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Divides the items of two bins anew between them, in the best way there is, be it by exchanging
 * many at a time. Where hardly anything is too much or to spare, no exchange of two items may do,
 * but among all divisions some fill both bins to the brim.
 *
 * <pre>
 * Sets        k  kinds of items that are in both bins
 *             S_k  ways to choose as many items of k for the first bin as it has places for
 * Parameters  u_si  what the items of a way take of dimension i,  c_i and c'_i what the bins hold
 *             w_i, w'_i  1 / c_i and 1 / c'_i,  r_i  what all other items take in the first bin
 *             t_i  what is in both bins together
 * Variables   s[k] in S_k,  x[i]  what is in the first bin
 *
 * (1)  x[i] = r_i + sum_k u_(s[k])i
 *
 * Objective   minimise sum_i w_i max(0, x[i] - c_i) + w'_i max(0, t_i - x[i] - c'_i)
 * </pre>
 *
 * <p>Where the second bin is given up, what is too much in it counts nothing, and the first is to
 * be filled: sum_i {@value #SPARE} w_i max(0, c_i - x[i]) is added.
 *
 * <p>By enumeration: of at most {@value #MOST_ALIKE} items of a kind and {@value #MOST_DIVISIONS}
 * divisions, drawn by chance where there are more. Of several that are best one is drawn, so that
 * bins which come to nothing together become others.
 */
final class PairDivision {

  private static final int MOST_ALIKE = 8;
  private static final int MOST_DIVISIONS = 1024;

  /** What counts as to spare, as a part of what counts as too much. */
  private static final double SPARE = 0.9;

  private static final double NEGLIGIBLE = 1e-9;

  private final BinLoads loads;
  private final SplittableRandom random;
  private final List<Choice> choices = new ArrayList<>();
  private final double[] together;
  private double spare;
  private double least;
  private int ties;

  /**
   * Prepares to divide.
   *
   * @param random draws what is left to chance
   */
  PairDivision(BinLoads loads, SplittableRandom random) {
    this.loads = loads;
    this.random = random;
    this.together = new double[loads.dimensions()];
  }

  /**
   * The items of a kind that are looked at, those of the first bin before those of the other, with
   * the ways to choose some for the first.
   */
  private static final class Choice {

    private final int[] places;
    private final int mine;
    private final int[] ways;
    private final double[][] more;
    private int current;
    private int best;

    /**
     * Begins with no way.
     *
     * @param places where the items are
     * @param mine how many of them are in the first bin
     * @param ways the ways, each as a set of bits
     * @param more how much more the first bin has then, as {@code [way][dimension]}
     */
    Choice(int[] places, int mine, int[] ways, double[][] more) {
      this.places = places;
      this.mine = mine;
      this.ways = ways;
      this.more = more;
    }
  }

  /**
   * Makes the best other division of what is in two bins, unless it is worse than what there is.
   *
   * @return whether less is too much then
   */
  boolean divide(int bin, int other) {
    choices.clear();
    if (bin != other) {
      choose(bin, other);
    }
    if (choices.isEmpty()) {
      return false;
    }
    spare = loads.isGivenUp(other) ? SPARE : 0;
    double[] load = new double[together.length];
    double now = 0;
    for (int i = 0; i < load.length; i++) {
      load[i] = loads.load(bin, i);
      together[i] = load[i] + loads.load(other, i);
      now +=
          loads.excess(bin, i, load[i], spare)
              + loads.excess(other, i, together[i] - load[i], spare);
    }
    least = Double.POSITIVE_INFINITY;
    ties = 0;
    search(0, load, false, bin, other);
    if (least > now + NEGLIGIBLE) {
      return false;
    }
    choices.forEach(this::make);
    return least < now - NEGLIGIBLE;
  }

  // What can be chosen.

  /** The choices for kinds in random order, as many as make not too many divisions. */
  private void choose(int bin, int other) {
    List<int[]> kinds = kindsInBoth(bin, other);
    long divisions = 1;
    for (int left = kinds.size(); left > 0; left--) {
      int drawn = random.nextInt(left);
      int[] range = kinds.get(drawn);
      kinds.set(drawn, kinds.get(left - 1));
      Choice choice = choice(bin, other, range);
      if (choice.ways.length > 1 && divisions * choice.ways.length <= MOST_DIVISIONS) {
        divisions *= choice.ways.length;
        choices.add(choice);
      }
    }
  }

  /** Where items of the same kind are in both bins: from and to in each. */
  private List<int[]> kindsInBoth(int bin, int other) {
    int[] ours = loads.placesIn(bin);
    int[] theirs = loads.placesIn(other);
    List<int[]> kinds = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < ours.length && j < theirs.length) {
      int kind = loads.kindOf(ours[i]);
      int difference = Integer.compare(kind, loads.kindOf(theirs[j]));
      if (difference == 0) {
        int endOfOurs = endOf(kind, ours, i);
        int endOfTheirs = endOf(kind, theirs, j);
        kinds.add(new int[] {i, endOfOurs, j, endOfTheirs});
        i = endOfOurs;
        j = endOfTheirs;
      } else if (difference < 0) {
        i++;
      } else {
        j++;
      }
    }
    return kinds;
  }

  private int endOf(int kind, int[] places, int from) {
    int end = from;
    while (end < places.length && loads.kindOf(places[end]) == kind) {
      end++;
    }
    return end;
  }

  private Choice choice(int bin, int other, int[] range) {
    int[] ours = movable(bin, range[0], range[1], other);
    int[] theirs = movable(other, range[2], range[3], bin);
    int mine = Math.min(ours.length, Math.max(MOST_ALIKE / 2, MOST_ALIKE - theirs.length));
    int yours = Math.min(theirs.length, MOST_ALIKE - mine);
    draw(ours, mine);
    draw(theirs, yours);
    int[] places = Arrays.copyOf(ours, mine + yours);
    System.arraycopy(theirs, 0, places, mine, yours);
    int[] ways = new int[1 << places.length];
    int count = 0;
    for (int way = 0; way < ways.length; way++) {
      if (Integer.bitCount(way) == mine && isFirstOfItsLike(way, places)) {
        ways[count++] = way;
      }
    }
    ways = Arrays.copyOf(ways, count);
    double[][] more = new double[count][];
    for (int i = 0; i < count; i++) {
      more[i] = more(ways[i], places, mine);
    }
    return new Choice(places, mine, ways, more);
  }

  /** Places of a bin in a range whose items may go into another. */
  private int[] movable(int bin, int from, int to, int other) {
    return Arrays.stream(loads.placesIn(bin), from, to)
        .filter(place -> loads.isAllowed(loads.itemAt(place), other))
        .toArray();
  }

  /** Brings so many at random to the front, where there are more. */
  private void draw(int[] places, int most) {
    for (int i = 0; i < most && most < places.length; i++) {
      int drawn = i + random.nextInt(places.length - i);
      int place = places[i];
      places[i] = places[drawn];
      places[drawn] = place;
    }
  }

  /** Whether no item is chosen before which another of the same size is left. */
  private boolean isFirstOfItsLike(int way, int[] places) {
    for (int i = 1; i < places.length; i++) {
      if ((way & 1 << i) != 0) {
        int size = loads.sizeNumber(loads.itemAt(places[i]));
        for (int j = 0; j < i; j++) {
          if ((way & 1 << j) == 0 && loads.sizeNumber(loads.itemAt(places[j])) == size) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private double[] more(int way, int[] places, int mine) {
    double[] more = new double[together.length];
    for (int i = 0; i < places.length; i++) {
      int sign = ((way & 1 << i) != 0 ? 1 : 0) - (i < mine ? 1 : 0);
      for (int d = 0; sign != 0 && d < more.length; d++) {
        more[d] += sign * loads.size(loads.itemAt(places[i]), d);
      }
    }
    return more;
  }

  // The best of all divisions.

  private void search(int depth, double[] load, boolean differs, int bin, int other) {
    if (depth == choices.size()) {
      if (differs) {
        compare(load, bin, other);
      }
      return;
    }
    Choice choice = choices.get(depth);
    double[] with = new double[load.length];
    for (int way = 0; way < choice.ways.length; way++) {
      boolean changes = false;
      for (int i = 0; i < load.length; i++) {
        double more = choice.more[way][i];
        with[i] = load[i] + more;
        changes |= more != 0;
      }
      choice.current = way;
      search(depth + 1, with, differs || changes, bin, other);
    }
  }

  private void compare(double[] load, int bin, int other) {
    double excess = 0;
    for (int i = 0; i < load.length; i++) {
      excess +=
          loads.excess(bin, i, load[i], spare)
              + loads.excess(other, i, together[i] - load[i], spare);
      if (excess > least + NEGLIGIBLE) {
        return;
      }
    }
    ties = excess < least - NEGLIGIBLE ? 1 : ties + 1;
    if (ties == 1 || random.nextInt(ties) == 0) {
      least = Math.min(least, excess);
      choices.forEach(choice -> choice.best = choice.current);
    }
  }

  private void make(Choice choice) {
    int way = choice.ways[choice.best];
    int[] items = new int[choice.places.length];
    int ours = 0;
    int theirs = choice.mine;
    for (int i = 0; i < items.length; i++) {
      int item = loads.itemAt(choice.places[i]);
      items[(way & 1 << i) != 0 ? ours++ : theirs++] = item;
    }
    loads.put(items, choice.places);
  }
}
