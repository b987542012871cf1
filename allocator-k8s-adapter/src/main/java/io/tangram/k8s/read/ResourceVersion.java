package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The versions of resource.k8s.io, which say the same in different shapes (section 0.4). Objects
 * are brought into the shape of v1 before anything else looks at them; complaints name fields where
 * they were written.
 */
enum ResourceVersion {
  V1("v1"),
  /** Has the shape of v1. */
  V1BETA2("v1beta2"),
  /** Has the fields of {@code exactly} in the request itself, and those of devices in basic. */
  V1BETA1("v1beta1");

  private static final String GROUP = "resource.k8s.io/";
  private static final String RULE = "section 0.4";

  private static final ImmutableSet<String> MAIN_FIELDS =
      ImmutableSet.of(
          "deviceClassName",
          "selectors",
          "allocationMode",
          "count",
          "adminAccess",
          "tolerations",
          "capacity");

  private static final Pattern DEVICE =
      Pattern.compile("^(spec\\.devices\\[\\d+]\\.)(?!name$|basic\\b)");
  private static final Pattern EXACTLY = Pattern.compile("(\\.requests\\[\\d+])\\.exactly\\b");

  private final String version;

  ResourceVersion(String version) {
    this.version = version;
  }

  /** Returns the version of this name, if it is one that is read. */
  static Optional<ResourceVersion> of(String apiVersion) {
    for (ResourceVersion each : values()) {
      if (apiVersion.equals(GROUP + each.version)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Whether the name is one of some version of the group. */
  static boolean isOfGroup(String apiVersion) {
    return apiVersion.startsWith(GROUP);
  }

  /** Brings an object of this version into the shape of v1. */
  void toV1(Field object) {
    if (this == V1) {
      return;
    }
    if (this == V1BETA1) {
      Field spec = object.get("spec");
      switch (object.label().kind()) {
        case "ResourceSlice" -> slice(spec);
        case "ResourceClaim" -> requests(spec);
        case "ResourceClaimTemplate" -> requests(spec.get("spec"));
        default -> {}
      }
    }
    ((ObjectNode) object.node()).put("apiVersion", GROUP + V1.version);
  }

  /** Returns the path that a field of v1 has in an object of this version. */
  String path(String path) {
    if (this != V1BETA1) {
      return path;
    }
    return EXACTLY
        .matcher(DEVICE.matcher(path).replaceFirst("$1basic."))
        .replaceFirst(match -> match.group(1));
  }

  /** Empty names and false flags are those that are not set. */
  private static void slice(Field spec) {
    removeIfEmpty(spec, "nodeName");
    if (!spec.get("allNodes").isTrue() && spec.node() instanceof ObjectNode tree) {
      tree.remove("allNodes");
    }
    for (Field device : spec.get("devices").entries(Field.MANY, RULE)) {
      device(device);
    }
  }

  private static void device(Field device) {
    List<String> misplaced =
        device.names().stream()
            .filter(name -> !name.equals("name") && DeviceParser.KNOWN.contains(name))
            .toList();
    if (!misplaced.isEmpty()) {
      throw device.bad("has " + misplaced.get(0) + ", which v1beta1 has in basic (" + RULE + ").");
    }
    Field basic = device.get("basic");
    if (basic.names().contains("name")) {
      throw device.bad("has a name in basic, where none belongs (" + RULE + ").");
    }
    ObjectNode tree = (ObjectNode) device.node();
    tree.remove("basic");
    for (Map.Entry<String, JsonNode> field : basic.node().properties()) {
      tree.set(field.getKey(), field.getValue());
    }
  }

  private static void requests(Field spec) {
    for (Field request : spec.get("devices").get("requests").entries(Field.MANY, RULE)) {
      request(request);
    }
  }

  /** A request with a list of alternatives has an empty class beside it. */
  private static void request(Field request) {
    if (request.get("exactly").isPresent()) {
      throw request.bad(
          "has exactly, whose fields v1beta1 has in the request itself (" + RULE + ").");
    }
    ObjectNode tree = (ObjectNode) request.node();
    tree.properties().removeIf(field -> field.getValue().isNull());
    boolean isList = tree.has("firstAvailable");
    if (isList) {
      MAIN_FIELDS.forEach(field -> removeIfEmpty(request, field));
    }
    ObjectNode exactly = tree.objectNode();
    for (String field : request.names()) {
      boolean isMain = isList ? MAIN_FIELDS.contains(field) : !field.equals("name");
      if (isMain) {
        exactly.set(field, tree.remove(field));
      }
    }
    if (!isList || !exactly.isEmpty()) {
      tree.set("exactly", exactly);
    }
  }

  private static void removeIfEmpty(Field object, String name) {
    Field field = object.get(name);
    JsonNode value = field.node();
    boolean isEmpty =
        !field.isPresent()
            || (value.isTextual() && value.textValue().isEmpty())
            || (value.isIntegralNumber() && value.longValue() == 0);
    if (isEmpty && object.node() instanceof ObjectNode tree) {
      tree.remove(name);
    }
  }
}
