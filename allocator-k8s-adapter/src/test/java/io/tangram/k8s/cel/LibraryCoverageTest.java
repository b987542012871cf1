package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code cel-corpus.txt} has results for all that section 4 of the rules names. */
class LibraryCoverageTest {

  private static final Corpus CORPUS = Corpus.load();

  /** What each library has, as expressions call it. */
  private static final ImmutableListMultimap<String, String> LIBRARIES =
      ImmutableListMultimap.<String, String>builder()
          .putAll("device", "device.driver", "device.attributes[", "device.capacity[")
          .putAll("device", "device.allowMultipleAllocations", ".includes(", "cel.bind(")
          .putAll("macros", "has(", ".all(", ".exists(", ".exists_one(", ".map(", ".filter(")
          .putAll("conversions", "int(", "uint(", "double(", "string(", "bytes(", "bool(", "dyn(")
          .putAll("conversions", "duration(", "timestamp(", "type(")
          .putAll("text", "size(", ".size(", ".contains(", ".startsWith(", ".endsWith(")
          .putAll("text", ".matches(", "matches(")
          .putAll("time", ".getFullYear(", ".getMonth(", ".getDate(", ".getDayOfMonth(")
          .putAll("time", ".getDayOfWeek(", ".getDayOfYear(", ".getHours(", ".getMinutes(")
          .putAll("time", ".getSeconds(", ".getMilliseconds(")
          .putAll("urls", "url(", "isURL(", ".getScheme(", ".getHost(", ".getHostname(")
          .putAll("urls", ".getPort(", ".getEscapedPath(", ".getQuery(")
          .putAll("regex", ".find(", ".findAll(")
          .putAll("kubernetes lists", ".isSorted(", ".sum(", ".min(", ".max(", ".indexOf(")
          .putAll("kubernetes lists", ".lastIndexOf(")
          .putAll("authorization", ".path(", ".group(", ".serviceAccount(", ".resource(")
          .putAll("authorization", ".subresource(", ".namespace(", ".name(", ".check(", ".allowed(")
          .putAll("authorization", ".reason(", ".errored(", ".error(")
          .putAll("authorization selectors", ".fieldSelector(", ".labelSelector(")
          .putAll("optionals", "optional.of(", "optional.none(", "optional.ofNonZeroValue(")
          .putAll("optionals", ".hasValue(", ".value(", ".or(", ".orValue(", ".optMap(")
          .putAll("optionals", ".optFlatMap(", ".?", "[?", ".first(", ".last(", ".unwrapOpt(")
          .putAll("optionals", "optional.unwrap(")
          .putAll("quantities", "quantity(", "isQuantity(", "sign(", ".asApproximateFloat(")
          .putAll("quantities", ".asInteger(", ".isInteger(", ".add(", ".sub(", ".isGreaterThan(")
          .putAll("quantities", ".isLessThan(", ".compareTo(")
          .putAll("strings", ".charAt(", ".indexOf(", ".lastIndexOf(", ".lowerAscii(", ".format(")
          .putAll("strings", ".upperAscii(", ".replace(", ".split(", ".substring(", ".trim(")
          .putAll("strings", ".join(", "strings.quote(")
          .putAll("sets", "sets.contains(", "sets.equivalent(", "sets.intersects(")
          .putAll("addresses", "ip(", "isIP(", "ip.isCanonical(", ".family(", ".isUnspecified(")
          .putAll("addresses", ".isLoopback(", ".isLinkLocalMulticast(", ".isLinkLocalUnicast(")
          .putAll("addresses", ".isGlobalUnicast(", "string(ip(", "net.IP")
          .putAll("networks", "cidr(", "isCIDR(", ".containsIP(", ".containsCIDR(", ".ip(")
          .putAll("networks", ".masked(", ".prefixLength(", "string(cidr(", "net.CIDR")
          .putAll("named formats", "format.named(", ".validate(", "format.dns1123Label(")
          .putAll("named formats", "format.dns1123Subdomain(", "format.dns1035Label(")
          .putAll("named formats", "format.qualifiedName(", "format.dns1123LabelPrefix(")
          .putAll("named formats", "format.dns1123SubdomainPrefix(", "format.dns1035LabelPrefix(")
          .putAll("named formats", "format.labelValue(", "format.uri(", "format.uuid(")
          .putAll("named formats", "format.byte(", "format.date(", "format.datetime(")
          .putAll("two variables", ".existsOne(", ".transformList(", ".transformMap(")
          .putAll("two variables", ".transformMapEntry(")
          .putAll("versions", "semver(", "isSemver(", ".isGreaterThan(", ".isLessThan(")
          .putAll("versions", ".compareTo(", ".major(", ".minor(", ".patch(")
          .putAll("lists", ".slice(", ".flatten(", "lists.range(", ".distinct(", ".reverse(")
          .putAll("lists", ".sort(", ".sortBy(")
          .build();

  /** Rules of section 4, and what it says of literals and comparisons. */
  private static final ImmutableSet<String> RULES =
      ImmutableSet.of(
          "R26", "R27", "R28", "R43", "R44", "R45", "R46", "R47", "R48", "R50", "R52", "R57");

  static Stream<String> libraries() {
    return LIBRARIES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void everyFunctionHasAResult(String library) {
    List<String> compiling =
        CORPUS.cases().stream()
            .filter(each -> !each.result().equals("defect"))
            .map(Corpus.Case::expression)
            .toList();

    assertThat(LIBRARIES.get(library))
        .allSatisfy(
            call -> assertThat(compiling).as("%s", call).anyMatch(text -> uses(text, call)));
  }

  private static boolean uses(String expression, String call) {
    String start = call.startsWith(".") || call.startsWith("[") ? "" : "(?<![A-Za-z0-9_.])";
    return Pattern.compile(start + Pattern.quote(call)).matcher(expression).find();
  }

  @Test
  void everyRuleHasACase() {
    assertThat(CORPUS.cases()).extracting(Corpus.Case::source).containsAll(RULES);
  }

  @Test
  void threeHundredExpressionsHaveAResult() {
    assertThat(CORPUS.cases().stream().filter(each -> !each.result().equals("defect")))
        .hasSizeGreaterThan(300);
  }
}
