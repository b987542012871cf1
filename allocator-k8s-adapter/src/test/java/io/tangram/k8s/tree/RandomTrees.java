package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any trees, most of their texts such as a reader of YAML may take for something else. */
public final class RandomTrees {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RandomTrees() {}

  /** Returns objects whose numbers every language has. */
  static Arbitrary<ObjectNode> withSmallNumbers() {
    return objects(trees(3, Arbitraries.integers().map(LongNode::valueOf)));
  }

  /** Returns objects with numbers of any size and form. */
  public static Arbitrary<ObjectNode> objects() {
    return objects(trees(3, numbers()));
  }

  private static Arbitrary<JsonNode> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(LongNode::valueOf),
        Arbitraries.of("9223372036854775808", "-123456789012345678901234567890")
            .map(text -> BigIntegerNode.valueOf(new BigInteger(text))),
        Arbitraries.of("1.50", "1e3", "-0.0", "1E400", "0.1000000000000000000001", "2e-7")
            .map(NumberText::new));
  }

  private static Arbitrary<JsonNode> trees(int depth, Arbitrary<? extends JsonNode> numbers) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            texts().map(TextNode::valueOf),
            numbers.map(number -> number),
            Arbitraries.of(BooleanNode.TRUE, BooleanNode.FALSE),
            Arbitraries.just(NullNode.instance));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> arrays =
        trees(depth - 1, numbers)
            .list()
            .ofMaxSize(3)
            .map(entries -> NODES.arrayNode().addAll(entries));
    Arbitrary<JsonNode> maps = objects(trees(depth - 1, numbers)).map(object -> object);
    return Arbitraries.oneOf(scalars, scalars, arrays, maps);
  }

  private static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(texts(), values)
        .ofMaxSize(4)
        .map(
            map -> {
              ObjectNode object = NODES.objectNode();
              map.forEach(object::set);
              return object;
            });
  }

  /** Returns texts. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "yes",
            "on",
            "no",
            "0.5Gi",
            "2025-01-31T12:00:00Z",
            "9007199254740993",
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
