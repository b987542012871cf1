package io.tangram.solver.links;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import java.util.Map;

/**
 * Which sizes of sets are likely to be asked for next. Sizes that don't fit into what is free count
 * for nothing, and the others for the more.
 *
 * @param weights how likely each size is in proportion to the others, in order of sizes
 */
public record SizeMix(ImmutableSortedMap<Integer, Double> weights) {

  /** All sizes from 1 to 8, none more likely than another. */
  public static final SizeMix UP_TO_8 = of(Maps.toMap(ContiguousSet.closed(1, 8), size -> 1));

  /**
   * Makes a mix.
   *
   * @throws IllegalArgumentException if it is empty, a size is less than 1, or a weight is not
   *     finite and more than 0
   */
  public SizeMix {
    if (weights.isEmpty()) {
      throw new IllegalArgumentException(
          "The mix of sizes is empty; name a size, or take SizeMix.UP_TO_8.");
    }
    for (Map.Entry<Integer, Double> each : weights.entrySet()) {
      if (each.getKey() < 1 || !(each.getValue() > 0) || each.getValue().isInfinite()) {
        throw new IllegalArgumentException(
            "The mix of sizes has weight "
                + each.getValue()
                + " for size "
                + each.getKey()
                + "; sizes are 1 or more, and weights more than 0. Leave out what doesn't occur.");
      }
    }
  }

  /** Returns the mix with these weights by size. */
  public static SizeMix of(Map<Integer, ? extends Number> weights) {
    return new SizeMix(
        ImmutableSortedMap.copyOf(Maps.transformValues(weights, Number::doubleValue)));
  }
}
