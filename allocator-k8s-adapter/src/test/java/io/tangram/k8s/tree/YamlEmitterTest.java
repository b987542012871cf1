package io.tangram.k8s.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class YamlEmitterTest {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static String emit(JsonNode tree) throws IOException {
    StringBuilder text = new StringBuilder();
    new YamlEmitter(text).document(tree);
    return text.toString();
  }

  private static List<JsonNode> read(String text) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (object, line) -> objects.add(object));
    return objects;
  }

  @Test
  void writesTheLayoutOfKubernetesTools() throws IOException {
    String json =
        """
        {"apiVersion":"v1","metadata":{"name":"a","labels":{},"finalizers":["x.io/y"]},
         "spec":{"nested":[[1,2],[]],"objects":[{"a":1,"b":{"c":null}},{"d":true}],
         "text":"first\\nsecond\\n","bare":"first\\nsecond","kept":"x\\n\\n"}}
        """;

    assertThat(emit(ObjectText.parseJson(json.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(
            """
            apiVersion: v1
            metadata:
              name: a
              labels: {}
              finalizers:
              - x.io/y
            spec:
              nested:
              - - 1
                - 2
              - []
              objects:
              - a: 1
                b:
                  c: null
              - d: true
              text: |
                first
                second
              bare: |-
                first
                second
              kept: |+
                x

            """);
  }

  @Test
  void quotesOnlyWhatNeedsIt() throws IOException {
    ArrayNode texts = NODES.arrayNode();
    texts.add("device.attributes[\"a.com\"].profile == '1g.10gb'");
    texts.add("80Gi").add("yes").add("12").add("").add(" padded").add("key: value").add("a #b");
    texts.add("2025-01-01T00:00:00Z").add("*alias").add("- dash").add("caf\u00e9").add("tab\there");
    texts.add("null").add("trailing:").add("a\u2028b").add("12 GB").add("{a}").add("\u0007");

    assertThat(emit(texts))
        .isEqualTo(
            """
            - device.attributes["a.com"].profile == '1g.10gb'
            - 80Gi
            - "yes"
            - "12"
            - ""
            - " padded"
            - "key: value"
            - "a #b"
            - "2025-01-01T00:00:00Z"
            - "*alias"
            - "- dash"
            - caf\u00e9
            - "tab\\there"
            - "null"
            - "trailing:"
            - "a\\u2028b"
            - 12 GB
            - "{a}"
            - "\\u0007"
            """);
  }

  @Property
  void readsWhatItWrote(@ForAll("objects") ObjectNode tree) throws IOException {
    assertThat(read(emit(tree))).containsExactly(tree);
  }

  /** A reader of YAML 1.1 that shares nothing with ours but the scanner. */
  @Property
  void anotherReaderSeesTheSameStrings(@ForAll("objects") ObjectNode tree) throws IOException {
    Object loaded = new Yaml().load(emit(tree));

    assertThat(loaded).isEqualTo(plain(tree));
  }

  @Property
  void jsonSaysTheSame(@ForAll("objects") ObjectNode tree) throws IOException {
    StringBuilder pretty = new StringBuilder();
    JsonEmitter.pretty(tree, "  ", pretty);

    assertThat(read(pretty.toString())).containsExactly(tree);
    assertThat(read(JsonEmitter.compact(tree))).containsExactly(tree);
  }

  private static Object plain(JsonNode tree) {
    if (tree.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      tree.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
      return map;
    }
    if (tree.isArray()) {
      List<Object> list = new ArrayList<>();
      tree.forEach(entry -> list.add(plain(entry)));
      return list;
    }
    if (tree.isTextual()) {
      return tree.textValue();
    }
    return tree.isBoolean()
        ? (Object) tree.booleanValue()
        : tree.isNull() ? null : (Object) (int) tree.longValue();
  }

  @Provide
  Arbitrary<ObjectNode> objects() {
    return RandomTrees.withSmallNumbers()
        .filter(object -> !object.isEmpty() && !object.has("items"));
  }
}
