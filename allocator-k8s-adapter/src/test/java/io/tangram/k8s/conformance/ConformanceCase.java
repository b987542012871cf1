package io.tangram.k8s.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A problem with the answer of kube-scheduler's allocator: the claims of one pod, one node, and
 * what is in use already.
 */
final class ConformanceCase {

  private static final String NAMESPACE = "default";
  private static final String SHARE = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

  private final ObjectNode tree;

  private ConformanceCase(ObjectNode tree) {
    this.tree = tree;
  }

  static ConformanceCase of(Path file) throws IOException {
    return new ConformanceCase((ObjectNode) ObjectText.parseJson(Files.readAllBytes(file)));
  }

  String name() {
    return tree.path("name").asText();
  }

  /** One {@code status.allocation} a claim; empty where the claims can't be allocated. */
  List<JsonNode> expected() {
    return ImmutableList.copyOf(tree.path("expectResults"));
  }

  /** Whether devices come in this order. */
  boolean ordered() {
    return tree.path("expectDeviceOrderStrict").asBoolean();
  }

  /** What the error says, empty where none is expected. */
  String expectedError() {
    return tree.path("expectErrorSubstring").asText();
  }

  /** Every other feature is off. */
  private FeatureSet features() {
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
    StringBuilder text = new StringBuilder();
    for (JsonNode object : objects()) {
      text.append(JsonEmitter.compact(object)).append('\n');
    }
    return ClusterReader.create(new CelExpressions())
        .withView(new ClusterView(features(), false))
        .read(
            List.of(
                InputFile.of(
                    name(),
                    new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))));
  }

  private List<JsonNode> objects() {
    List<JsonNode> objects = new ArrayList<>();
    if (tree.path("node").isObject()) {
      objects.add(tree.path("node"));
    }
    tree.path("classes").forEach(objects::add);
    tree.path("slices").forEach(objects::add);
    objects.addAll(holders());
    objects.addAll(claimsToAllocate());
    return objects;
  }

  /** The cases don't always tell their claims apart. */
  private List<ObjectNode> claimsToAllocate() {
    List<ObjectNode> claims = new ArrayList<>();
    for (JsonNode claim : tree.path("claimsToAllocate")) {
      ObjectNode named = claim.deepCopy();
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
