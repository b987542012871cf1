package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkRequirement;
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
    LinkGraph<DeviceId> graph = given.get(home.node());
    if (graph == null) {
      Map<DeviceId, Device> published = Maps.transformValues(devices, PublishedDevice::device);
      graph = DeviceLinks.among(nodes.get(home.node()), published);
    }
    return graph.devices().containsAll(devices.keySet())
        && requirement.isMetBy(graph, devices.keySet());
  }
}
