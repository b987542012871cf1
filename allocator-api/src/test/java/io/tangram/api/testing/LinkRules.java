package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the devices chosen for one claim are joined as it requires. */
final class LinkRules {

  private final ImmutableMap<String, Node> nodes;
  private final ImmutableMap<String, LinkGraph<DeviceId>> given;

  LinkRules(AllocationProblem problem) {
    this.nodes = Maps.uniqueIndex(problem.nodes(), Node::name);
    this.given = problem.links();
  }

  boolean areSatisfied(Claim claim, List<ChosenDevice> chosen) {
    for (DeviceConstraint constraint : claim.constraints()) {
      if (constraint instanceof DeviceConstraint.Linked linked) {
        Map<DeviceId, PublishedDevice> covered = new LinkedHashMap<>();
        chosen.stream()
            .filter(each -> linked.covers(each.request(), each.alternative()))
            .forEach(each -> covered.put(each.device().id(), each.device()));
        if (covered.size() > 1 && !areJoined(linked.requirement(), covered)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns whether devices, at least two, are all of one node and joined as required. */
  boolean areJoined(LinkRequirement requirement, Map<DeviceId, PublishedDevice> devices) {
    Set<NodeSelection> places = Sets.newHashSet();
    devices.values().forEach(device -> places.add(device.nodes()));
    if (places.size() != 1
        || !(places.iterator().next() instanceof NodeSelection.OneNode home)
        || !nodes.containsKey(home.node())) {
      return false;
    }
    LinkGraph<DeviceId> graph = graph(home.node(), devices);
    return graph.devices().containsAll(devices.keySet())
        && graph.meets(requirement, devices.keySet());
  }

  private LinkGraph<DeviceId> graph(String node, Map<DeviceId, PublishedDevice> devices) {
    LinkGraph<DeviceId> graph = given.get(node);
    return graph == null
        ? DeviceLinks.among(nodes.get(node), Maps.transformValues(devices, PublishedDevice::device))
        : graph;
  }

  /** Returns what the devices that a claim has for itself can send each other, in MB/s. */
  long bandwidth(PlannedClaim claim, LinkObjective objective) {
    Map<DeviceId, PublishedDevice> own = new LinkedHashMap<>();
    for (ChosenDevice each : claim.devices()) {
      boolean isOwn = !each.device().isShared() && !each.alternative().adminAccess();
      if (isOwn && each.device().nodes().equals(NodeSelection.node(claim.node()))) {
        own.put(each.device().id(), each.device());
      }
    }
    LinkGraph<DeviceId> graph = graph(claim.node(), own);
    own.keySet().retainAll(graph.devices());
    long slowest = Long.MAX_VALUE;
    long sum = 0;
    for (DeviceId one : own.keySet()) {
      for (DeviceId other : own.keySet()) {
        if (!one.equals(other)) {
          long rate = graph.link(one, other).mbPerSecond();
          slowest = Math.min(slowest, rate);
          sum += rate;
        }
      }
    }
    if (own.size() < 2) {
      return 0;
    }
    return objective == LinkObjective.AGGREGATE ? sum / 2 : slowest;
  }
}
