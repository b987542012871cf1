package io.tangram.k8s.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
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
    return objects(trees(3)).filter(object -> !object.isEmpty() && !object.has("items"));
  }

  private Arbitrary<JsonNode> trees(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            texts().map(TextNode::valueOf),
            Arbitraries.integers().map(LongNode::valueOf),
            Arbitraries.of(BooleanNode.TRUE, BooleanNode.FALSE),
            Arbitraries.just(NullNode.instance));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> arrays =
        trees(depth - 1).list().ofMaxSize(3).map(entries -> NODES.arrayNode().addAll(entries));
    Arbitrary<JsonNode> maps = objects(trees(depth - 1)).map(object -> object);
    return Arbitraries.oneOf(scalars, scalars, arrays, maps);
  }

  private Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(texts(), values)
        .ofMaxSize(4)
        .map(
            map -> {
              ObjectNode object = NODES.objectNode();
              map.forEach(object::set);
              return object;
            });
  }

  private Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "yes",
            "1e3",
            "0x1F",
            "1:30",
            "2025-01-01",
            "~",
            "<<",
            "=",
            "a: b",
            "a #b",
            "- a",
            "",
            "? a",
            "| a",
            "---",
            "...",
            "a\n---\nb",
            "a\n",
            "a\n\n",
            "\na",
            " a\nb",
            "a\n  b\n",
            "a \nb",
            "a\nb ",
            "\ta\nb",
            "a\n\tb",
            "a\r\nb",
            "1g.10gb",
            "'a'",
            "\"a\"",
            "#",
            "%a",
            "@a",
            "`a",
            "\u0085",
            "\u2028",
            "\uFEFF",
            "\uFFFE",
            "\uD83D\uDE00",
            "\u00e9",
            "\u00a0",
            "k".repeat(300),
            ".",
            "-",
            "!a",
            "&a",
            "*a",
            "a:",
            ":a",
            "[a",
            "a]",
            "0b1",
            "+1",
            "-.5"),
        Arbitraries.strings().withChars("ab \n:#-'\"{}[],&*!|>%@`0").ofMaxLength(12),
        Arbitraries.strings().ascii().ofMaxLength(8));
  }
}
