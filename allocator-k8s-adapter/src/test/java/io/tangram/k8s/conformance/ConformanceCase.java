package io.tangram.k8s.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.reference.Defect;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.read.ClaimObject;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A problem with the answer of kube-scheduler's allocator: the claims of one pod, one node, and
 * what is in use already.
 */
final class ConformanceCase {

  private static final String NAMESPACE = "default";
  private static final String SHARE = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

  /** What objects in these places are where they don't say it. */
  private static final ImmutableMap<String, ObjectNode> KINDS =
      ImmutableMap.of(
          "node", kind("v1", "Node"),
          "classes", kind("resource.k8s.io/v1", "DeviceClass"),
          "slices", kind("resource.k8s.io/v1", "ResourceSlice"),
          "claimsToAllocate", kind("resource.k8s.io/v1", "ResourceClaim"));

  private final String name;
  private final ObjectNode tree;

  private ConformanceCase(String name, ObjectNode tree) {
    this.name = name;
    this.tree = tree;
  }

  static ConformanceCase of(Path file) throws IOException {
    List<ObjectNode> trees = new ArrayList<>();
    try (InputStream text = Files.newInputStream(file)) {
      ObjectText.read(text, (tree, line) -> trees.add(tree));
    }
    String name = file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
    return new ConformanceCase(name, Iterables.getOnlyElement(trees));
  }

  private static ObjectNode kind(String apiVersion, String kind) {
    return JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
  }

  String name() {
    return name;
  }

  /** One {@code status.allocation} a claim; empty where the claims can't be allocated. */
  List<JsonNode> expected() {
    return ImmutableList.copyOf(tree.path("expectResults"));
  }

  /** What kube-scheduler of a version gives, defects and all, as far as that is known. */
  Optional<List<JsonNode>> expectedOf(KubernetesVersion version) {
    for (Map.Entry<String, JsonNode> other : tree.path("reference").properties()) {
      if (Splitter.on(", ").splitToList(other.getKey()).contains(version.toString())) {
        return Optional.of(ImmutableList.copyOf(other.getValue()));
      }
    }
    JsonNode actual = tree.path("upstreamActual"); // of 1.37, where answers were recorded
    if (actual.isMissingNode()) {
      return Optional.of(expected());
    }
    return Stream.of("incubating", "experimental")
        .map(actual::path)
        .filter(variant -> variant.path("ran").asBoolean())
        .filter(variant -> version.equals(KubernetesVersion.NEWEST))
        .<List<JsonNode>>map(variant -> ImmutableList.copyOf(variant.path("results")))
        .findFirst();
  }

  /** The rule that is a habit of the reference's search, empty where none is shown. */
  String habit() {
    return tree.path("bindsOnlyFirstFit").asText();
  }

  /** Whether devices come in this order. */
  boolean ordered() {
    return tree.path("expectDeviceOrderStrict").asBoolean(true);
  }

  /** What the error says, empty where none is expected. */
  String expectedError() {
    return tree.path("expectErrorSubstring").asText();
  }

  /** Every other feature is off; without a list, what is on by default is on. */
  private FeatureSet features() {
    if (!tree.has("features")) {
      return FeatureSet.DEFAULT;
    }
    ImmutableSet.Builder<FeatureGate> on = ImmutableSet.builder();
    for (JsonNode names : tree.path("features")) {
      Splitter.on('+')
          .split(names.asText())
          .forEach(name -> on.add(FeatureGate.named(name).orElseThrow()));
    }
    return FeatureSet.only(on.build());
  }

  /** Reads the objects as the command would read them. */
  Cluster read() {
    return read(ImmutableSet.of());
  }

  /** Reads the objects as the command would with these defects. */
  Cluster read(Set<Defect> defects) {
    StringBuilder text = new StringBuilder();
    for (JsonNode object : objects()) {
      text.append(JsonEmitter.compact(object)).append('\n');
    }
    return ClusterReader.create(new CelExpressions())
        .withView(new ClusterView(features(), false).reproducing(defects))
        .read(
            List.of(
                InputFile.of(
                    name(),
                    new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))));
  }

  private List<JsonNode> objects() {
    List<JsonNode> objects = new ArrayList<>();
    if (tree.path("node").isObject()) {
      objects.add(whole("node", tree.path("node")));
    }
    for (String place : List.of("classes", "slices")) {
      tree.path(place).forEach(object -> objects.add(whole(place, object)));
    }
    objects.addAll(holders());
    objects.addAll(claimsToAllocate());
    return objects;
  }

  private static ObjectNode whole(String place, JsonNode object) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.setAll(KINDS.get(place));
    whole.setAll((ObjectNode) object);
    return whole;
  }

  /** The cases don't always tell their claims apart. */
  private List<ObjectNode> claimsToAllocate() {
    List<ObjectNode> claims = new ArrayList<>();
    for (JsonNode claim : tree.path("claimsToAllocate")) {
      ObjectNode named = whole("claimsToAllocate", claim).deepCopy();
      ((ObjectNode) named.path("metadata")).put("name", "claim-" + claims.size());
      claims.add(named);
    }
    return claims;
  }

  /** Returns a claim for every device in use; a share and its consumption are of one device. */
  private List<ObjectNode> holders() {
    Map<String, ObjectNode> results = new LinkedHashMap<>();
    tree.path("allocatedDevices").forEach(device -> result(results, device));
    tree.path("allocatedSharedDeviceIDs")
        .forEach(device -> result(results, device).put("shareID", SHARE));
    tree.path("allocatedCapacityDevices")
        .forEach(
            device ->
                result(results, device)
                    .put("shareID", SHARE)
                    .set("consumedCapacity", device.path("consumedCapacity")));
    List<ObjectNode> holders = new ArrayList<>();
    results.values().forEach(result -> holders.add(holder(holders.size(), result)));
    return holders;
  }

  private static ObjectNode result(Map<String, ObjectNode> results, JsonNode device) {
    String id = device.path("driver") + "/" + device.path("pool") + "/" + device.path("device");
    return results.computeIfAbsent(
        id,
        key -> {
          ObjectNode result = JsonNodeFactory.instance.objectNode().put("request", "held");
          for (String part : List.of("driver", "pool", "device")) {
            result.put(part, device.path(part).asText());
          }
          return result;
        });
  }

  private static ObjectNode holder(int number, ObjectNode result) {
    ObjectNode claim = JsonNodeFactory.instance.objectNode();
    claim.put("apiVersion", "resource.k8s.io/v1").put("kind", "ResourceClaim");
    claim.putObject("metadata").put("name", "holder-" + number).put("namespace", "held");
    claim.putObject("spec").putObject("devices");
    ArrayNode results =
        claim.putObject("status").putObject("allocation").putObject("devices").putArray("results");
    results.add(result);
    return claim;
  }

  /** Returns the problem: the claims are of one pod, in a namespace that may ask for anything. */
  static AllocationProblem problem(Cluster cluster) {
    ImmutableList<Claim> claims = cluster.problem().claims();
    return ImmutableAllocationProblem.copyOf(cluster.problem())
        .withAdminNamespaces(ImmutableSet.of(NAMESPACE))
        .withWorkloads(
            Workload.builder()
                .id(new WorkloadId(NAMESPACE, "pod"))
                .claims(claims.stream().map(Claim::id).toList())
                .build());
  }

  /** Returns the claims of the pod. */
  static List<ClaimObject> claims(Cluster cluster) {
    return cluster.claims().stream().filter(c -> c.id().namespace().equals(NAMESPACE)).toList();
  }
}
