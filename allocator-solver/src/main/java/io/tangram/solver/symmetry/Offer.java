package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableLongArray;

/**
 * Devices of a component that draw the same and serve the same requests.
 *
 * @param devices how many there are
 * @param draws what each draws on each counter of the component, once, however much it serves
 * @param units how many requests of each kind one of them can serve: one or none, of a shared
 *     device as many as find room
 */
record Offer(long devices, ImmutableLongArray draws, ImmutableLongArray units) {

  /** How many of them fit what is left of the counters. */
  long mostThatFit(long[] remaining) {
    long most = devices;
    for (int counter = 0; counter < remaining.length; counter++) {
      if (draws.get(counter) > 0) {
        most = Math.min(most, remaining[counter] / draws.get(counter));
      }
    }
    return Math.max(0, most);
  }

  /** Whether they draw on nothing. */
  boolean isFree() {
    return draws.stream().allMatch(draw -> draw == 0);
  }

  /** Whether each draws at least as much of every counter as one of the others. */
  boolean drawsNoLessThan(Offer other) {
    for (int counter = 0; counter < draws.length(); counter++) {
      if (draws.get(counter) < other.draws.get(counter)) {
        return false;
      }
    }
    return true;
  }

  /** Whether what is left is too little for one of these and one of the others. */
  boolean excludes(Offer other, long[] remaining) {
    for (int counter = 0; counter < remaining.length; counter++) {
      if (draws.get(counter) + other.draws.get(counter) > remaining[counter]) {
        return true;
      }
    }
    return false;
  }
}
