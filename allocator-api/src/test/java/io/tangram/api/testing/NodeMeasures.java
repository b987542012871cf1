package io.tangram.api.testing;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the use of nodes costs beside what is held: packing, cost and spread. */
final class NodeMeasures {

  private final Map<String, Integer> heldClaims = new HashMap<>();
  private final Map<String, Long> prices;

  NodeMeasures(AllocationProblem problem, AllocationOptions options) {
    this.prices = options.prices();
    List<NodeView> views = NodeView.ofAll(problem);
    for (Allocation held : problem.held()) {
      Set<String> nodes = new HashSet<>();
      for (DeviceAllocation device : held.devices()) {
        List<String> seenBy =
            device.adminAccess() ? List.of() : nodesThatSee(device.device(), views);
        if (seenBy.size() == 1) {
          nodes.add(seenBy.get(0));
        }
      }
      nodes.forEach(node -> heldClaims.merge(node, 1, Integer::sum));
    }
  }

  private static List<String> nodesThatSee(DeviceId id, List<NodeView> views) {
    return views.stream().filter(view -> view.offers(id)).map(view -> view.node().name()).toList();
  }

  /** Returns how many nodes are newly in use. */
  long packing(NodeUse use) {
    return use.claims().keySet().stream().filter(node -> !heldClaims.containsKey(node)).count();
  }

  /** Returns the sum of the prices of nodes newly in use. */
  long cost(NodeUse use) {
    return use.claims().keySet().stream()
        .filter(node -> !heldClaims.containsKey(node))
        .mapToLong(prices::get)
        .sum();
  }

  /** Returns by how much the sum of the squares of the numbers of claims grows. */
  long spread(NodeUse use) {
    return use.claims().entrySet().stream()
        .mapToLong(
            each -> {
              long held = heldClaims.getOrDefault(each.getKey(), 0);
              return square(held + each.getValue()) - square(held);
            })
        .sum();
  }

  private static long square(long number) {
    return number * number;
  }
}
