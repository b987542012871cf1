package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.claim.ClaimId;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Units that can stand in for each other, apart from priority and order.
 *
 * @param index its number
 * @param claims the shapes of its pending claims, in order, without common ones
 * @param common the types of the common claims it references, in order; each is of one claim
 * @param allowed the nodes on which selectors, taints and held claims let it be placed; all where
 *     absent (R186)
 * @param nodes those of them that have enough of every resource for it alone; all where absent
 * @param resources what it takes of each scarce resource of its node, as in {@link NodeResources};
 *     of an extended resource only on nodes that offer it
 * @param uses how it uses {@link #allClaims}, where devices may take something of its node (R239);
 *     else empty
 * @param sole the held claims it references that no other workload may use beside it (R238)
 * @param takesNode whether placing the unit takes its node into use: a workload does, and a claim
 *     that asks for something
 * @param isCommon whether it is the type of a common claim
 * @param gang the shape of the groups that its units are members of, if these bind them
 */
public record UnitType(
    int index,
    ImmutableList<ClaimShape> claims,
    ImmutableList<UnitType> common,
    Optional<BitSet> allowed,
    Optional<BitSet> nodes,
    ImmutableLongArray resources,
    ImmutableList<ClaimUse> uses,
    ImmutableList<ClaimId> sole,
    boolean takesNode,
    boolean isCommon,
    Optional<GangShape> gang) {

  /** Whether the unit may be placed on a node. */
  public boolean mayUse(int node) {
    return nodes.isEmpty() || nodes.get().get(node);
  }

  /** Whether the unit may be placed on a node, wherever other members of its group are. */
  public boolean mayJoin(int node) {
    return mayUse(node) && (gang.isEmpty() || gang.get().mayUse(node));
  }

  /** Whether it matters to its group on which node a unit is. */
  public boolean hasTopology() {
    return gang.isPresent() && gang.get().hasTopology();
  }

  /** Whether it takes some of a resource that others want too, or its devices may. */
  public boolean takesResources() {
    return isLoading() || resources.stream().anyMatch(amount -> amount > 0);
  }

  /** Whether what it takes of its node depends on its devices, or on who else uses its claims. */
  public boolean isLoading() {
    return !uses.isEmpty() || !sole.isEmpty();
  }

  /** Whether some of its requests need devices on some nodes only (R216). */
  public boolean dependsOnNode() {
    return lines().anyMatch(line -> !line.own().nodes().isEmpty());
  }

  /** Returns which of its requests, by claim, need devices on a node. */
  public ImmutableList<Boolean> asking(int node) {
    return lines().map(line -> line.asksOn(node)).collect(ImmutableList.toImmutableList());
  }

  private Stream<ClaimShape.Line> lines() {
    return claims.stream().flatMap(claim -> claim.requests().stream());
  }

  /** How many of its own claims ask for devices on a node. */
  public long claimsForDevices(int node) {
    return claims.stream().filter(claim -> claim.asksOn(node)).count();
  }

  /** The shapes of the pending claims it needs, those of common ones last. */
  public ImmutableList<ClaimShape> allClaims() {
    return common.isEmpty()
        ? claims
        : Stream.concat(claims.stream(), common.stream().flatMap(each -> each.claims().stream()))
            .collect(ImmutableList.toImmutableList());
  }

  /** Its number: hashing all that it stands for, again at every look-up, would be slow. */
  @Override
  public int hashCode() {
    return index;
  }
}
