package io.tangram.api.testing;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every legal plan of a problem: first every way to allocate its claims, each for any node or not
 * at all, then every way to place its workloads beside that, then what legal plans have to be.
 */
final class EveryPlan {

  private final ImmutableList<Claim> claims;
  private final ImmutableList<NodeView> views;
  private final ImmutableList<AdmissionUnit> queue;
  private final ImmutableList<Goal> goals;
  private final ImmutableMap<String, ImmutableMap<String, String>> labels;
  private final UsageRules usages;
  private final DeviceChoices choices;
  private final Map<ClaimId, PlannedClaim> planned = new HashMap<>();
  private final Map<AdmissionUnit, Node> placed = new LinkedHashMap<>();
  private Worth best;

  EveryPlan(AllocationProblem problem, AllocationOptions options) {
    this.claims = problem.claims();
    this.views = NodeView.ofAll(problem);
    this.queue = AdmissionUnit.queueOf(problem);
    this.goals = Goal.of(problem, options, queue);
    this.labels = NodeRules.labels(problem);
    this.usages = new UsageRules(problem);
    this.choices = new DeviceChoices(problem, usages);
    this.best = Worth.ofNothing(goals);
  }

  /** Returns the worth of the best of them. */
  Worth best() {
    allocate(0, usages.held());
    return best;
  }

  private void allocate(int index, Usage usage) {
    if (index == claims.size()) {
      place(0, ImmutableMap.of(), usage);
      return;
    }
    allocate(index + 1, usage);
    Claim claim = claims.get(index);
    for (NodeView view : views) {
      for (ImmutableList<ChosenDevice> devices : choices.of(claim, view, usages.held())) {
        usages
            .after(usage, devices, view)
            .ifPresent(
                next -> {
                  planned.put(claim.id(), new PlannedClaim(claim, view.node().name(), devices));
                  allocate(index + 1, next);
                  planned.remove(claim.id());
                });
      }
    }
  }

  private void place(
      int index, ImmutableMap<String, ImmutableMap<String, Quantity>> taken, Usage usage) {
    if (index == queue.size()) {
      if (queue.stream().flatMap(unit -> unit.claimIds().stream()).allMatch(this::isCarried)
          && groups().stream().noneMatch(GroupMembers::areTooFew)
          && groups().stream().allMatch(group -> group.areAllowed(labels))) {
        best = Comparators.max(best, worth(usage));
      }
      return;
    }
    place(index + 1, taken, usage);
    AdmissionUnit unit = queue.get(index);
    for (NodeView view : views) {
      Node node = view.node();
      if (NodeRules.mayBePlaced(unit)
          && NodeRules.allow(unit, node)
          && unit.claimIds().stream().allMatch(claim -> isUsable(claim, node))) {
        NodeLoad load =
            NodeLoad.of(unit, unit.claimIds().stream().map(planned::get).toList())
                .plus(unit.heldLoad());
        NodeRules.after(taken, unit, node, load)
            .ifPresent(
                next -> {
                  placed.put(unit, node);
                  place(index + 1, next, usage);
                  placed.remove(unit);
                });
      }
    }
  }

  /** R186, R194. */
  private boolean isUsable(ClaimId id, Node node) {
    PlannedClaim claim = planned.get(id);
    return claim != null
        && (claim.node().equals(node.name())
            || ResultBuilder.nodeSelector(claim.node(), claim.devices())
                .map(selector -> selector.matches(node))
                .orElse(true));
  }

  /** R194: what is allocated is so with a unit on its node. */
  private boolean isCarried(ClaimId id) {
    PlannedClaim claim = planned.get(id);
    return claim == null
        || placed.entrySet().stream()
            .anyMatch(
                each ->
                    each.getKey().claimIds().contains(id)
                        && each.getValue().name().equals(claim.node()));
  }

  /** The groups of which members are placed. */
  private List<GroupMembers> groups() {
    Map<WorkloadGroup, GroupMembers> members = new LinkedHashMap<>();
    placed.forEach(
        (unit, node) ->
            unit.group()
                .ifPresent(
                    group ->
                        members.merge(
                            group,
                            GroupMembers.none(group).plus(node.name()),
                            (some, one) -> some.plus(node.name()))));
    return List.copyOf(members.values());
  }

  private Worth worth(Usage usage) {
    NodeUse nodes = NodeUse.NONE.plus(ImmutableList.copyOf(planned.values()));
    for (Map.Entry<AdmissionUnit, Node> each : placed.entrySet()) {
      if (each.getKey().workload().isPresent()) {
        nodes = nodes.plus(each.getValue().name(), 0);
      }
    }
    Worth worth = Worth.of(goals, Situation.of(usage, nodes, groups()));
    Set<ClaimId> counted = new HashSet<>();
    for (AdmissionUnit unit : queue) {
      if (placed.containsKey(unit)) {
        List<PlannedClaim> added = new ArrayList<>();
        for (ClaimId claim : unit.claimIds()) {
          if (counted.add(claim)) {
            added.add(planned.get(claim));
          }
        }
        worth = worth.plus(Worth.of(goals, unit, added));
      }
    }
    return worth;
  }
}
