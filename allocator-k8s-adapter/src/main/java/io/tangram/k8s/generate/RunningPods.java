package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.device.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The pods of one node that use held claims. They never request more than the node has. */
final class RunningPods {

  /** Tells what is drawn here from what else is drawn for a node. */
  private static final int DRAWS = 4;

  private final SampleCluster cluster;
  private final PodPlan plan;
  private final String node;
  private final Map<String, Quantity> left;
  private final Random random;

  RunningPods(SampleCluster cluster, PodPlan plan, NodeGroup group, String node) {
    this.cluster = cluster;
    this.plan = plan;
    this.node = node;
    this.left = new LinkedHashMap<>(group.allocatable());
    this.random = SeededRandom.of(cluster.seed(), DRAWS, node);
  }

  /** Returns a pod that uses the claim, and reserves the claim for it. */
  ObjectNode userOf(ObjectNode claim) {
    String name = claim.at("/metadata/name").textValue();
    Map<String, Quantity> requests = new LinkedHashMap<>();
    requests.put("cpu", take("cpu", plan.cpu()));
    requests.put("memory", take("memory", plan.memory()));
    ObjectNode pod =
        PodObjects.pod(cluster.namespace(), name, SampleCluster.BEGINNING, "Running", requests);
    PodObjects.addClaim(pod, name);
    PodObjects.setNode(pod, node);
    PendingPods.prioritize(pod, plan, random);
    claim
        .withObject("/status")
        .putArray("reservedFor")
        .addObject()
        .put("resource", "pods")
        .put("name", name)
        .put("uid", pod.at("/metadata/uid").textValue());
    return pod;
  }

  private Quantity take(String resource, AmountRange range) {
    Quantity wanted = range.draw(random);
    Quantity rest = left.get(resource);
    if (rest == null) {
      return wanted;
    }
    Quantity taken = wanted.compareTo(rest) <= 0 ? wanted : rest;
    left.put(resource, rest.minus(taken));
    return taken;
  }
}
