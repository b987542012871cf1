package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.Node;
import io.tangram.api.testing.Situation.SharedClaim;
import java.util.List;
import java.util.Optional;

/**
 * A way to place a unit.
 *
 * @param unit the unit
 * @param node its node
 * @param claims the claims allocated with it, with their devices: for its node, or, where a unit
 *     behind it references them too, for that one's
 * @param reused its other claims, which a unit before it has had allocated
 */
record Placement(
    AdmissionUnit unit,
    Node node,
    ImmutableList<PlannedClaim> claims,
    ImmutableSet<ClaimId> reused) {

  /** Returns this with one more claim. */
  Placement with(PlannedClaim planned) {
    return new Placement(
        unit,
        node,
        ImmutableList.<PlannedClaim>builder().addAll(claims).add(planned).build(),
        reused);
  }

  /** Whether the unit needs no other: all its claims are allocated with it, for its node. */
  boolean standsAlone() {
    return reused.isEmpty() && carriesItsClaims();
  }

  /** Whether the claims allocated with it are for its node. */
  boolean carriesItsClaims() {
    return claims.stream().allMatch(claim -> claim.node().equals(node.name()));
  }

  /**
   * Returns what it takes of its node by its devices (R239).
   *
   * @param others the claims that it uses and that units before it have had allocated
   */
  NodeLoad load(List<PlannedClaim> others) {
    return NodeLoad.of(unit, claims).plus(NodeLoad.of(unit, others)).plus(unit.heldLoad());
  }

  /** Returns the claims allocated with it that units behind it may use. */
  ImmutableMap<ClaimId, SharedClaim> shared() {
    return claims.stream()
        .filter(planned -> unit.behind().contains(planned.claim().id()))
        .collect(
            ImmutableMap.toImmutableMap(
                planned -> planned.claim().id(), planned -> SharedClaim.of(planned).usedOn(node)));
  }

  /**
   * What it means for other units, its devices apart.
   *
   * @param node its node, where that matters to others
   * @param shared the claims that it shares with units behind it
   * @param reused the claims that it shares with units before it
   * @param load what it takes of its node by its devices, those of reused claims apart
   * @param nodes what it uses nodes for, where that matters
   */
  record Traces(
      Optional<String> node,
      ImmutableMap<ClaimId, SharedClaim> shared,
      ImmutableSet<ClaimId> reused,
      NodeLoad load,
      NodeUse nodes) {}

  /**
   * Returns what it means for other units, its devices apart.
   *
   * @param nodesMatter whether it matters beside the rules what nodes are used for
   */
  Traces traces(boolean nodesMatter) {
    NodeLoad load = load(ImmutableList.of());
    boolean nodeMatters =
        !reused.isEmpty()
            || !NodeRules.needs(unit).isEmpty()
            || !load.taken().isEmpty()
            || unit.group().filter(group -> !group.topology().isEmpty()).isPresent();
    return new Traces(
        nodeMatters ? Optional.of(node.name()) : Optional.empty(),
        shared(),
        reused,
        load,
        nodesMatter ? NodeUse.NONE.plus(this) : NodeUse.NONE);
  }
}
