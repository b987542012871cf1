package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tangram.k8s.tree.NumberText;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/** Values at the edges of what fields take, and beyond. */
final class OddValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> CHARACTERS =
      List.of(
          "",
          " ",
          "\n",
          "\t",
          "\r",
          "\u0000",
          "\u001b[31m",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u202e",
          "\uFEFF",
          "\uFFFE",
          "\uFFFD",
          "\uD83D\uDE00",
          "\u00e9",
          "e\u0301",
          "\u0661",
          "\u0130",
          "/",
          "//",
          "\\",
          "'",
          "\"",
          "`",
          "%",
          "%s",
          "{}",
          "[",
          "]",
          "$1",
          "-",
          "--",
          ".",
          "..",
          ":",
          ",",
          "#",
          "&a",
          "*a",
          "!a",
          "<<",
          "=",
          "@",
          "~",
          "_",
          "A");

  private static final List<String> QUANTITIES =
      List.of(
          "0",
          "-0",
          "+1",
          "1",
          "-1",
          "1.",
          ".5",
          "1..5",
          "1Ki",
          "1ki",
          "1KI",
          "1 Gi",
          "Gi",
          "1E",
          "1e",
          "1e3",
          "1E3",
          "1e3e3",
          "1e9999",
          "-1e9999",
          "1e-9999",
          "-1e-9999",
          "1e99999",
          "1e+2147483648",
          "0.0000000001",
          "-0.0000000001",
          "1n",
          "1u",
          "1m",
          "999999999999Ei",
          "-999999999999Ei",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "9.9999999999999999999999999999Ei",
          "0x10",
          "1_000",
          "1,5",
          "NaN",
          "Infinity",
          "\u0661");

  private static final List<String> VERSIONS =
      List.of(
          "1.2.3",
          "v1.2.3",
          "01.2.3",
          "1.2",
          "1.2.3.4",
          "1.2.3-",
          "1.2.3+",
          "1.2.3-01",
          "1.2.3-a..b",
          "99999999999999999999.0.0",
          "1.2.3-99999999999999999999",
          "0.0.0-0+0",
          "1.36",
          "1.99",
          "v1.36.2",
          "1.-1",
          "999999999999.0");

  private static final List<String> TIMES =
      List.of(
          "2025-01-31",
          "2025-01-31T12:00:00Z",
          "2025-01-31T12:00:00.123456789Z",
          "2025-01-31T24:00:00Z",
          "2025-02-30T12:00:00Z",
          "2025-01-31T12:00:60Z",
          "2025-01-31T12:00:00+18:00",
          "2025-01-31T12:00:00+19:00",
          "0000-01-01T00:00:00Z",
          "-0001-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00+18:00");

  private static final List<String> EXPRESSIONS =
      List.of(
          "true",
          "false",
          "1",
          "null",
          "[]",
          "{}",
          "device",
          "device.driver",
          "device.none",
          "device.attributes",
          "device.attributes['gpu.com']",
          "device.attributes['none'].none",
          "device.attributes['gpu.com'].model",
          "device.attributes['gpu.com'].index > 0",
          "device.attributes['gpu.com'].lanes.includes(2)",
          "device.capacity['nic.com'].queues",
          "has(device.attributes['gpu.com'].nvlink)",
          "device.allowMultipleAllocations",
          "1/0 == 1",
          "9223372036854775807 + 1 > 0",
          "'a'.matches('(a+)+$')",
          "'a'.matches('(')",
          "'a'.matches('a{1001}')",
          "quantity('1e9999').isInteger()",
          "quantity('-1e-9999').sign() == 0",
          "semver('1.2.3-' + device.driver) < semver('2.0.0')",
          "duration('1000000000h') > duration('1s')",
          "timestamp('9999-12-31T23:59:59Z').getFullYear() > 0",
          "url('http://[::1]:99999/').getPort() == '1'",
          "ip('::ffff:1.2.3.4').family() == 4",
          "cidr('0.0.0.0/0').containsIP('1.2.3.4')",
          "'%d'.format([1, 2])",
          "'%.1000f'.format([1.0])",
          "[1,2,3].all(x, [1,2,3].all(y, [1,2,3].all(z, x + y + z > 0)))",
          "'" + "a".repeat(9_000) + "'.size() > 0",
          "(".repeat(200) + "true" + ")".repeat(200),
          "!".repeat(3_000) + "true",
          "true" + " || true".repeat(1_000),
          "-".repeat(2_000) + "1 < 0",
          "[".repeat(400) + "]".repeat(400) + " == []",
          "device.driver == 'a\\u0000'",
          "device.driver == \"\u0000\"",
          "//",
          "true //\n",
          "true\n&&\nfalse",
          "cel.bind(a, a, a)",
          "a".repeat(11_000));

  private static final List<String> WORDS =
      List.of(
          "true",
          "false",
          "null",
          "yes",
          "on",
          "All",
          "ExactCount",
          "all",
          "In",
          "NotIn",
          "Exists",
          "DoesNotExist",
          "Gt",
          "Lt",
          "Equal",
          "NoSchedule",
          "NoExecute",
          "PreferNoSchedule",
          "None",
          "FromClaim",
          "FromClass",
          "Running",
          "Succeeded",
          "Failed",
          "Always",
          "Never",
          "DoNotSchedule",
          "ScheduleAnyway",
          "metadata.name",
          "gpu",
          "nic",
          "n1",
          "n2",
          "nic/fast",
          "gpu.com",
          "a/b",
          "a/b/c",
          "/a",
          "a/",
          "-a",
          "a-",
          "a.b",
          "a..b",
          "A.b",
          "v1",
          "resource.k8s.io/v1",
          "resource.k8s.io/v1beta1",
          "resource.k8s.io/v1beta2",
          "resource.k8s.io/v1alpha3",
          "resource.k8s.io/v9",
          "scheduling.k8s.io/v1",
          "List",
          "Node",
          "Pod",
          "ResourceClaim",
          "ResourceSlice",
          "ResourceClaimList",
          "DeviceTaintRule",
          "PodGroup",
          "ConfigMap",
          "00000000-0000-0000-0000-000000000000");

  private static final List<String> LONG =
      List.of(
          "k".repeat(64),
          "k".repeat(254),
          "k".repeat(5_000),
          "k".repeat(300_000),
          "a.".repeat(20_000),
          "a/".repeat(20_000),
          "1".repeat(5_000),
          "9".repeat(300_000),
          "0." + "1".repeat(100_000),
          "\n".repeat(3_000),
          "\u20ac".repeat(3_000),
          "1.2.3-" + "a.".repeat(20_000),
          "1:".repeat(20_000) + "1",
          "1s".repeat(20_000),
          "1m".repeat(20_000) + "1",
          "a-".repeat(20_000) + "a",
          "1.2.3" + "-1.a".repeat(20_000),
          "1.2.3+a" + ".b".repeat(20_000),
          "\uD83D\uDE00".repeat(500),
          "-".repeat(10_000));

  private static final List<String> TEXTS =
      Stream.of(CHARACTERS, QUANTITIES, VERSIONS, TIMES, EXPRESSIONS, WORDS, LONG)
          .flatMap(List::stream)
          .toList();

  private static final List<JsonNode> NUMBERS =
      Stream.concat(
              Stream.of(
                      0L,
                      1L,
                      -1L,
                      2L,
                      3L,
                      31L,
                      32L,
                      33L,
                      127L,
                      128L,
                      1L << 31,
                      (1L << 31) - 1,
                      -(1L << 31) - 1,
                      1L << 53,
                      Long.MAX_VALUE,
                      Long.MIN_VALUE)
                  .map(LongNode::valueOf),
              Stream.concat(
                  Stream.of("9223372036854775808", "-9223372036854775809", "1" + "0".repeat(900))
                      .map(text -> BigIntegerNode.valueOf(new BigInteger(text))),
                  Stream.of(
                          "0.5",
                          "1.0",
                          "-0.0",
                          "1e3",
                          "1E+3",
                          "1e400",
                          "1e-400",
                          "-1e9999",
                          "1e999999999",
                          "1e-999999999",
                          "1e9999999999",
                          "0." + "3".repeat(900))
                      .map(NumberText::new)))
          .map(JsonNode.class::cast)
          .toList();

  private static final List<JsonNode> OTHERS =
      List.of(
          NullNode.instance,
          BooleanNode.TRUE,
          BooleanNode.FALSE,
          NODES.objectNode(),
          NODES.arrayNode(),
          NODES.arrayNode().addNull(),
          NODES.arrayNode().add(NODES.arrayNode()),
          NODES.arrayNode().add("a").add("a"),
          NODES.objectNode().putNull(""),
          NODES.objectNode().put("\u001b", "\n"),
          NODES.objectNode().set("a", NODES.objectNode().putNull("b")));

  private OddValues() {}

  /** Returns a text; every number stands for one. */
  static String text(int which) {
    return pick(TEXTS, which);
  }

  /** Returns a character or a few. */
  static String characters(int which) {
    return pick(CHARACTERS, which);
  }

  /** Returns a value, two of three times of the type of the one in whose place it is put. */
  static JsonNode inPlaceOf(JsonNode value, int which) {
    boolean sameType = which % 3 > 0;
    int rest = which / 3;
    if (sameType && value.isTextual()) {
      return TextNode.valueOf(text(rest));
    }
    if (sameType && value.isNumber()) {
      return pick(NUMBERS, rest).deepCopy();
    }
    return switch (rest % 3) {
      case 0 -> TextNode.valueOf(text(rest / 3));
      case 1 -> pick(NUMBERS, rest / 3).deepCopy();
      default -> pick(OTHERS, rest / 3).deepCopy();
    };
  }

  private static <T> T pick(List<T> values, int which) {
    return values.get(which % values.size());
  }
}
