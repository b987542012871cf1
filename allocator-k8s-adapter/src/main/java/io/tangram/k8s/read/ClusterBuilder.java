package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.TaintRule;
import io.tangram.api.device.TaintRules;
import io.tangram.api.feature.FeatureGate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the objects of one input together. */
final class ClusterBuilder {

  private static final String ADMIN_LABEL = "resource.kubernetes.io/admin-access";
  private static final String ANONYMOUS_NODE = "anonymous";

  private final ParseContext context;
  private final ClusterView view;
  private final SliceParser sliceParser;
  private final TaintRuleParser taintRuleParser;
  private final ObjectRegister register;
  private final Results results = new Results();
  private final ClaimIntake claims;
  private final PodIntake pods;

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, DeviceClass> classes = new LinkedHashMap<>();
  private final ImmutableSet.Builder<String> adminNamespaces = ImmutableSet.builder();

  private final ListMultimap<String, ResourceSlice> slicesByName =
      MultimapBuilder.hashKeys().arrayListValues(1).build();
  private final List<ResourceSlice> slices = new ArrayList<>();
  private final List<TaintRule> taintRules = new ArrayList<>();

  /**
   * Starts without objects.
   *
   * @param uids makes what an API server would have made
   * @param view how the cluster is looked at
   */
  ClusterBuilder(ParseContext context, SeededUids uids, ClusterView view) {
    this.context = context;
    this.view = view;
    sliceParser = new SliceParser(context);
    taintRuleParser = new TaintRuleParser(context, view.defects());
    register = new ObjectRegister(context.warnings());
    ClaimSpecParser specs = new ClaimSpecParser(context);
    claims = new ClaimIntake(context, register, specs);
    pods = new PodIntake(context, specs, uids, view);
  }

  void addNode(Metadata metadata) {
    if (register.isNew(metadata)) {
      nodes.put(metadata.name(), NodeParser.parse(metadata, context));
    }
  }

  /** Notes whether the namespace is allowed administrative access (R81). */
  void addNamespace(Metadata metadata) {
    if (register.isNew(metadata)) {
      pods.addNamespace(metadata);
      if ("true".equals(metadata.labels().get(ADMIN_LABEL))) {
        adminNamespaces.add(metadata.name());
      }
    }
  }

  void addClass(Metadata metadata) {
    if (register.isNew(metadata)) {
      classes.put(metadata.name(), DeviceClassParser.parse(metadata, context));
      pods.addClass(metadata);
    }
  }

  void addTaintRule(Metadata metadata) {
    if (register.isNew(metadata)) {
      taintRules.add(taintRuleParser.parse(metadata));
      warnIfOff(FeatureGate.DEVICE_TAINT_RULES, metadata, "taints nothing", "R152");
    }
  }

  /** Adds the slice, also where another of its name says something else (R20). */
  void addSlice(Metadata metadata) {
    ResourceSlice slice = sliceParser.parse(metadata);
    if (hasGroups(slice)) {
      warnIfOff(
          FeatureGate.DEVICE_COMPATIBILITY_GROUPS,
          metadata,
          "is left out with its compatibility groups",
          "R124");
    }
    if (slice.devices().stream().anyMatch(device -> !device.nodeConsumption().isEmpty())) {
      warnIfOff(
          FeatureGate.NODE_ALLOCATABLE_RESOURCES,
          metadata,
          "takes nothing of nodes by its devices",
          "R239");
    }
    List<ResourceSlice> ofName = slicesByName.get(slice.name());
    if (ofName.contains(slice)) {
      register.warnOfCopy(metadata);
    } else {
      ofName.add(slice);
      slices.add(slice);
    }
  }

  private static boolean hasGroups(ResourceSlice slice) {
    return slice.devices().stream()
        .flatMap(device -> device.consumesCounters().stream())
        .anyMatch(consumption -> !consumption.compatibilityGroups().isEmpty());
  }

  /** Says that an object has no effect, where the gate is off. */
  private void warnIfOff(FeatureGate gate, Metadata metadata, String effect, String rule) {
    warnIfOff(context.warnings(), gate, metadata, effect, rule);
  }

  private void warnIfOff(
      ReadWarnings warnings, FeatureGate gate, Metadata metadata, String effect, String rule) {
    if (!view.features().isOn(gate)) {
      String text =
          "%s: %s while feature gate %s is off (%s)"
              .formatted(metadata.object().label(), effect, gate, rule);
      warnings.count(
          gate.gateName(),
          times ->
              text
                  + (times == 1 ? "" : "; so it is with " + (times - 1) + " more")
                  + view.remedy(gate)
                  + ".");
    }
  }

  /** What was added so far is what an allocation left of what is added from now on. */
  void endResults() {
    results.complete();
  }

  void addClaim(Metadata metadata, ObjectNode tree) {
    if (!results.standFor(metadata)) {
      claims.add(metadata, tree);
    }
  }

  void addClaimTemplate(Metadata metadata) {
    if (register.isNew(metadata)) {
      pods.addTemplate(metadata);
    }
  }

  void addPod(Metadata metadata, ObjectNode tree) {
    if (!results.standFor(metadata) && register.isNew(metadata)) {
      pods.add(metadata, tree);
    }
  }

  void addPodGroup(Metadata metadata) {
    if (register.isNew(metadata)) {
      warnIfOff(
          context.planning(), FeatureGate.GENERIC_WORKLOAD, metadata, "keeps its pods out", "R229");
      if (metadata.object().get("spec").get("resourceClaims").isPresent()) {
        warnIfOff(FeatureGate.WORKLOAD_RESOURCE_CLAIMS, metadata, "shares no claims", "R229");
      }
      pods.addGroup(metadata);
    }
  }

  void addPriorityClass(Metadata metadata) {
    if (register.isNew(metadata)) {
      pods.addPriorityClass(metadata);
    }
  }

  /** Counts an object that plays no part. */
  void skip(InputObject object) {
    context.warnings().countSkipped("", object);
  }

  /**
   * Tells of files in which there is nothing: what should have written them may have failed.
   *
   * @param empty those files
   * @param all how many files there are
   */
  void warnOfEmpty(List<InputFile> empty, int all) {
    if (empty.isEmpty()) {
      return;
    }
    String files = empty.get(0) + (empty.size() == 1 ? "" : " and " + (empty.size() - 1) + " more");
    context
        .warnings()
        .add(
            empty.size() == all
                ? "the input holds no objects (" + files + "); did a command that writes it fail?"
                : "no objects in " + files + "; did a command that writes it fail?");
  }

  Cluster build() {
    warnOfNodes();
    ImmutableList<Node> all =
        ImmutableList.copyOf(nodes.isEmpty() ? nodesOfSlices() : nodes.values());
    PodIntake.Outcome placed =
        pods.build(all, claims, ConsumingDevices.of(slices, view.features()));
    AllocationProblem problem =
        AllocationProblem.builder()
            .nodes(nodes.isEmpty() ? all : pods.remaining(all, placed.workloads().size()))
            .slices(TaintRules.of(taintRules).applyTo(slices))
            .deviceClasses(classes.values())
            .addAllClaims(claims.pendingBut(placed.read().claimsLeftOut().keySet()))
            .addAllClaims(placed.claims())
            .held(claims.held())
            .heldClaims(claims.heldClaims())
            .workloads(placed.workloads())
            .groups(placed.groups())
            .adminNamespaces(adminNamespaces.build())
            .build();
    return new Cluster(
        view.of(problem, context.warnings()),
        !nodes.isEmpty(),
        view.features(),
        ImmutableList.<ClaimObject>builder()
            .addAll(claims.objects().values())
            .addAll(placed.objects())
            .build(),
        placed.read(),
        context.warnings().list());
  }

  private Set<String> namesInSlices() {
    Set<String> names = new LinkedHashSet<>();
    for (ResourceSlice slice : slices) {
      nameOf(Optional.of(slice.nodes())).ifPresent(names::add);
      for (Device device : slice.devices()) {
        nameOf(device.nodes()).ifPresent(names::add);
      }
    }
    return names;
  }

  private static Optional<String> nameOf(Optional<NodeSelection> selection) {
    return selection
        .filter(NodeSelection.OneNode.class::isInstance)
        .map(one -> ((NodeSelection.OneNode) one).node());
  }

  /** Without Node objects each name that a slice or device gives is a node. */
  private List<Node> nodesOfSlices() {
    Set<String> names = namesInSlices();
    return names.isEmpty()
        ? List.of(Node.of(ANONYMOUS_NODE))
        : names.stream().map(Node::of).toList();
  }

  private void warnOfNodes() {
    if (nodes.isEmpty()) {
      if (slices.stream().anyMatch(ClusterBuilder::selectsByLabel)) {
        context
            .warnings()
            .add("there are no Node objects, so nodes have no labels for node selectors to match.");
      }
      return;
    }
    for (String name : namesInSlices()) {
      if (!nodes.containsKey(name)) {
        context
            .warnings()
            .count(
                "unknown node",
                times ->
                    (times == 1
                            ? "there are devices on node " + name + ", but no Node of this name"
                            : "there are devices on "
                                + times
                                + " nodes without a Node object, such as "
                                + name)
                        + "; they are not used.");
      }
    }
  }

  private static boolean selectsByLabel(ResourceSlice slice) {
    return slice.nodes() instanceof NodeSelection.Matching
        || slice.devices().stream()
            .anyMatch(
                device ->
                    device.nodes().filter(NodeSelection.Matching.class::isInstance).isPresent());
  }
}
