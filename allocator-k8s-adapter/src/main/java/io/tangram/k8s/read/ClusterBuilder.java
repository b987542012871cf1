package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final int MAX_RESERVATIONS = 256;
  private static final ImmutableSet<String> KNOWN_STATUS =
      ImmutableSet.of("allocation", "reservedFor", "devices");

  private final ParseContext context;
  private final SliceParser sliceParser;
  private final ClaimSpecParser claimParser;
  private final AllocationParser allocationParser;

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, DeviceClass> classes = new LinkedHashMap<>();
  private final ImmutableSet.Builder<String> adminNamespaces = ImmutableSet.builder();

  /** Of nodes, namespaces and classes, by kind and name. */
  private final Map<String, HashCode> fingerprints = new HashMap<>();

  private final ListMultimap<String, ResourceSlice> slicesByName =
      MultimapBuilder.hashKeys().arrayListValues(1).build();
  private final List<ResourceSlice> slices = new ArrayList<>();

  private final Map<ClaimId, ClaimObject> claims = new LinkedHashMap<>();
  private final ImmutableList.Builder<Claim> pending = ImmutableList.builder();
  private final ImmutableMap.Builder<ClaimId, Claim> heldClaims = ImmutableMap.builder();
  private final ImmutableList.Builder<Allocation> held = ImmutableList.builder();

  ClusterBuilder(ParseContext context) {
    this.context = context;
    sliceParser = new SliceParser(context);
    claimParser = new ClaimSpecParser(context);
    allocationParser = new AllocationParser(context);
  }

  void addNode(Metadata metadata) {
    if (isNew(metadata)) {
      nodes.put(
          metadata.name(), Node.builder().name(metadata.name()).labels(metadata.labels()).build());
    }
  }

  /** Notes whether the namespace is allowed administrative access (R81). */
  void addNamespace(Metadata metadata) {
    if (isNew(metadata) && "true".equals(metadata.labels().get(ADMIN_LABEL))) {
      adminNamespaces.add(metadata.name());
    }
  }

  void addClass(Metadata metadata) {
    if (isNew(metadata)) {
      classes.put(metadata.name(), DeviceClassParser.parse(metadata, context));
    }
  }

  /** Adds the slice, also where another of its name says something else (R20). */
  void addSlice(Metadata metadata) {
    ResourceSlice slice = sliceParser.parse(metadata).orElse(null);
    if (slice == null) {
      return;
    }
    List<ResourceSlice> ofName = slicesByName.get(slice.name());
    if (ofName.contains(slice)) {
      warnOfCopy(metadata);
    } else {
      ofName.add(slice);
      slices.add(slice);
    }
  }

  void addClaim(Metadata metadata, ObjectNode tree) {
    Field object = metadata.object();
    ClaimId id = new ClaimId(object.label().namespace(), object.label().name());
    ClaimObject claimObject = ClaimObject.of(id, metadata.uid(), tree);
    ClaimObject earlier = claims.putIfAbsent(id, claimObject);
    if (earlier != null) {
      if (!earlier.tree().equals(claimObject.tree())) {
        throw twoOfOneName(metadata);
      }
      warnOfCopy(metadata);
      return;
    }
    Claim claim = claim(id, metadata);
    Field status = object.get("status");
    context.expectOnly(KNOWN_STATUS, status);
    Field allocation = status.get("allocation");
    checkReservations(status.get("reservedFor"), allocation.isPresent());
    if (allocation.isPresent()) {
      heldClaims.put(id, claim);
      held.add(allocationParser.parse(id, allocation));
    } else if (metadata.beingDeleted()) {
      warnOfDeletion(object.label());
    } else {
      pending.add(claim);
      if (metadata.uid().isEmpty()) {
        warnOfMissingUid(object.label());
      }
    }
  }

  private Claim claim(ClaimId id, Metadata metadata) {
    ClaimSpec spec = claimParser.parse(metadata);
    return Claim.builder()
        .id(id)
        .createdAt(metadata.createdAt())
        .build()
        .withRequests(spec.requests())
        .withConstraints(spec.constraints())
        .withConfigs(spec.configs());
  }

  private static void checkReservations(Field reservedFor, boolean allocated) {
    List<Field> entries = reservedFor.entries(MAX_RESERVATIONS, "R188");
    if (!entries.isEmpty() && !allocated) {
      throw reservedFor.bad("needs an allocation to reserve (R188).");
    }
    Field.requireDistinct(entries, entry -> entry.get("uid").requiredText("R188"), "R188");
  }

  /** Counts an object that plays no part. */
  void skip(String apiVersion, String kind) {
    context
        .warnings()
        .count(
            "kind " + apiVersion + " " + kind,
            times ->
                "skipped "
                    + times
                    + (times == 1 ? " object" : " objects")
                    + " of kind "
                    + kind
                    + " ("
                    + apiVersion
                    + "), which plays no part here.");
  }

  private boolean isNew(Metadata metadata) {
    HashCode fingerprint =
        Hashing.sha256()
            .hashString(CanonicalText.of(metadata.object().node()), StandardCharsets.UTF_8);
    HashCode earlier = fingerprints.putIfAbsent(metadata.object().label().object(), fingerprint);
    if (earlier == null) {
      return true;
    }
    if (!earlier.equals(fingerprint)) {
      throw twoOfOneName(metadata);
    }
    warnOfCopy(metadata);
    return false;
  }

  private static InputException twoOfOneName(Metadata metadata) {
    return new InputException(
        metadata.object().label()
            + ": the input has another "
            + metadata.object().label().kind()
            + " of this name that differs. Leave one of them out.");
  }

  private void warnOfCopy(Metadata metadata) {
    ObjectLabel label = metadata.object().label();
    context
        .warnings()
        .count(
            "copy of " + label.kind(),
            times ->
                label
                    + ": is there more than once; the copies are identical and count once"
                    + (times == 1 ? "." : ", as do " + (times - 1) + " more of its kind."));
  }

  private void warnOfDeletion(ObjectLabel label) {
    context
        .warnings()
        .count(
            "deletion",
            times ->
                times == 1
                    ? label + ": is being deleted, so nothing is allocated to it (R193)."
                    : times
                        + " claims are being deleted, such as "
                        + label.object()
                        + "; nothing is allocated to them (R193).");
  }

  private void warnOfMissingUid(ObjectLabel label) {
    context
        .warnings()
        .count(
            "uid",
            times ->
                times == 1
                    ? label + ": has no uid; if allocated, it gets one made from the seed."
                    : times
                        + " claims have no uid, such as "
                        + label.object()
                        + "; those allocated get one made from the seed.");
  }

  Cluster build() {
    warnOfNodes();
    AllocationProblem problem =
        AllocationProblem.builder()
            .nodes(nodes.isEmpty() ? nodesOfSlices() : ImmutableList.copyOf(nodes.values()))
            .slices(slices)
            .deviceClasses(classes.values())
            .claims(pending.build())
            .held(held.build())
            .heldClaims(heldClaims.buildOrThrow())
            .adminNamespaces(adminNamespaces.build())
            .build();
    return new Cluster(problem, ImmutableList.copyOf(claims.values()), context.warnings().list());
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
