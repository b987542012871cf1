package io.tangram.solver.model;

import com.google.common.primitives.ImmutableLongArray;
import java.util.List;

/**
 * Units that one node of a kind can serve together.
 *
 * @param kind the number of the kind
 * @param units how many units of each demand, by the demand's number
 */
public record NodePattern(int kind, ImmutableLongArray units) {

  /** How many claims of a tier the units have. */
  public long claims(List<Demand> demands, int tier) {
    long claims = 0;
    for (Demand demand : demands) {
      if (demand.priority() == tier) {
        claims += units.get(demand.index()) * demand.claims();
      }
    }
    return claims;
  }
}
