package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.ExcludedNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which nodes a workload may be placed on, and what it takes of them. A lone claim minds none. */
final class NodeRules {

  /** Where the claims are listed that are in use and for one workload each, as if on a node. */
  static final String PARTS = "parts of nodes";

  private NodeRules() {}

  /**
   * Returns whether the unit may be placed at all: all its constraints are implemented, and no held
   * claim that it uses is to be vacated (R160).
   */
  static boolean mayBePlaced(AdmissionUnit unit) {
    return unit.evicting().isEmpty()
        && unit.workload().map(workload -> workload.unsupported().isEmpty()).orElse(true);
  }

  /** Returns the labels of each node, by its name. */
  static ImmutableMap<String, ImmutableMap<String, String>> labels(AllocationProblem problem) {
    return problem.nodes().stream().collect(ImmutableMap.toImmutableMap(Node::name, Node::labels));
  }

  /** Returns whether selectors, taints and held claims (R186) let the unit be on the node. */
  static boolean allow(AdmissionUnit unit, Node node) {
    return unit.workload().map(workload -> allow(workload, node)).orElse(true)
        && unit.held().stream()
            .flatMap(held -> held.nodeSelector().stream())
            .allMatch(selector -> selector.matches(node));
  }

  private static boolean allow(Workload workload, Node node) {
    return workload.nodeSelectors().stream().allMatch(selector -> selector.matches(node))
        && node.taints().stream().allMatch(taint -> isTolerated(taint, workload));
  }

  /** Returns whether the taint lets the workload be on a node that has it. */
  static boolean isTolerated(Taint taint, Workload workload) {
    return !taint.blocksAllocation()
        || workload.tolerations().stream().anyMatch(each -> each.tolerates(taint));
  }

  /** Returns by what nodes are ruled out, with the first examples of selectors and taints. */
  static ExcludedNodes excluded(AdmissionUnit unit, List<Node> nodes) {
    if (unit.workload().isEmpty()) {
      return ExcludedNodes.NONE;
    }
    Workload workload = unit.workload().get();
    Predicate<Node> isSelected =
        node -> workload.nodeSelectors().stream().allMatch(each -> each.matches(node));
    List<Taint> untolerated =
        nodes.stream()
            .filter(isSelected)
            .flatMap(node -> node.taints().stream())
            .filter(taint -> !isTolerated(taint, workload))
            .toList();
    int bySelectors = (int) nodes.stream().filter(isSelected.negate()).count();
    int byTaints =
        (int)
            nodes.stream()
                .filter(isSelected)
                .filter(node -> node.taints().stream().anyMatch(untolerated::contains))
                .count();
    int others = (int) nodes.stream().filter(node -> !allow(unit, node)).count();
    return new ExcludedNodes(
        bySelectors,
        workload.nodeSelectors().stream()
            .filter(selector -> !nodes.stream().allMatch(selector::matches))
            .findFirst(),
        others - bySelectors - byTaints,
        0,
        byTaints,
        untolerated.stream().findFirst());
  }

  /** R216: it has some, whether or not that is in use. */
  static boolean offers(Node node, String resource) {
    ImmutableMap<String, Quantity> has =
        node.allocatable().orElseGet(() -> node.available().orElse(ImmutableMap.of()));
    return has.containsKey(resource) && has.get(resource).signum() > 0;
  }

  /** Returns what is asked of devices on the node: what the node itself serves is not (R216). */
  static Claim on(Node node, Claim claim) {
    List<Request> asked =
        claim.requests().stream()
            .filter(
                request ->
                    !claim.extendedResources().containsKey(request.name())
                        || !offers(node, claim.extendedResources().get(request.name())))
            .toList();
    Set<String> names = asked.stream().map(Request::name).collect(Collectors.toSet());
    return Claim.builder()
        .from(claim)
        .requests(asked)
        .extendedResources(Maps.filterKeys(claim.extendedResources(), names::contains))
        .build();
  }

  /** Returns what the unit needs of the node: nothing of a resource for which it has devices. */
  static Map<String, Quantity> needs(AdmissionUnit unit, Node node) {
    Set<String> byDevices =
        unit.claims().stream()
            .flatMap(claim -> on(node, claim).extendedResources().values().stream())
            .collect(Collectors.toSet());
    return Maps.filterKeys(needs(unit), resource -> !byDevices.contains(resource));
  }

  /** Returns what the unit needs of any node that holds it to that. */
  static ImmutableMap<String, Quantity> needs(AdmissionUnit unit) {
    ImmutableMap.Builder<String, Quantity> needs = ImmutableMap.builder();
    unit.workload()
        .ifPresent(
            workload ->
                workload
                    .resources()
                    .forEach(
                        (resource, amount) -> {
                          if (amount.signum() > 0) {
                            needs.put(resource, amount);
                          }
                        }));
    return needs.buildOrThrow();
  }

  /**
   * Returns what is taken once the unit is on the node too, or nothing if the node has not enough,
   * or a claim that is for one workload is in use already (R238).
   *
   * @param taken what is taken before, by node and resource, and the claims in use of {@link
   *     #PARTS}
   * @param load what it takes by its devices, those of held claims included
   */
  static Optional<ImmutableMap<String, ImmutableMap<String, Quantity>>> after(
      ImmutableMap<String, ImmutableMap<String, Quantity>> taken,
      AdmissionUnit unit,
      Node node,
      NodeLoad load) {
    Map<String, ImmutableMap<String, Quantity>> after = new HashMap<>(taken);
    if (!load.parts().isEmpty()) {
      Map<String, Quantity> inUse = new HashMap<>(taken.getOrDefault(PARTS, ImmutableMap.of()));
      boolean areFree =
          load.parts().stream()
              .allMatch(claim -> inUse.put(claim.toString(), Quantity.ONE) == null);
      if (!areFree || !load.isReferenced()) {
        return Optional.empty();
      }
      after.put(PARTS, ImmutableMap.copyOf(inUse));
    }
    Map<String, Quantity> needs = new HashMap<>(needs(unit, node));
    load.taken().forEach((resource, amount) -> needs.merge(resource, amount, Quantity::plus));
    if (needs.isEmpty() || node.available().isEmpty()) {
      return Optional.of(ImmutableMap.copyOf(after));
    }
    ImmutableMap<String, Quantity> available = node.available().get();
    Map<String, Quantity> ofNode =
        new HashMap<>(taken.getOrDefault(node.name(), ImmutableMap.of()));
    for (Map.Entry<String, Quantity> need : needs.entrySet()) {
      Quantity sum = ofNode.merge(need.getKey(), need.getValue(), Quantity::plus);
      if (sum.compareTo(available.getOrDefault(need.getKey(), Quantity.ZERO)) > 0) {
        return Optional.empty();
      }
    }
    after.put(node.name(), ImmutableMap.copyOf(ofNode));
    return Optional.of(ImmutableMap.copyOf(after));
  }

  /** Returns whether the node has enough of the resource for that much more than is taken. */
  static boolean isEnough(Node node, String resource, Quantity taken, Quantity more) {
    return node.available()
        .map(available -> available.getOrDefault(resource, Quantity.ZERO))
        .map(available -> taken.plus(more).compareTo(available) <= 0)
        .orElse(true);
  }
}
