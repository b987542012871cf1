package io.tangram.api.testing;

import com.google.common.collect.Comparators;
import io.tangram.api.claim.ClaimId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the units behind each in the queue add together at most: each the most that it adds when it
 * is alone, claims that it shares apart, and each shared claim the most that it adds with one of
 * them.
 */
final class WorthBounds {

  private final Worth nothing;
  private final List<Worth> unitsBehind;
  private final List<Map<ClaimId, Worth>> sharedBehind;

  /**
   * Computes the bounds.
   *
   * @param goals what is measured
   * @param queue the units
   * @param placements for each unit the ways to place it
   */
  WorthBounds(List<Goal> goals, List<AdmissionUnit> queue, List<List<Placement>> placements) {
    this.nothing = Worth.ofNothing(goals);
    this.unitsBehind = new ArrayList<>();
    this.sharedBehind = new ArrayList<>();
    Worth units = nothing;
    Map<ClaimId, Worth> shared = new HashMap<>();
    for (int i = queue.size() - 1; i >= 0; i--) {
      unitsBehind.add(0, units);
      sharedBehind.add(0, Map.copyOf(shared));
      AdmissionUnit unit = queue.get(i);
      Worth bare = Worth.of(goals, unit, List.of());
      Worth most = nothing;
      for (Placement placement : placements.get(i)) {
        List<PlannedClaim> own = new ArrayList<>();
        for (PlannedClaim planned : placement.claims()) {
          ClaimId claim = planned.claim().id();
          if (unit.before().contains(claim) || unit.behind().contains(claim)) {
            Worth added = Worth.of(goals, unit, List.of(planned)).minus(bare);
            shared.merge(claim, added, Comparators::max);
          } else {
            own.add(planned);
          }
        }
        most = Comparators.max(most, Worth.of(goals, unit, own));
      }
      units = units.plus(most);
    }
  }

  /**
   * Returns the most that the units behind one can add.
   *
   * @param unit the number of the unit in the queue
   * @param allocated the shared claims that are allocated already
   */
  Worth behind(int unit, Set<ClaimId> allocated) {
    Worth most = unitsBehind.get(unit);
    for (Map.Entry<ClaimId, Worth> shared : sharedBehind.get(unit).entrySet()) {
      if (!allocated.contains(shared.getKey())) {
        most = most.plus(Comparators.max(shared.getValue(), nothing));
      }
    }
    return most;
  }
}
