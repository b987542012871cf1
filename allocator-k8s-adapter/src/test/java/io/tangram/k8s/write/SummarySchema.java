package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.tangram.k8s.tree.ObjectText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Holds texts to the JSON schema of the summary, as far as it uses JSON Schema. */
public final class SummarySchema {

  private final JsonNode root;
  private final List<String> complaints = new ArrayList<>();

  private SummarySchema(JsonNode root) {
    this.root = root;
  }

  /** Returns what is wrong with the summary; nothing if it is as the schema says. */
  public static List<String> complaints(String json) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SummaryWriter.class.getResourceAsStream("summary.schema.json"))) {
      SummarySchema schema = new SummarySchema(ObjectText.parseJson(in.readAllBytes()));
      schema.check(ObjectText.parseJson(json.getBytes(StandardCharsets.UTF_8)), schema.root, "");
      return schema.complaints;
    }
  }

  private void check(JsonNode value, JsonNode schema, String path) {
    if (schema.has("$ref")) {
      check(value, root.at(schema.get("$ref").asText().substring(1)), path);
    } else if (schema.has("oneOf")) {
      checkOneOf(value, schema.get("oneOf"), path);
    } else {
      checkType(value, schema.path("type"), path);
      checkChoice(value, schema, path);
      checkObject(value, schema, path);
      if (schema.has("minimum") && value.isNumber()) {
        require(value.asDouble() >= schema.get("minimum").asDouble(), path, "is too small");
      }
      int index = 0;
      for (JsonNode entry : schema.has("items") ? value : List.<JsonNode>of()) {
        check(entry, schema.get("items"), path + "[" + index++ + "]");
      }
    }
  }

  private void checkOneOf(JsonNode value, JsonNode schemas, String path) {
    List<List<String>> failures = new ArrayList<>();
    int matches = 0;
    for (JsonNode schema : schemas) {
      SummarySchema attempt = new SummarySchema(root);
      attempt.check(value, schema, path);
      failures.add(attempt.complaints);
      matches += attempt.complaints.isEmpty() ? 1 : 0;
    }
    require(matches == 1, path, "matches " + matches + " of the forms: " + failures);
  }

  private void checkType(JsonNode value, JsonNode type, String path) {
    if (type.isTextual()) {
      require(isOf(value, type.asText()), path, "is not of type " + type);
    } else if (type.isArray()) {
      boolean any = false;
      for (JsonNode each : type) {
        any |= isOf(value, each.asText());
      }
      require(any, path, "is not of type " + type);
    }
  }

  private static boolean isOf(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException(type);
    };
  }

  private void checkChoice(JsonNode value, JsonNode schema, String path) {
    if (schema.has("const")) {
      require(value.equals(schema.get("const")), path, "is not " + schema.get("const"));
    }
    if (schema.has("enum")) {
      boolean listed = false;
      for (JsonNode choice : schema.get("enum")) {
        listed |= choice.equals(value);
      }
      require(listed, path, "is not one of " + schema.get("enum"));
    }
  }

  private void checkObject(JsonNode value, JsonNode schema, String path) {
    for (JsonNode name : schema.path("required")) {
      require(value.has(name.asText()), path, "lacks " + name);
    }
    value
        .properties()
        .forEach(
            field -> {
              JsonNode property = schema.path("properties").path(field.getKey());
              if (property.isObject()) {
                check(field.getValue(), property, path + "." + field.getKey());
              } else {
                require(
                    !schema.path("additionalProperties").isBoolean(),
                    path,
                    "has an unknown field " + field.getKey());
              }
            });
  }

  private void require(boolean condition, String path, String complaint) {
    if (!condition) {
      complaints.add(path + " " + complaint);
    }
  }
}
