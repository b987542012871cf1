package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The reader of these tests is SnakeYAML, which takes plain scalars as YAML 1.1 does. */
class FlowYamlTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void putsSmallMapsAndListsOnOneLine() throws Exception {
    ObjectNode object =
        (ObjectNode)
            JSON.readTree(
                """
                {"kind": "X", "type": {"string": "gpu"}, "empty": {}, "none": [],
                 "list": [{"name": "a", "of": ["b", "c"]}, {"name": "d"}, "e"],
                 "deep": {"er": {"count": 1, "on": true, "text": "1"}, "null": null}}
                """);

    assertThat(FlowYaml.document(object))
        .isEqualTo(
            """
            kind: X
            type: {string: gpu}
            empty: {}
            none: []
            list:
            - name: a
              of: [b, c]
            - {name: d}
            - e
            deep:
              er: {count: 1, "on": true, text: "1"}
              "null": null
            """);
    assertThat(read(FlowYaml.document(object))).isEqualTo(object);
  }

  @Test
  void breaksLinesThatWouldBeTooLong() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("map").put("a", "x".repeat(60)).put("b", "y".repeat(60));

    assertThat(FlowYaml.document(object))
        .isEqualTo("map:\n  a: " + "x".repeat(60) + "\n  b: " + "y".repeat(60) + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~",
        "null",
        "Yes",
        "off",
        "y",
        "132",
        "0x1f",
        "1e3",
        "1_000",
        "0000:21:00.0",
        "190:20:30",
        "2026-01-05",
        "2026-01-05T08:00:00Z",
        ".5",
        "-",
        "- a",
        "a: b",
        "a #b",
        "[a]",
        "{a}",
        "a, b",
        "'",
        "\"",
        "it's \"quoted\" \\ twice",
        " padded ",
        "line\nline",
        "tab\t",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "é",
        "81152Mi",
        "1g.10gb",
        "12e",
        "1E5",
        "pci0000:10"
      })
  void textStaysText(String text) throws Exception {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("key", text);
    object.putArray("list").add(text);
    object.putObject(text).put(text, 1);

    assertThat(read(FlowYaml.document(object))).isEqualTo(object);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "81152Mi", "1g.10gb", "80Gi", "nvidia.com/gpu", "a b"})
  void plainWordsNeedNoQuotes(String text) {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("key", text);

    assertThat(FlowYaml.document(object)).isEqualTo("key: " + text + "\n");
  }

  @Property
  void anyTextStaysText(@ForAll String text) throws Exception {
    ObjectNode object = JsonNodeFactory.instance.objectNode().put("key", text);

    assertThat(read(FlowYaml.document(object))).isEqualTo(object);
  }

  private static JsonNode read(String yaml) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return JSON.valueToTree(loaded);
  }
}
