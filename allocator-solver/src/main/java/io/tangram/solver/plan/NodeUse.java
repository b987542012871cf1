package io.tangram.solver.plan;

import io.tangram.solver.compile.HeldNodes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What placements use nodes for, beside what is held. */
record NodeUse(HeldNodes held) {

  /** The nodes taken into use that were not before. */
  BitSet newlyUsed(List<Placement> placements) {
    BitSet used = new BitSet();
    for (Placement placement : placements) {
      boolean uses = placement.unit().workload().isPresent() || claimsGiven(placement) > 0;
      if (uses && !held.isInUse(placement.node())) {
        used.set(placement.node());
      }
    }
    return used;
  }

  /** How many claims of a unit get devices: one that asks for nothing uses no node. */
  private static int claimsGiven(Placement placement) {
    return (int)
        placement.choices().stream()
            .filter(claim -> claim.stream().anyMatch(choice -> !choice.devices().isEmpty()))
            .count();
  }

  /** By how much the sum over nodes of the square of the number of claims grows. */
  long unevenness(List<Placement> placements) {
    Map<Integer, Integer> added = new HashMap<>();
    for (Placement placement : placements) {
      added.merge(placement.node(), claimsGiven(placement), Integer::sum);
    }
    long growth = 0;
    for (Map.Entry<Integer, Integer> each : added.entrySet()) {
      long claims = each.getValue();
      growth += claims * (claims + 2L * held.claims(each.getKey()));
    }
    return growth;
  }
}
