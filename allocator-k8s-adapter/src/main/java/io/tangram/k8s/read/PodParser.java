package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.common.collect.Maps;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Optional;

/** Reads a {@code Pod}, of bound ones less than of pending ones. Many pods ask for the same. */
final class PodParser {

  private static final String RULE = "pod placement";
  private static final ImmutableSet<String> FINISHED = ImmutableSet.of("Succeeded", "Failed");

  /** The fields of a pod's specification; those that nobody here reads don't matter to it. */
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of(
          "activeDeadlineSeconds",
          "affinity",
          "automountServiceAccountToken",
          "containers",
          "dnsConfig",
          "dnsPolicy",
          "enableServiceLinks",
          "ephemeralContainers",
          "hostAliases",
          "hostIPC",
          "hostNetwork",
          "hostPID",
          "hostUsers",
          "hostname",
          "hostnameOverride",
          "imagePullSecrets",
          "initContainers",
          "nodeName",
          "nodeSelector",
          "os",
          "overhead",
          "preemptionPolicy",
          "priority",
          "priorityClassName",
          "readinessGates",
          "resourceClaims",
          "resources",
          "restartPolicy",
          "runtimeClassName",
          "schedulerName",
          "schedulingGates",
          "schedulingGroup",
          "securityContext",
          "serviceAccount",
          "serviceAccountName",
          "setHostnameAsFQDN",
          "shareProcessNamespace",
          "subdomain",
          "terminationGracePeriodSeconds",
          "tolerations",
          "topologySpreadConstraints",
          "volumes",
          "workloadRef");

  private final ParseContext context;
  private final SeededUids uids;
  private final boolean devicesTakeOfNodes;
  private final Interner<ImmutableMap<String, Quantity>> resources = Interners.newStrongInterner();
  private final Interner<ImmutableList<ExtendedRequest>> extendedRequests =
      Interners.newStrongInterner();
  private final Memo<ImmutableList<Toleration>> tolerations = new Memo<>();
  private final Memo<NodeSelector> affinities = new Memo<>();
  private final Memo<NodeSelector> labelSelectors = new Memo<>();

  /**
   * Makes the parser.
   *
   * @param devicesTakeOfNodes whether what devices of bound pods take of nodes counts (R239)
   */
  PodParser(ParseContext context, SeededUids uids, boolean devicesTakeOfNodes) {
    this.context = context;
    this.devicesTakeOfNodes = devicesTakeOfNodes;
    this.uids = uids;
  }

  Pod parse(Metadata metadata, ObjectNode tree) {
    Field object = metadata.object();
    Field spec = object.get("spec").required(RULE);
    Pod.Phase phase = phase(metadata);
    ImmutablePod.Builder pod =
        Pod.builder()
            .label(object.label())
            .uid(metadata.uid())
            .phase(phase)
            .group(group(object))
            .claims(PodClaim.parse(object))
            .containers(containers(spec));
    switch (phase) {
      case BOUND -> readBound(pod, object);
      case PENDING -> {
        ContainerLimits.check(spec, context.planning());
        readPending(pod, metadata, tree);
      }
      case GATED, DELETED, FINISHED -> {}
    }
    context.expectOnly(KNOWN, spec);
    return pod.build();
  }

  private static Optional<WorkloadGroupId> group(Field object) {
    Field name = object.get("spec").get("schedulingGroup").get("podGroupName");
    return name.text().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WorkloadGroupId(
                object.label().namespace(), name.name(NameSyntax.SUBDOMAIN, "R229")));
  }

  /** The containers that reference each claim, once for each reference, by name. */
  private static ImmutableListMultimap<String, String> containers(Field spec) {
    ImmutableListMultimap.Builder<String, String> containers = ImmutableListMultimap.builder();
    for (String list : List.of("initContainers", "containers")) {
      for (Field container : spec.get(list).entries(Field.MANY, RULE)) {
        for (Field claim : container.get("resources").get("claims").entries(Field.MANY, RULE)) {
          containers.put(claim.get("name").text(), container.get("name").text());
        }
      }
    }
    return containers.build();
  }

  private static Pod.Phase phase(Metadata metadata) {
    Field spec = metadata.object().get("spec");
    if (FINISHED.contains(metadata.object().get("status").get("phase").text())) {
      return Pod.Phase.FINISHED;
    }
    if (!spec.get("nodeName").text().isEmpty()) {
      return Pod.Phase.BOUND;
    }
    if (metadata.beingDeleted()) {
      return Pod.Phase.DELETED;
    }
    return spec.get("schedulingGates").entries(Field.MANY, RULE).isEmpty()
        ? Pod.Phase.PENDING
        : Pod.Phase.GATED;
  }

  private void readBound(ImmutablePod.Builder pod, Field object) {
    Field spec = object.get("spec");
    Field extended = object.get("status").get("extendedResourceClaimStatus");
    pod.node(spec.get("nodeName").name(NameSyntax.SUBDOMAIN, RULE))
        .running(object.get("status").get("phase").text().equals("Running"))
        .resources(resources.intern(ofNode(PodResources.of(object, devicesTakeOfNodes), extended)))
        .extendedClaim(
            extended.isPresent()
                ? Optional.of(extended.get("resourceClaimName").name(NameSyntax.SUBDOMAIN, "R220"))
                : Optional.empty())
        .antiAffinity(AntiAffinityTerm.parse(spec, object.label().namespace()));
  }

  /** What a bound pod takes of the node itself: not what it has devices for (R220). */
  private static ImmutableMap<String, Quantity> ofNode(
      ImmutableMap<String, Quantity> taken, Field extended) {
    ImmutableSet<String> byDevices =
        extended.get("requestMappings").entries(Field.MANY, "R220").stream()
            .map(mapping -> mapping.get("resourceName").text())
            .collect(ImmutableSet.toImmutableSet());
    return ImmutableMap.copyOf(Maps.filterKeys(taken, name -> !byDevices.contains(name)));
  }

  private void readPending(ImmutablePod.Builder pod, Metadata metadata, ObjectNode tree) {
    Field object = metadata.object();
    Field spec = object.get("spec");
    ImmutableMap<String, Quantity> taken = resources.intern(PodResources.of(object, false));
    ImmutableList<ExtendedRequest> extended =
        extendedRequests.intern(ExtendedRequest.parse(spec, context.planning()));
    pod.resources(taken)
        .extendedRequests(extended)
        .createdAt(metadata.createdAt())
        .priority(priority(spec.get("priority")))
        .priorityClass(spec.get("priorityClassName").text())
        .labels(metadata.labels())
        .nodeSelectors(nodeSelectors(spec))
        .tolerations(tolerations.get(spec.get("tolerations"), this::tolerations))
        .budgeted(!spec.get("resources").names().isEmpty())
        .unsupported(UnsupportedConstraints.of(spec));
    boolean mayChange =
        !spec.get("resourceClaims").entries(Field.MANY, RULE).isEmpty()
            || !extended.isEmpty()
            || group(object).isPresent();
    if (mayChange) {
      WorkloadId id = new WorkloadId(object.label().namespace(), object.label().name());
      String uid = metadata.uid().orElseGet(() -> uids.of("Pod", id.namespace(), id.name()));
      pod.object(PodObject.of(id, uid, tree));
    }
  }

  private static Optional<Integer> priority(Field priority) {
    return priority.isPresent()
        ? Optional.of(priority.int32(PriorityClasses.RULE))
        : Optional.empty();
  }

  private ImmutableList<Toleration> tolerations(Field list) {
    return list.entries(Field.MANY, RULE).stream()
        .filter(each -> !UnsupportedConstraints.isNumeric(each))
        .map(each -> TaintParser.podToleration(each, context))
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<NodeSelector> nodeSelectors(Field spec) {
    ImmutableList.Builder<NodeSelector> selectors = ImmutableList.builder();
    Field byLabel = spec.get("nodeSelector");
    if (!byLabel.mapEntries().isEmpty()) {
      selectors.add(labelSelectors.get(byLabel, PodParser::byLabel));
    }
    Field affinity =
        spec.get("affinity")
            .get("nodeAffinity")
            .get("requiredDuringSchedulingIgnoredDuringExecution");
    if (affinity.isPresent()) {
      selectors.add(affinities.get(affinity, NodeSelectorParser::parse));
    }
    return selectors.build();
  }

  private static NodeSelector byLabel(Field labels) {
    ImmutableList<Requirement> requirements =
        labels.mapEntries().stream()
            .map(label -> new Requirement(label.key(), Operator.IN, ImmutableList.of(label.text())))
            .collect(ImmutableList.toImmutableList());
    return new NodeSelector(ImmutableList.of(new Term(requirements, ImmutableList.of())));
  }
}
