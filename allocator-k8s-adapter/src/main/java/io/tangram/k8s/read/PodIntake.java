package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.Node;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the pods of one input, and what they need to become workloads. */
final class PodIntake {

  private final ParseContext context;
  private final SeededUids uids;
  private final PodParser parser;
  private final ClaimSpecParser specs;

  private final List<Pod> pods = new ArrayList<>();
  private final NodeLoad load = new NodeLoad();
  private final PriorityClasses priorities = new PriorityClasses();
  private final ExtendedResources extendedResources;
  private final PodGroups groups;
  private final boolean groupsShareClaims;
  private final Map<ClaimId, ClaimTemplate> templates = new HashMap<>();
  private final Map<String, ImmutableMap<String, String>> namespaceLabels = new HashMap<>();

  /**
   * What pods add to a problem.
   *
   * @param workloads the workloads
   * @param groups those that are placed together, or in certain domains
   * @param claims the claims generated for them
   * @param objects those claims as objects
   * @param read the rest
   */
  record Outcome(
      ImmutableList<Workload> workloads,
      ImmutableList<WorkloadGroup> groups,
      ImmutableList<Claim> claims,
      ImmutableList<ClaimObject> objects,
      PodsRead read) {}

  PodIntake(ParseContext context, ClaimSpecParser specs, SeededUids uids, ClusterView view) {
    FeatureSet features = view.features();
    this.context = context;
    this.uids = uids;
    this.specs = specs;
    parser = new PodParser(context, uids, features.isOn(FeatureGate.NODE_ALLOCATABLE_RESOURCES));
    groups = new PodGroups(view);
    groupsShareClaims = features.isOn(FeatureGate.WORKLOAD_RESOURCE_CLAIMS);
    extendedResources = new ExtendedResources(context.planning(), view);
  }

  void add(Metadata metadata, ObjectNode tree) {
    Pod pod = parser.parse(metadata, tree);
    pods.add(pod);
    switch (pod.phase()) {
      case BOUND -> load.add(pod.node(), pod.resources());
      case PENDING -> warnOfMissingUid(pod);
      case GATED, DELETED -> warnOfWaiting(pod);
      case FINISHED -> {}
    }
  }

  void addTemplate(Metadata metadata) {
    ObjectLabel label = metadata.object().label();
    templates.put(
        new ClaimId(label.namespace(), label.name()),
        ClaimTemplate.parse(metadata.object(), specs, context));
  }

  void addGroup(Metadata metadata) {
    groups.add(PodGroup.parse(metadata, groupsShareClaims, context, uids));
  }

  void addPriorityClass(Metadata metadata) {
    priorities.add(metadata);
  }

  void addNamespace(Metadata metadata) {
    namespaceLabels.put(metadata.name(), metadata.labels());
  }

  void addClass(Metadata metadata) {
    extendedResources.add(metadata);
  }

  private void warnOfWaiting(Pod pod) {
    if (pod.claims().isEmpty()) {
      return;
    }
    boolean gated = pod.phase() == Pod.Phase.GATED;
    String why = gated ? "scheduling gates" : "a deletion timestamp";
    context
        .planning()
        .count(
            why,
            times ->
                times == 1
                    ? pod.label() + ": has " + why + " and is not placed."
                    : times
                        + " pods have "
                        + why
                        + ", such as "
                        + pod.label().object()
                        + "; they are not placed.");
  }

  private void warnOfMissingUid(Pod pod) {
    if (pod.object().isPresent() && pod.uid().isEmpty()) {
      context
          .planning()
          .count(
              "uid of pod",
              times ->
                  times == 1
                      ? pod.label() + ": has no uid; it gets one made from the seed."
                      : times
                          + " pods have no uid, such as "
                          + pod.label().object()
                          + "; they get one made from the seed.");
    }
  }

  /**
   * Returns the nodes with what bound pods leave of them.
   *
   * @param workloads how many workloads there are to place
   */
  ImmutableList<Node> remaining(List<Node> nodes, int workloads) {
    if (workloads > 0) {
      nodes.forEach(this::warnOfUnlimited);
    }
    return nodes.stream()
        .map(node -> load.remaining(node, workloads))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isPending(Pod pod) {
    return pod.phase() == Pod.Phase.PENDING;
  }

  private void warnOfUnlimited(Node node) {
    if (node.available().isEmpty()) {
      warnOfNode("status.allocatable", node, "pods are not limited there");
    } else if (!node.available().get().containsKey(PodResources.PODS)) {
      warnOfNode("status.allocatable.pods", node, "the number of pods is not limited there");
    }
  }

  private void warnOfNode(String field, Node node, String consequence) {
    context
        .planning()
        .count(
            field,
            times ->
                (times == 1
                        ? "node " + node.name() + " has no " + field
                        : times + " nodes have no " + field + ", such as " + node.name())
                    + "; "
                    + consequence
                    + ".");
  }

  /**
   * Makes workloads of the pods.
   *
   * @param nodes the nodes
   * @param claims the claims of the input
   * @param consuming the devices that take something of nodes
   */
  Outcome build(List<Node> nodes, ClaimIntake claims, ConsumingDevices consuming) {
    extendedResources.complete(nodes);
    ClaimReferences references = new ClaimReferences(claims.objects(), templates, groups);
    WorkloadAssembly assembly =
        new WorkloadAssembly(
            references,
            priorities,
            extendedResources,
            neighbours(nodes),
            groups,
            uids,
            claims.objects().keySet(),
            consuming,
            claims.held().stream()
                .filter(allocation -> consuming.partOfNode(allocation).isPresent())
                .map(Allocation::claim)
                .collect(ImmutableSet.toImmutableSet()));
    List<Pod> waiting = pods.stream().filter(PodIntake::isPending).toList();
    List<Pod> users =
        waiting.stream().filter(pod -> usesDevices(pod) || groups.binds(pod)).toList();
    extendedResources.warnOfUnknown(waiting);
    assembly.run(users);
    ImmutableList<PodStanding> standings = standings(references);
    PodsRead read =
        new PodsRead(
            users.size(),
            waiting.size() - users.size(),
            assembly.objects(),
            assembly.leftOut(),
            WaitingClaims.of(pods, standings, assembly, claims.pending()),
            standings,
            groups.ofRunning(pods));
    return new Outcome(
        assembly.workloads(),
        groups.gangs(pods, assembly.workloads()),
        assembly.generated(),
        assembly.generatedObjects(),
        read);
  }

  private boolean usesDevices(Pod pod) {
    return !pod.claims().isEmpty()
        || !extendedResources.of(pod).requests().isEmpty()
        || extendedResources.obstacle(pod).isPresent();
  }

  private Neighbours neighbours(List<Node> nodes) {
    Map<String, Node> byName =
        nodes.stream().collect(Collectors.toMap(Node::name, node -> node, (a, b) -> a));
    Neighbours neighbours = new Neighbours(namespaceLabels);
    for (Pod pod : pods) {
      Node node = byName.get(pod.node());
      if (node != null) {
        neighbours.add(pod, node);
      }
    }
    return neighbours;
  }

  private ImmutableList<PodStanding> standings(ClaimReferences references) {
    return pods.stream()
        .map(pod -> PodStanding.of(pod, references.of(pod), references.extended(pod)))
        .collect(ImmutableList.toImmutableList());
  }
}
