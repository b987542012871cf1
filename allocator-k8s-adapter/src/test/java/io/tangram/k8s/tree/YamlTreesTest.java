package io.tangram.k8s.tree;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tangram.k8s.generate.SampleClusters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a text is, it is read as the reader of all YAML reads it, only sooner. */
class YamlTreesTest {

  private interface Reader {
    void read(InputStream in, ObjectSink sink) throws IOException;
  }

  /** What a text was read as: its objects, or why it is none. */
  private record Outcome(List<String> objects, String problem) {}

  private static Outcome read(String text, Reader reader) throws IOException {
    List<String> objects = new ArrayList<>();
    try {
      reader.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
          (object, line) -> objects.add(line + " " + JsonEmitter.compact(object)));
      return new Outcome(objects, "");
    } catch (SyntaxException e) {
      return new Outcome(List.of(), String.valueOf(e.getMessage()));
    }
  }

  private static void assertReadAlike(String text) throws IOException {
    Outcome all = read(text, (in, sink) -> AnyYaml.read(in, 0, null, sink));

    assertThat(read(text, YamlTrees::read)).as("of %s", TextNode.valueOf(text)).isEqualTo(all);
  }

  private static Optional<ObjectNode> plain(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Optional.ofNullable(new PlainYaml().object(bytes, 0, bytes.length));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void readsAnyTextAlike(@ForAll("texts") String text) throws IOException {
    assertReadAlike(text);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void readsTextWithMistakesAlike(@ForAll("texts") String text, @ForAll("edits") List<Edit> edits)
      throws IOException {
    String edited = text;
    for (Edit edit : edits) {
      edited = edit.of(edited);
    }

    assertReadAlike(edited);
  }

  @Example
  void readsWhatToolsWriteAsPlainYaml() throws IOException {
    List<ObjectNode> objects =
        SampleClusters.smallPartitions().objects().collect(Collectors.toList());

    for (ObjectNode object : objects) {
      StringBuilder text = new StringBuilder();
      new YamlEmitter(text).document(object);
      assertThat(plain(text.toString()).map(JsonEmitter::compact))
          .contains(JsonEmitter.compact(object));
    }
  }

  @Example
  void readsWhatPeopleWriteAsPlainYaml() throws IOException {
    String text =
        """
        # A claim.
        apiVersion: resource.k8s.io/v1   # the newest
        kind: "ResourceClaim"
        metadata:
            name: 'it''s me'
            annotations:
              note: |
                two lines,  # no comment

                  and more
              bare: |-
                no break behind
              "path\\\\": "\\"a\\"\\tb\\n"
        spec:
          devices: {requests: [{name: gpu, count: -1}, 'a, b', []], none: {}}

          constraints:
            - a
            -
              b: 017
            - c: ~
              d:
              - - x
                - y.yes: yes
        """;
    ObjectNode expected =
        (ObjectNode)
            ObjectText.parseJson(
                """
                {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim",
                 "metadata": {"name": "it's me", "annotations": {
                   "note": "two lines,  # no comment\\n\\n  and more\\n",
                   "bare": "no break behind", "path\\\\": "\\"a\\"\\tb\\n"}},
                 "spec": {
                   "devices": {"requests": [{"name": "gpu", "count": -1}, "a, b", []], "none": {}},
                   "constraints": ["a", {"b": 15}, {"c": null, "d": [["x", {"y.yes": true}]]}]}}
                """
                    .getBytes(StandardCharsets.UTF_8));

    assertThat(plain(text)).contains(expected);
    assertReadAlike(text);
  }

  @Example
  void readsListsWithOddEntriesAlike() throws IOException {
    String head = "apiVersion: v1\nkind: List\n";
    String tail = "metadata:\n  resourceVersion: \"\"\n";

    for (String items :
        List.of(
            "items:\n- {kind: A}\n- kind: B\n  text: >-\n    folded\n    lines\n- kind: C\n",
            "items:\n- &a {kind: A}\n- kind: B\n- *a\n",
            "items:\n  - kind: A\n\n  # between\n  - kind: B\n    caf\u00e9: 1\n# below\n",
            "items:\n\n# above\n- kind: A\n---\nkind: B\n...\n---\nkind: C\n---\n",
            "items: # none\n",
            "items: []\n",
            "items:\n- kind: \"A\n- b\"\n",
            "items:\n- kind: [A,\n- b]\n",
            "items:\n- kind: A\n - kind: B\n",
            "items:\n- kind: A\nitems:\n- kind: B\n",
            "items:\n- kind: A\nkind: List\n",
            "items:\n- kind: A\nnull\n",
            "items:\n- kind: A\n- 7\n",
            "items:\n- kind: A\r\n- kind: B\r\n",
            "items:\n- kind: A\n\t- kind: B\n")) {
      assertReadAlike(head + items);
      assertReadAlike(head + items + tail);
      assertReadAlike(items + head);
      assertReadAlike(items.stripTrailing());
    }
  }

  @Example
  void readsObjectsLargerThanTheBufferAlike() throws IOException {
    String small = "kind: A\n---\n".repeat(20_000);
    String large = "kind: B\nlist:\n" + "- some text\n".repeat(100_000) + "---\n";
    String list = "kind: List\nitems:\n" + ("- kind: C\n" + "  # more\n".repeat(10)).repeat(5_000);

    assertReadAlike(small + list + "---\n" + large + small + list);
  }

  /**
   * A change of a text.
   *
   * @param at where, as a part of its length
   * @param removed how many characters go
   * @param added what comes
   */
  record Edit(double at, int removed, String added) {

    String of(String text) {
      int from = (int) (at * text.length());
      int to = Math.min(text.length(), from + removed);
      return text.substring(0, from) + added + text.substring(to);
    }
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<String> added =
        Arbitraries.oneOf(
            Arbitraries.of("", "\n---\n", "\nitems:\n- ", "\nitems:\n  - a", "\n  ", ": ", "- "),
            Arbitraries.of("|", "|\n", "|-\n   ", "''", "\"\\n\"", "{a: b}", "[a, b]", " #", "<<"),
            Arbitraries.of("&a", "*a", "!!str ", "%x", "? ", "...\n", "\t", "\r\n", "\u00e9", "\n"),
            Arbitraries.strings().withChars(" \n:-#'\"{}[],|&*%~<?!@`\\=.0a").ofMaxLength(2));
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 3), added)
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(mapping("", 3), mapping("", 3), lists())
        .list()
        .ofMaxSize(3)
        .map(documents -> String.join("---\n", documents));
  }

  private static Arbitrary<String> lists() {
    Arbitrary<String> items = Arbitraries.of("", "  ").flatMap(indent -> sequence(indent, 3));
    return Combinators.combine(Arbitraries.of("kind: List\n", "", "kind: AList\n"), items)
        .as((head, entries) -> head + "items:\n" + entries + (head.isEmpty() ? "kind: List" : ""));
  }

  private static Arbitrary<String> mapping(String indent, int depth) {
    Arbitrary<String> keys =
        Arbitraries.of("a", "kind", "items", "b.c/d", "x:y", "8", "yes", "\"q\"", "'e'", "~", "-f");
    return Combinators.combine(keys, value(indent, depth), breaks())
        .as((key, value, behind) -> indent + key + ":" + value + behind)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(fields -> String.join("", fields));
  }

  private static Arbitrary<String> sequence(String indent, int depth) {
    Arbitrary<String> compact =
        depth == 0
            ? scalars().map(scalar -> scalar + "\n")
            : Arbitraries.oneOf(
                    mapping(indent + "  ", depth - 1), sequence(indent + "  ", depth - 1))
                .map(String::stripLeading);
    return Combinators.combine(
            Arbitraries.oneOf(compact, compact, scalars().map(scalar -> scalar + "\n")), breaks())
        .as((entry, behind) -> indent + "- " + entry + behind)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(entries -> String.join("", entries));
  }

  private static Arbitrary<String> value(String indent, int depth) {
    Arbitrary<String> inline = scalars().map(scalar -> " " + scalar + "\n");
    if (depth == 0) {
      return inline;
    }
    Arbitrary<String> text =
        Combinators.combine(
                Arbitraries.of(" |\n", " |-\n", " |+\n", " >\n", " | # no\n"),
                Arbitraries.of("words", "  - words", "# words", "", "   ", "a: b")
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3))
            .as(
                (sign, lines) ->
                    sign
                        + lines.stream()
                            .map(line -> indent + " " + line + "\n")
                            .collect(joining()));
    return Arbitraries.oneOf(
        inline,
        inline,
        text,
        mapping(indent + "  ", depth - 1).map("\n"::concat),
        sequence(indent, depth - 1).map("\n"::concat),
        sequence(indent + "  ", depth - 1).map("\n"::concat));
  }

  private static Arbitrary<String> scalars() {
    return Arbitraries.of(
        "a",
        "a b",
        "1",
        "-1",
        "0x1f",
        "1.50",
        "1e3",
        ".inf",
        "yes",
        "null",
        "",
        "2025-01-01",
        "a:b",
        "a#b",
        "a # b",
        "\"a # b\"",
        "\"a: \\\"b\\\"\"",
        "'it''s'",
        "{}",
        "[]",
        "{a: 1, b: [x, {}]}",
        "[a, \"b\"]",
        "{a: 1, a: 2}",
        "{'a': b}",
        "{\"a\":b}",
        "[a:b]",
        "{a: b: c}",
        "[-1, - 1]",
        "[a b]",
        "{a}",
        "[a,b]",
        "[a, ]",
        "{ a: b }",
        "[ ]",
        "(a)",
        "$a",
        "<a",
        "=",
        "~a",
        "/a",
        "a\n   b",
        "k && m == 'x'");
  }

  private static Arbitrary<String> breaks() {
    return Arbitraries.of("", "", "", "\n", "# a\n", "  # a\n", "  \n");
  }
}
