package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers what units ask for: equal leaf requests are one, and so are equal types of units. */
final class UnitTypes {

  /**
   * What a unit asks for by itself. Two common claims never are of one type: each has workloads of
   * its own.
   */
  record Wish(
      ImmutableList<ClaimShape> claims,
      ImmutableList<UnitType> common,
      Optional<ClaimId> commonClaim,
      Optional<BitSet> allowed,
      NodeResources.Wanted wanted,
      ImmutableList<ClaimUse> uses,
      ImmutableList<ClaimId> sole,
      boolean takesNode) {}

  private record Key(Wish wish, Optional<GangShape> gang) {}

  private final Matching matching;
  private final NodeResources resources;
  private final Map<DeviceRequest, Leaf> leaves = new LinkedHashMap<>();
  private final Map<Key, UnitType> types = new LinkedHashMap<>();

  UnitTypes(Matching matching, NodeResources resources) {
    this.matching = matching;
    this.resources = resources;
  }

  /**
   * Returns what a unit asks for by itself, once it is known what is scarce.
   *
   * @param claims its own claims
   * @param common the types of the common claims it references
   * @param allowed the nodes it may be placed on, resources aside; all where absent
   * @param wanted what it takes of each resource
   * @param uses how it uses its claims, common ones last, where that matters
   * @param sole the held claims that are for it alone
   * @param isWorkload whether it is a workload
   */
  Wish wish(
      List<Claim> claims,
      ImmutableList<UnitType> common,
      Optional<BitSet> allowed,
      NodeResources.Wanted wanted,
      ImmutableList<ClaimUse> uses,
      ImmutableList<ClaimId> sole,
      boolean isWorkload) {
    return new Wish(
        ImmutableList.copyOf(Lists.transform(claims, this::shape)),
        common,
        Optional.empty(),
        allowed,
        wanted,
        uses,
        sole,
        isWorkload || claims.stream().anyMatch(claim -> !claim.requests().isEmpty()));
  }

  /**
   * Returns the type of a unit.
   *
   * @param gang the shape of the group it is a member of, if that binds it
   */
  UnitType of(Wish wish, Optional<GangShape> gang) {
    return type(new Key(wish, gang));
  }

  /** Returns the type of a common claim. */
  UnitType ofCommon(Claim claim) {
    Wish wish =
        new Wish(
            ImmutableList.of(shape(claim)),
            ImmutableList.of(),
            Optional.of(claim.id()),
            Optional.empty(),
            resources.wanted(Optional.empty(), ImmutableList.of(), Map.of()),
            ImmutableList.of(),
            ImmutableList.of(),
            false);
    return type(new Key(wish, Optional.empty()));
  }

  private UnitType type(Key key) {
    return types.computeIfAbsent(key, k -> type(k.wish(), k.gang()));
  }

  private UnitType type(Wish wish, Optional<GangShape> gang) {
    return new UnitType(
        types.size(),
        wish.claims(),
        wish.common(),
        wish.allowed(),
        resources.fitting(wish.wanted(), wish.allowed()),
        resources.scarceOf(wish.wanted(), wish.allowed()),
        wish.uses(),
        wish.sole(),
        wish.takesNode(),
        wish.commonClaim().isPresent(),
        gang);
  }

  private ClaimShape shape(Claim claim) {
    ImmutableList.Builder<ClaimShape.Line> lines = ImmutableList.builder();
    for (Request request : claim.requests()) {
      lines.add(
          new ClaimShape.Line(
              request instanceof Request.FirstAvailable,
              ImmutableList.copyOf(Lists.transform(request.alternatives(), this::leaf)),
              own(claim, request)));
    }
    ImmutableList.Builder<ClaimShape.Tie> ties = ImmutableList.builder();
    for (DeviceConstraint constraint : claim.constraints()) {
      ties.add(tie(claim, constraint));
    }
    return new ClaimShape(lines.build(), ties.build());
  }

  private ClaimShape.OwnSupply own(Claim claim, Request request) {
    String resource = claim.extendedResources().get(request.name());
    return resource == null ? ClaimShape.OwnSupply.NONE : resources.ownSupply(resource);
  }

  private Leaf leaf(DeviceRequest request) {
    DeviceRequest nameless = ((ImmutableDeviceRequest) request).withName("");
    return leaves.computeIfAbsent(
        nameless, key -> new Leaf(leaves.size(), request, matching.filter(request)));
  }

  private static ClaimShape.Tie tie(Claim claim, DeviceConstraint constraint) {
    ImmutableList.Builder<Integer> covered = ImmutableList.builder();
    for (int request = 0; request < claim.requests().size(); request++) {
      Request line = claim.requests().get(request);
      for (int alternative = 0; alternative < line.alternatives().size(); alternative++) {
        if (constraint.covers(line, line.alternatives().get(alternative))) {
          covered.add(ClaimShape.Tie.place(request, alternative));
        }
      }
    }
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      return new ClaimShape.Tie(
          ClaimShape.Tie.Kind.MATCH, new Trait.Attribute(match.attribute()), covered.build());
    }
    if (constraint instanceof DeviceConstraint.DistinctAttribute distinct) {
      return new ClaimShape.Tie(
          ClaimShape.Tie.Kind.DISTINCT, new Trait.Attribute(distinct.attribute()), covered.build());
    }
    if (constraint instanceof DeviceConstraint.Linked linked) {
      return new ClaimShape.Tie(
          ClaimShape.Tie.Kind.MATCH, new Trait.Links(linked.requirement()), covered.build());
    }
    throw new IllegalStateException("Screening lets no unknown constraint through.");
  }

  /** The types, by number. */
  List<UnitType> types() {
    return List.copyOf(types.values());
  }

  /** The leaf requests told apart, by number. */
  List<Leaf> leaves() {
    return List.copyOf(leaves.values());
  }
}
