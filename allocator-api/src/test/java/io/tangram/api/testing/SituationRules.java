package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.testing.Situation.SharedClaim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What units, placed or left out one after the other, make of a situation. */
final class SituationRules {

  private final ImmutableMap<String, NodeView> views;
  private final UsageRules usages;
  private final ImmutableMap<String, ImmutableMap<String, String>> labels;
  private final boolean nodesMatter;

  /** The resources of which devices may take something (R239). */
  private final ImmutableSet<String> takenByDevices;

  /**
   * Makes the rules.
   *
   * @param nodesMatter whether it matters beside the rules what nodes are used for
   */
  SituationRules(AllocationProblem problem, UsageRules usages, boolean nodesMatter) {
    this.views = Maps.uniqueIndex(NodeView.ofAll(problem), view -> view.node().name());
    this.usages = usages;
    this.labels = NodeRules.labels(problem);
    this.nodesMatter = nodesMatter;
    this.takenByDevices =
        problem.slices().stream()
            .flatMap(slice -> slice.devices().stream())
            .flatMap(device -> device.nodeConsumption().keySet().stream())
            .collect(ImmutableSet.toImmutableSet());
  }

  /** The situation before anything is planned. */
  Situation start() {
    return Situation.of(usages.held(), NodeUse.NONE, ImmutableList.of());
  }

  private NodeView view(String node) {
    return Objects.requireNonNull(views.get(node));
  }

  /** Returns the situation after the placement, or nothing if it isn't legal in this one. */
  Optional<Situation> after(Situation before, Placement placement) {
    Optional<Usage> usage = after(before.usage(), placement);
    List<PlannedClaim> reused =
        placement.reused().stream()
            .flatMap(claim -> Optional.ofNullable(before.shared().get(claim)).stream())
            .flatMap(shared -> shared.loading().stream())
            .toList();
    var taken =
        NodeRules.after(before.taken(), placement.unit(), placement.node(), placement.load(reused));
    var shared = sharedAfter(before, placement);
    ImmutableList<GroupMembers> groups = groupsAfter(before, placement);
    return usage.isEmpty()
            || taken.isEmpty()
            || shared.isEmpty()
            || !groups.stream().allMatch(group -> group.areAllowed(labels))
        ? Optional.empty()
        : decided(
            new Situation(
                usage.get(),
                taken.get(),
                shared.get(),
                nodesMatter ? before.nodes().plus(placement) : NodeUse.NONE,
                groups),
            placement.unit());
  }

  private static ImmutableList<GroupMembers> groupsAfter(Situation before, Placement placement) {
    return placement.unit().group().stream()
        .map(group -> before.members(group).plus(placement.node().name()))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the usage after the placement, or nothing if a device can't be had. */
  Optional<Usage> after(Usage before, Placement placement) {
    Optional<Usage> after = Optional.of(before);
    for (PlannedClaim planned : placement.claims()) {
      after = after.flatMap(usage -> usages.after(usage, planned.devices(), view(planned.node())));
    }
    return after;
  }

  /** Returns the shared claims after the placement, if they are as it takes them to be. */
  private static Optional<ImmutableMap<ClaimId, SharedClaim>> sharedAfter(
      Situation before, Placement placement) {
    AdmissionUnit unit = placement.unit();
    if (unit.before().isEmpty() && unit.behind().isEmpty()) {
      return Optional.of(before.shared());
    }
    Map<ClaimId, SharedClaim> after = new HashMap<>(before.shared());
    for (ClaimId claim : unit.before()) {
      SharedClaim allocated = before.shared().get(claim);
      if (placement.reused().contains(claim) != (allocated != null)) {
        return Optional.empty();
      }
      if (allocated != null) {
        if (!allocated.isUsableOn(placement.node())) {
          return Optional.empty();
        }
        after.put(claim, allocated.usedOn(placement.node()));
      }
    }
    after.putAll(placement.shared());
    return Optional.of(ImmutableMap.copyOf(after));
  }

  /**
   * Returns the situation once the unit is placed or left out, less what doesn't matter to those
   * behind it, or nothing if it was the last that could be placed on the node of one of its claims
   * and is not (R194), or the last of a group of which some members are placed, but too few.
   */
  Optional<Situation> decided(Situation situation, AdmissionUnit unit) {
    Map<ClaimId, SharedClaim> finished =
        Maps.filterKeys(
            situation.shared(), Sets.difference(unit.before(), unit.behind())::contains);
    return finished.values().stream().allMatch(SharedClaim::isCarried)
            && !isGroupTooSmall(situation, unit)
        ? Optional.of(
            new Situation(
                situation.usage(),
                scarce(situation.taken(), unit),
                without(finished.keySet(), situation.shared()),
                situation.nodes(),
                situation.groups()))
        : Optional.empty();
  }

  private static boolean isGroupTooSmall(Situation situation, AdmissionUnit unit) {
    return unit.closesGroup() && situation.members(unit.group().orElseThrow()).areTooFew();
  }

  private static ImmutableMap<ClaimId, SharedClaim> without(
      Set<ClaimId> finished, ImmutableMap<ClaimId, SharedClaim> shared) {
    return finished.isEmpty()
        ? shared
        : ImmutableMap.copyOf(Maps.filterKeys(shared, claim -> !finished.contains(claim)));
  }

  /**
   * Returns what is taken where not enough is left for all that may come; what devices may take is
   * not known, and of the claims that are for one workload each, those that others may come to use.
   */
  private ImmutableMap<String, ImmutableMap<String, Quantity>> scarce(
      ImmutableMap<String, ImmutableMap<String, Quantity>> taken, AdmissionUnit unit) {
    Set<String> ofDevices = unit.usedBehind().isEmpty() ? Set.of() : takenByDevices;
    ImmutableMap.Builder<String, ImmutableMap<String, Quantity>> scarce = ImmutableMap.builder();
    taken.forEach(
        (name, amounts) -> {
          Map<String, Quantity> left =
              name.equals(NodeRules.PARTS)
                  ? Maps.filterKeys(amounts, names(unit.usedBehind())::contains)
                  : Maps.filterEntries(
                      amounts,
                      each ->
                          ofDevices.contains(each.getKey())
                              || isScarce(each, view(name).node(), unit.needsBehind()));
          if (!left.isEmpty()) {
            scarce.put(name, ImmutableMap.copyOf(left));
          }
        });
    return scarce.buildOrThrow();
  }

  private static Set<String> names(Set<ClaimId> claims) {
    return claims.stream().map(ClaimId::toString).collect(ImmutableSet.toImmutableSet());
  }

  private static boolean isScarce(
      Map.Entry<String, Quantity> taken, Node node, ImmutableMap<String, Quantity> toCome) {
    Quantity more = toCome.get(taken.getKey());
    return more != null && !NodeRules.isEnough(node, taken.getKey(), taken.getValue(), more);
  }
}
