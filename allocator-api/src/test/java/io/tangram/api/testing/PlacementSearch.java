package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.Node;
import io.tangram.api.testing.Situation.SharedClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds every way to place a unit beside what is held: all nodes, all choices of devices for its
 * claims, and of the claims that it shares with other units all that those may have had allocated.
 */
final class PlacementSearch {

  private final ImmutableMap<String, NodeView> views;
  private final DeviceChoices choices;
  private final UsageRules usages;

  PlacementSearch(AllocationProblem problem) {
    this.views = Maps.uniqueIndex(NodeView.ofAll(problem), view -> view.node().name());
    this.usages = new UsageRules(problem);
    this.choices = new DeviceChoices(new RequestRules(problem), usages);
  }

  /** The situation before anything is planned. */
  Situation start() {
    return Situation.of(usages.held());
  }

  /** Returns every way to place the unit beside what is held. */
  List<Placement> placements(AdmissionUnit unit) {
    List<Placement> placements = new ArrayList<>();
    for (NodeView view : views.values()) {
      Node node = view.node();
      if (NodeRules.allow(unit, node) && NodeRules.after(start().taken(), unit, node).isPresent()) {
        for (Set<ClaimId> reused : Sets.powerSet(unit.before())) {
          place(
              new Placement(unit, node, ImmutableList.of(), ImmutableSet.copyOf(reused)),
              unit.claims().stream().filter(claim -> !reused.contains(claim.id())).toList(),
              usages.held(),
              placements);
        }
      }
    }
    return placements;
  }

  private void place(Placement begun, List<Claim> left, Usage usage, List<Placement> placements) {
    if (left.isEmpty()) {
      placements.add(begun);
      return;
    }
    Claim claim = left.get(0);
    for (NodeView view : views.values()) {
      boolean isOwnNode = view.node().equals(begun.node());
      if (isOwnNode || begun.unit().behind().contains(claim.id())) {
        for (ImmutableList<ChosenDevice> devices : choices.of(claim, view, usage)) {
          PlannedClaim planned = new PlannedClaim(claim, view.node().name(), devices);
          if (isOwnNode || SharedClaim.of(planned).isUsableOn(begun.node())) {
            usages
                .after(usage, devices, view)
                .ifPresent(
                    next ->
                        place(begun.with(planned), left.subList(1, left.size()), next, placements));
          }
        }
      }
    }
  }

  /** Returns the situation after the placement, or nothing if it isn't legal in this one. */
  Optional<Situation> after(Situation before, Placement placement) {
    AdmissionUnit unit = placement.unit();
    Optional<Usage> usage = Optional.of(before.usage());
    for (PlannedClaim planned : placement.claims()) {
      usage = usage.flatMap(each -> after(each, planned));
    }
    return usage.flatMap(
        devices ->
            NodeRules.after(before.taken(), unit, placement.node())
                .flatMap(
                    taken ->
                        sharedAfter(before, placement)
                            .flatMap(
                                shared -> decided(new Situation(devices, taken, shared), unit))));
  }

  /** Returns the usage after the allocation of a claim, or nothing if a device can't be had. */
  Optional<Usage> after(Usage usage, PlannedClaim planned) {
    NodeView view = views.get(planned.node());
    return view == null ? Optional.empty() : usages.after(usage, planned.devices(), view);
  }

  /** Returns the shared claims after the placement, if they are now as it takes them to be. */
  private static Optional<ImmutableMap<ClaimId, SharedClaim>> sharedAfter(
      Situation before, Placement placement) {
    AdmissionUnit unit = placement.unit();
    if (unit.before().isEmpty() && unit.behind().isEmpty()) {
      return Optional.of(before.shared());
    }
    Map<ClaimId, SharedClaim> after = new HashMap<>(before.shared());
    for (ClaimId claim : unit.before()) {
      SharedClaim allocated = before.shared().get(claim);
      boolean isUsable = allocated != null && allocated.isUsableOn(placement.node());
      boolean isTaken = allocated != null;
      if (placement.reused().contains(claim) ? !isUsable : isTaken) {
        return Optional.empty();
      }
      if (isUsable) {
        after.put(claim, allocated.usedOn(placement.node()));
      }
    }
    after.putAll(placement.shared());
    return Optional.of(ImmutableMap.copyOf(after));
  }

  /**
   * Returns the situation once the unit is placed or left out, or nothing if it was the last that
   * could be placed on the node of one of its claims and is not (R194).
   */
  Optional<Situation> decided(Situation situation, AdmissionUnit unit) {
    Set<ClaimId> finished =
        Sets.intersection(
            Sets.difference(unit.before(), unit.behind()), situation.shared().keySet());
    if (finished.isEmpty()) {
      return Optional.of(situation);
    }
    boolean areCarried =
        finished.stream().allMatch(claim -> situation.shared().get(claim).isCarried());
    return areCarried
        ? Optional.of(
            new Situation(
                situation.usage(),
                situation.taken(),
                ImmutableMap.copyOf(
                    Maps.filterKeys(situation.shared(), claim -> !finished.contains(claim)))))
        : Optional.empty();
  }
}
