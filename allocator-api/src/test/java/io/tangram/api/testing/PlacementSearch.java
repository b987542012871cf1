package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.testing.Situation.SharedClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds every way to place a unit beside what is held: all nodes, all choices of devices for its
 * claims, and of the claims that it shares with other units all that those may have had allocated.
 */
final class PlacementSearch {

  private final ImmutableList<NodeView> views;
  private final DeviceChoices choices;
  private final UsageRules usages;
  private final boolean nodesMatter;

  /**
   * Makes the search.
   *
   * @param nodesMatter whether it matters beside the rules what nodes are used for
   */
  PlacementSearch(AllocationProblem problem, UsageRules usages, boolean nodesMatter) {
    this.nodesMatter = nodesMatter;
    this.views = NodeView.ofAll(problem);
    this.usages = usages;
    this.choices = new DeviceChoices(problem, usages);
  }

  /** Returns every way to place the unit beside what is held. */
  List<Placement> placements(AdmissionUnit unit) {
    List<Placement> placements = new ArrayList<>();
    if (NodeRules.mayBePlaced(unit)) {
      for (NodeView own : views) {
        if (NodeRules.allow(unit, own.node())
            && NodeRules.after(ImmutableMap.of(), unit, own.node(), unit.heldLoad()).isPresent()) {
          for (Set<ClaimId> reused : Sets.powerSet(unit.before())) {
            addAll(
                own, new Placement(unit, own.node(), ImmutableList.of(), copy(reused)), placements);
          }
        }
      }
    }
    return placements;
  }

  private static ImmutableSet<ClaimId> copy(Set<ClaimId> claims) {
    return ImmutableSet.copyOf(claims);
  }

  private void addAll(NodeView own, Placement empty, List<Placement> placements) {
    List<Claim> fresh =
        empty.unit().claims().stream()
            .filter(claim -> !empty.reused().contains(claim.id()))
            .toList();
    addAll(own, empty, fresh, usages.held(), placements);
  }

  private void addAll(
      NodeView own, Placement begun, List<Claim> left, Usage usage, List<Placement> placements) {
    if (left.isEmpty()) {
      NodeLoad load = begun.load(List.of());
      if (NodeRules.after(ImmutableMap.of(), begun.unit(), begun.node(), load).isPresent()) {
        placements.add(begun);
      }
      return;
    }
    List<Claim> others = left.subList(1, left.size());
    for (Choice choice : choices(left.get(0), begun.unit(), own, usage)) {
      usages
          .after(usage, choice.planned().devices(), choice.view())
          .ifPresent(next -> addAll(own, begun.with(choice.planned()), others, next, placements));
    }
  }

  /** A way to allocate a claim, with what its node sees. */
  private record Choice(PlannedClaim planned, NodeView view) {

    Choice(Claim claim, NodeView view, ImmutableList<ChosenDevice> devices) {
      this(new PlannedClaim(claim, view.node().name(), devices), view);
    }
  }

  /**
   * Returns the ways to allocate a claim with the unit: for its own node, and where a unit behind
   * it references the claim too, for the node of that one. Devices that can be had on its own node
   * as well are left out there, unless it matters what nodes are used for: the claim is usable on
   * the same nodes then.
   */
  private List<Choice> choices(Claim claim, AdmissionUnit unit, NodeView own, Usage usage) {
    List<ImmutableList<ChosenDevice>> onOwn = choices.of(claim, own, usage);
    List<Choice> all = new ArrayList<>();
    onOwn.forEach(devices -> all.add(new Choice(claim, own, devices)));
    if (unit.behind().contains(claim.id())) {
      for (NodeView other : views) {
        for (ImmutableList<ChosenDevice> devices : choices.of(claim, other, usage)) {
          Choice choice = new Choice(claim, other, devices);
          boolean isOnOwn = onOwn.contains(devices) && areSame(devices, own, other);
          if ((nodesMatter || !isOnOwn)
              && SharedClaim.of(choice.planned()).isUsableOn(own.node())) {
            all.add(choice);
          }
        }
      }
    }
    return all;
  }

  private static boolean areSame(List<ChosenDevice> devices, NodeView one, NodeView other) {
    return devices.stream()
        .map(chosen -> chosen.device().id())
        .allMatch(id -> one.contentsOf(id).isSameAs(other.contentsOf(id)));
  }
}
