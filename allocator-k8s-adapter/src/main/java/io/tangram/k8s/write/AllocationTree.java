package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes {@code status.allocation} of an allocation (section 11 of the rules). */
final class AllocationTree {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode claim;
  private final Instant now;

  /**
   * Starts from the claim.
   *
   * @param claim the tree of the claim, from which tolerations are copied unchanged (R151)
   * @param now when the allocation is made (R167)
   */
  AllocationTree(ObjectNode claim, Instant now) {
    this.claim = claim;
    this.now = now;
  }

  ObjectNode of(Allocation allocation) {
    ObjectNode devices = NODES.objectNode();
    if (!allocation.devices().isEmpty()) {
      ArrayNode results = devices.putArray("results");
      allocation.devices().forEach(device -> results.add(result(device)));
    }
    if (!allocation.configs().isEmpty()) {
      ArrayNode configs = devices.putArray("config");
      allocation.configs().forEach(config -> configs.add(config(config)));
    }
    ObjectNode tree = NODES.objectNode();
    tree.set("devices", devices);
    allocation.nodeSelector().ifPresent(selector -> tree.set("nodeSelector", selector(selector)));
    tree.put("allocationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return tree;
  }

  private ObjectNode result(DeviceAllocation result) {
    ObjectNode tree = NODES.objectNode();
    tree.put("request", result.request());
    tree.put("driver", result.device().driver());
    tree.put("pool", result.device().pool());
    tree.put("device", result.device().device());
    if (result.adminAccess()) {
      tree.put("adminAccess", true);
    }
    JsonNode tolerations = leaf(result.request()).path("tolerations");
    if (!tolerations.isEmpty()) {
      tree.set("tolerations", tolerations);
    }
    putTexts(tree, "bindingConditions", result.bindingConditions());
    putTexts(tree, "bindingFailureConditions", result.bindingFailureConditions());
    result.shareId().ifPresent(share -> tree.put("shareID", share.toString()));
    if (!result.consumedCapacity().isEmpty()) {
      tree.set("consumedCapacity", consumed(result.consumedCapacity()));
    }
    putTexts(tree, "skipNodeOperations", result.skipNodeOperations());
    if (!result.compatibilityGroups().isEmpty()) {
      ObjectNode groups = tree.putObject("compatibilityGroups");
      result.compatibilityGroups().keySet().stream()
          .sorted()
          .forEach(
              set ->
                  putTexts(
                      groups,
                      set,
                      result.compatibilityGroups().getOrDefault(set, ImmutableSet.of())));
    }
    return tree;
  }

  /** Kubernetes writes the keys of a map in the order of their text. */
  private static ObjectNode consumed(Map<QualifiedName, Quantity> amounts) {
    ObjectNode tree = NODES.objectNode();
    amounts.entrySet().stream()
        .sorted(Comparator.comparing(each -> each.getKey().toString()))
        .forEach(each -> tree.put(each.getKey().toString(), each.getValue().toString()));
    return tree;
  }

  /** Returns the leaf request that {@code request} or {@code request/subrequest} names. */
  private JsonNode leaf(String reference) {
    int slash = reference.indexOf('/');
    String main = slash < 0 ? reference : reference.substring(0, slash);
    JsonNode request = named(claim.path("spec").path("devices").path("requests"), main);
    return slash < 0
        ? request.path("exactly")
        : named(request.path("firstAvailable"), reference.substring(slash + 1));
  }

  private static JsonNode named(JsonNode list, String name) {
    for (JsonNode entry : list) {
      if (entry.path("name").asText().equals(name)) {
        return entry;
      }
    }
    throw new IllegalStateException("A result names request " + name + ", which is not there.");
  }

  private static ObjectNode config(AllocatedConfig config) {
    ObjectNode tree = NODES.objectNode();
    tree.put(
        "source",
        switch (config.source()) {
          case FROM_CLASS -> "FromClass";
          case FROM_CLAIM -> "FromClaim";
        });
    putTexts(tree, "requests", config.requests());
    ObjectNode opaque = tree.putObject("opaque");
    opaque.put("driver", config.opaque().driver());
    opaque.set(
        "parameters",
        ObjectText.parseJson(config.opaque().parameters().getBytes(StandardCharsets.UTF_8)));
    return tree;
  }

  private static ObjectNode selector(NodeSelector selector) {
    ObjectNode tree = NODES.objectNode();
    ArrayNode terms = tree.putArray("nodeSelectorTerms");
    for (NodeSelector.Term term : selector.terms()) {
      ObjectNode termTree = terms.addObject();
      putRequirements(termTree, "matchExpressions", term.matchExpressions());
      putRequirements(termTree, "matchFields", term.matchFields());
    }
    return tree;
  }

  private static void putRequirements(
      ObjectNode term, String field, List<NodeSelector.Requirement> requirements) {
    if (requirements.isEmpty()) {
      return;
    }
    ArrayNode list = term.putArray(field);
    for (NodeSelector.Requirement requirement : requirements) {
      ObjectNode tree = list.addObject();
      tree.put("key", requirement.key());
      tree.put("operator", operator(requirement.operator()));
      putTexts(tree, "values", requirement.values());
    }
  }

  private static String operator(NodeSelector.Operator operator) {
    return switch (operator) {
      case IN -> "In";
      case NOT_IN -> "NotIn";
      case EXISTS -> "Exists";
      case DOES_NOT_EXIST -> "DoesNotExist";
      case GT -> "Gt";
      case LT -> "Lt";
    };
  }

  private static void putTexts(ObjectNode tree, String field, Collection<String> texts) {
    if (!texts.isEmpty()) {
      ArrayNode list = tree.putArray(field);
      texts.forEach(list::add);
    }
  }
}
