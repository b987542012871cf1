package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.device.Taint;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The nodes of a group, each with its slices, the claims that hold its devices, and their pods. */
final class NodeObjects {

  private final SampleCluster cluster;
  private final NodeGroup group;
  private final HeldDevices held;
  private final UnhealthyGpus unhealthy;

  NodeObjects(SampleCluster cluster, NodeGroup group) {
    this.cluster = cluster;
    this.group = group;
    this.held = HeldDevices.of(cluster.held(), group.template(), cluster.seed());
    this.unhealthy =
        new UnhealthyGpus(cluster.unhealthy(), cluster.seed(), SampleCluster.BEGINNING);
  }

  /** Returns the objects, made node by node. */
  Stream<ObjectNode> objects() {
    return IntStream.rangeClosed(1, group.count()).boxed().flatMap(this::node);
  }

  private Stream<ObjectNode> node(int number) {
    String name = group.prefix() + "-" + SampleCluster.padded(number, group.count());
    PublishedNode published = group.template().publish(name);
    ImmutableMap<Integer, Taint> faults =
        unhealthy.of(name, group.template().machine().gpus().size());
    ObjectNode node = PublishedObjects.node(published.node());
    if (cluster.zones() > 0) {
      node.withObject("/metadata/labels")
          .put("topology.kubernetes.io/zone", "zone-" + ((number - 1) % cluster.zones() + 1));
    }
    addTaints(node);
    addStatus(node);
    return Stream.of(
            Stream.of(node),
            published.slices().stream()
                .map(slice -> PublishedObjects.slice(UnhealthyGpus.tainted(slice, faults))),
            held.of(name, gpu -> !faults.containsKey(gpu)).flatMap(users(name)))
        .flatMap(each -> each);
  }

  private void addTaints(ObjectNode node) {
    if (!group.taints().isEmpty()) {
      ArrayNode taints = node.putObject("spec").putArray("taints");
      for (NodeGroup.NodeTaint taint : group.taints()) {
        ObjectNode object = taints.addObject().put("key", taint.key());
        if (!taint.value().isEmpty()) {
          object.put("value", taint.value());
        }
        object.put("effect", taint.effect());
      }
    }
  }

  private void addStatus(ObjectNode node) {
    if (!group.allocatable().isEmpty()) {
      ObjectNode status = node.putObject("status");
      for (String field : new String[] {"capacity", "allocatable"}) {
        ObjectNode amounts = status.putObject(field);
        group.allocatable().forEach((name, amount) -> amounts.put(name, amount.toString()));
      }
    }
  }

  /** A claim for each device, and the pod that it is reserved for if there are pods at all. */
  private Function<HeldDevices.HeldDevice, Stream<ObjectNode>> users(String node) {
    RunningPods pods =
        cluster.pods().map(plan -> new RunningPods(cluster, plan, group, node)).orElse(null);
    return device -> {
      ObjectNode claim =
          device
              .shape()
              .held(
                  cluster.namespace(),
                  "held-" + node + "-" + device.device(),
                  SampleCluster.BEGINNING,
                  node,
                  NvidiaDriver.NAME,
                  device.device());
      return pods == null ? Stream.of(claim) : Stream.of(claim, pods.userOf(claim));
    };
  }
}
