package io.tangram.api.testing;

import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.Reason;
import java.util.List;

/** Whether reasons are true that lie in the workload and in nodes, not in free devices. */
final class NodeReasonLaws {

  private final List<Node> nodes;
  private final boolean devicesTake;

  /**
   * Makes the laws.
   *
   * @param devicesTake whether devices take something of nodes (R239)
   */
  NodeReasonLaws(List<Node> nodes, boolean devicesTake) {
    this.nodes = nodes;
    this.devicesTake = devicesTake;
  }

  /** Returns whether the reason is one of those. */
  static boolean isOfNodes(Reason reason) {
    if (reason instanceof Reason.Lasting lasting) {
      return isOfNodes(lasting.reason());
    }
    return reason instanceof Reason.NodeResources
        || reason instanceof Reason.PartOfNodeUnreferenced
        || reason instanceof Reason.NodesExcluded
        || reason instanceof Reason.ClaimTainted
        || reason instanceof Reason.UnsupportedConstraint;
  }

  /** Returns whether the reason is true of a unit, as far as that can be told without search. */
  boolean isTrue(AdmissionUnit unit, Reason reason) {
    if (reason instanceof Reason.Lasting lasting) {
      return new NodeReasonLaws(nodes.stream().map(NodeReasonLaws::unused).toList(), devicesTake)
          .isTrue(unit, lasting.reason());
    }
    if (reason instanceof Reason.NodeResources resources) {
      return areScarce(unit, resources);
    }
    if (reason instanceof Reason.PartOfNodeUnreferenced part) {
      return devicesTake
          && unit.workload().stream()
              .anyMatch(workload -> workload.containers().getOrDefault(part.claim(), 0) == 0);
    }
    if (reason instanceof Reason.NodesExcluded excluded) {
      return areExcluded(unit, excluded);
    }
    if (reason instanceof Reason.ClaimTainted tainted) {
      return unit.evicting()
          .contains(new EvictingTaint(tainted.claim(), tainted.device(), tainted.taint()));
    }
    return reason instanceof Reason.UnsupportedConstraint constraint
        && unit.workload().stream()
            .flatMap(workload -> workload.unsupported().stream())
            .anyMatch(constraint.constraint()::contains);
  }

  private static Node unused(Node node) {
    return Node.builder().from(node).available(node.allocatable().or(node::available)).build();
  }

  private List<Node> allowed(AdmissionUnit unit) {
    return nodes.stream().filter(node -> NodeRules.allow(unit, node)).toList();
  }

  /**
   * So many of the nodes allowed have no more left than it says, and that is not enough for what it
   * takes itself, or with its devices.
   */
  private boolean areScarce(AdmissionUnit unit, Reason.NodeResources reason) {
    List<Quantity> noMore =
        allowed(unit).stream()
            .filter(
                node -> devicesTake || NodeRules.needs(unit, node).containsKey(reason.resource()))
            .flatMap(node -> node.available().stream())
            .map(available -> available.getOrDefault(reason.resource(), Quantity.ZERO))
            .filter(available -> available.compareTo(reason.mostLeft()) <= 0)
            .toList();
    Quantity own = NodeRules.needs(unit).getOrDefault(reason.resource(), Quantity.ZERO);
    return (devicesTake ? reason.wanted().compareTo(own) >= 0 : reason.wanted().compareTo(own) == 0)
        && reason.mostLeft().compareTo(reason.wanted()) < 0
        && noMore.contains(reason.mostLeft())
        && reason.nodes() >= 1
        && reason.nodes() <= noMore.size();
  }

  /** Claims of its own may tie it to fewer nodes, but not to all there are. */
  private boolean areExcluded(AdmissionUnit unit, Reason.NodesExcluded reason) {
    return reason.nodes() == nodes.size()
        && reason.allowed() <= allowed(unit).size()
        && (reason.allowed() < nodes.size() || nodes.isEmpty())
        && reason.allowed() + reason.excluded().count() == nodes.size()
        && unit.workload().map(each -> isCounted(each, reason.excluded())).orElse(true);
  }

  private boolean isCounted(Workload workload, ExcludedNodes excluded) {
    List<Node> selected =
        nodes.stream()
            .filter(node -> workload.nodeSelectors().stream().allMatch(each -> each.matches(node)))
            .toList();
    List<Taint> untolerated =
        selected.stream()
            .flatMap(node -> node.taints().stream())
            .filter(taint -> !NodeRules.isTolerated(taint, workload))
            .toList();
    return excluded.bySelectors() == nodes.size() - selected.size()
        && excluded.selector().isPresent() == (excluded.bySelectors() > 0)
        && excluded.selector().stream().allMatch(workload.nodeSelectors()::contains)
        && excluded.taint().isPresent() == (excluded.byTaints() > 0)
        && excluded.taint().stream()
            .allMatch(taint -> untolerated.stream().anyMatch(each -> isSame(each, taint)));
  }

  private static boolean isSame(Taint taint, Taint other) {
    return taint.toString().equals(other.toString());
  }
}
