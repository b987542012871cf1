package io.tangram.api.check;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.DeviceConstraint.Linked;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelection.OneNode;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Each two of the devices that {@link Linked} covers are joined as it requires. */
final class LinkCheck {

  private final ClusterIndex cluster;
  private final Findings findings;

  LinkCheck(ClusterIndex cluster, Findings findings) {
    this.cluster = cluster;
    this.findings = findings;
  }

  /** Runs the check for the devices that are covered; one of them may be there twice. */
  void run(LinkRequirement requirement, List<ChosenDevice> covered) {
    Map<DeviceId, ChosenDevice> devices = new LinkedHashMap<>();
    covered.forEach(each -> devices.putIfAbsent(each.id(), each));
    List<ChosenDevice> distinct = List.copyOf(devices.values());
    for (int second = 1; second < distinct.size(); second++) {
      for (int first = 0; first < second; first++) {
        ChosenDevice one = distinct.get(first);
        ChosenDevice other = distinct.get(second);
        Optional<LinkGraph<DeviceId>> graph = graphOfBoth(one, other);
        ImmutableSet<DeviceId> pair = ImmutableSet.of(one.id(), other.id());
        if (graph.isEmpty() || !graph.get().meets(requirement, pair)) {
          findings.drift(
              PlanChecker.LINKS,
              other.id(),
              "has %s to %s where the claim requires %s between each two of its devices"
                  .formatted(text(graph, one.id(), other.id()), one.id(), requirement));
          return;
        }
      }
    }
  }

  /** What is known of the node to which both belong; empty where nothing is known of the two. */
  private Optional<LinkGraph<DeviceId>> graphOfBoth(ChosenDevice one, ChosenDevice other) {
    NodeSelection place = PoolView.selection(one.given().published());
    if (!(place instanceof OneNode home)
        || !place.equals(PoolView.selection(other.given().published()))) {
      return Optional.empty();
    }
    return graph(home.node(), one, other)
        .filter(graph -> graph.asGraph().nodes().contains(one.id()))
        .filter(graph -> graph.asGraph().nodes().contains(other.id()));
  }

  private Optional<LinkGraph<DeviceId>> graph(String home, ChosenDevice one, ChosenDevice other) {
    LinkGraph<DeviceId> given = cluster.links().get(home);
    if (given != null) {
      return Optional.of(given);
    }
    @Nullable Node node = cluster.node(home);
    Map<DeviceId, Device> both = new LinkedHashMap<>();
    both.put(one.id(), one.device());
    both.put(other.id(), other.device());
    return node == null ? Optional.empty() : Optional.of(DeviceLinks.among(node, both));
  }

  private static String text(Optional<LinkGraph<DeviceId>> graph, DeviceId one, DeviceId other) {
    return graph.map(each -> each.link(one, other)).map(Link::toString).orElse("no link");
  }
}
