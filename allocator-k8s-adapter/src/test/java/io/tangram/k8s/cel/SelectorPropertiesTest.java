package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.cel.runtime.CelEvaluationException;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.BoolList;
import io.tangram.api.device.AttributeValue.BoolValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringList;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.SelectorReads;
import io.tangram.k8s.cel.CompiledExpression.Evaluation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds of any expression and any device. */
class SelectorPropertiesTest {

  private static final String DRIVER = "d";

  private static final List<QualifiedName> NAMES =
      ImmutableList.of("a", "b", "d/a", "e/a", "e/b").stream().map(QualifiedName::parse).toList();

  private static final List<AttributeValue> VALUES =
      ImmutableList.of(
          new BoolValue(true),
          new BoolValue(false),
          new IntValue(0),
          new IntValue(1),
          new StringValue("a"),
          new StringValue("b"),
          new VersionValue("1.0.0"),
          new BoolList(ImmutableList.of(true)),
          new IntList(ImmutableList.of(0L, 1L)),
          new StringList(ImmutableList.of("a", "b")));

  private static final List<Quantity> QUANTITIES =
      ImmutableList.of(Quantity.of(0), Quantity.of(1), Quantity.parse("1500m"));

  private final CelExpressions expressions = new CelExpressions();

  @Provide
  Arbitrary<Device> devices() {
    return Combinators.combine(
            Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.of(VALUES)).ofMaxSize(5),
            Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.of(QUANTITIES)).ofMaxSize(3),
            Arbitraries.of(true, false))
        .as(SelectorPropertiesTest::device);
  }

  @Provide
  Arbitrary<List<Device>> fleets() {
    return devices().list().ofMaxSize(5);
  }

  private static Device device(
      Map<QualifiedName, AttributeValue> attributes,
      Map<QualifiedName, Quantity> capacity,
      boolean shared) {
    return Device.builder()
        .name("device")
        .attributes(attributes)
        .capacity(ImmutableMap.copyOf(Maps.transformValues(capacity, DeviceCapacity::of)))
        .allowMultipleAllocations(shared)
        .build();
  }

  /** Expressions that look at devices in many ways. Few of them are errors of compilation. */
  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> attribute =
        Arbitraries.of(
            "device.attributes['d'].a",
            "device.attributes['d'].b",
            "device.attributes.e.a",
            "device.attributes['e']['b']",
            "device.attributes['d'].?a.orValue(1)",
            "device.attributes[?'e'].?b.orValue('a')",
            "cel.bind(all, device.attributes, all['d'].a)",
            "device.attributes['d'][device.driver == 'd' ? 'a' : 'b']");
    Arbitrary<String> constant =
        Arbitraries.of("1", "0", "true", "'a'", "[1]", "['a', 'b']", "semver('1.0.0')");
    Arbitrary<String> leaf =
        Arbitraries.frequencyOf(
            Tuple.of(3, Combinators.combine(attribute, constant).as("%s == %s"::formatted)),
            Tuple.of(1, Combinators.combine(attribute, attribute).as("%s == %s"::formatted)),
            Tuple.of(1, Combinators.combine(attribute, constant).as("%s.includes(%s)"::formatted)),
            Tuple.of(1, attribute.map("%s > 0"::formatted)),
            Tuple.of(1, attribute.map("%s.exists(x, x == 'a' || x == 1)"::formatted)),
            Tuple.of(1, attribute),
            Tuple.of(
                2,
                Arbitraries.of(
                    "has(device.attributes['d'].a)",
                    "'b' in device.attributes['d']",
                    "'e' in device.attributes",
                    "device.attributes.exists(x, x == 'e')",
                    "size(device.attributes['d']) > 1",
                    "device.driver == 'd'",
                    "device.allowMultipleAllocations",
                    "device.capacity['d'].a.isLessThan(quantity('1'))",
                    "device.capacity['e'].?b.orValue(quantity('0')).isInteger()",
                    "device.capacity['d'].a.asInteger() == 1",
                    "device.capacity.d.a == device.capacity['d'].b")));
    return Arbitraries.lazyOf(
        () -> leaf,
        () -> Combinators.combine(leaf, leaf).as("(%s && %s)"::formatted),
        () -> Combinators.combine(leaf, leaf).as("(%s || %s)"::formatted),
        () -> leaf.map("!(%s)"::formatted),
        () -> Combinators.combine(leaf, leaf, leaf).as("(%s ? %s : %s)"::formatted),
        () -> Combinators.combine(leaf, leaf, leaf).as("(%s && %s || %s)"::formatted));
  }

  @Property
  @Label("devices that agree in what a selector reads get the same outcome")
  void readsSufficeForTheOutcome(
      @ForAll("expressions") String expression,
      @ForAll("devices") Device left,
      @ForAll("devices") Device other) {
    CompiledExpression compiled = ExpressionCompiler.get().compile(expression, ResultType.SELECTOR);
    if (!(compiled instanceof CompiledExpression.Evaluable selector)) {
      Statistics.label("reads").collect("defect");
      return;
    }
    Device right = agreeing(selector.reads(), left, other);
    Statistics.label("reads").collect(selector.reads().everything() ? "everything" : "some");

    Evaluation first = selector.evaluate(DRIVER, left);
    Evaluation second = selector.evaluate(DRIVER, right);

    Statistics.label("outcome")
        .collect(first instanceof Evaluation.Value value ? value.value() : "failure");
    assertThat(second).as("%s on %s and %s", expression, left, right).isEqualTo(first);
    Statistics.label("reads")
        .coverage(coverage -> coverage.check("some").percentage(share -> share > 50));
    Statistics.label("outcome")
        .coverage(
            coverage -> {
              coverage.check(true).percentage(share -> share > 10);
              coverage.check(false).percentage(share -> share > 10);
              coverage.check("failure").percentage(share -> share > 10);
            });
  }

  /** The other device, changed where it differs from the first in what is read. */
  private static Device agreeing(SelectorReads reads, Device first, Device other) {
    if (reads.everything()) {
      return first;
    }
    Map<QualifiedName, AttributeValue> attributes = new LinkedHashMap<>(other.attributes());
    Map<QualifiedName, DeviceCapacity> capacity = new LinkedHashMap<>(other.capacity());
    reads.attributes().forEach(name -> copy(name, first.attributes(), attributes));
    reads.capacities().forEach(name -> copy(name, first.capacity(), capacity));
    capacity.replaceAll((name, each) -> rewritten(each));
    return Device.builder()
        .name("other")
        .attributes(attributes)
        .capacity(capacity)
        .allowMultipleAllocations(
            reads.allowMultipleAllocations()
                ? first.allowMultipleAllocations()
                : other.allowMultipleAllocations())
        .build();
  }

  /** An equal capacity, written otherwise. */
  private static DeviceCapacity rewritten(DeviceCapacity capacity) {
    return DeviceCapacity.of(
        Quantity.of(capacity.value().value(), Quantity.Format.DECIMAL_EXPONENT));
  }

  /** What the first device has under a name, be it in the other form of the name. */
  private static <V> void copy(
      QualifiedName name, Map<QualifiedName, V> from, Map<QualifiedName, V> to) {
    QualifiedName bare = QualifiedName.of("", name.id());
    boolean own = name.domain().equals(DRIVER);
    V value = from.getOrDefault(name, own ? from.get(bare) : null);
    to.remove(name);
    if (own) {
      to.remove(bare);
    }
    if (value != null) {
      to.put(own ? bare : name, value);
    }
  }

  @Property
  @Label("no evaluation costs more than was estimated")
  void estimatesBoundCosts(
      @ForAll("expressions") String expression, @ForAll("devices") Device device) {
    CompiledExpression compiled = ExpressionCompiler.get().compile(expression, ResultType.SELECTOR);
    if (!(compiled instanceof CompiledExpression.Evaluable selector)) {
      return;
    }
    EvaluationMeter meter = new EvaluationMeter(selector.costs());
    try {
      meter.run(selector.program(), DeviceValues.variables(DRIVER, device));
    } catch (CelEvaluationException e) {
      Statistics.collect("failure");
    }

    // the limit is part of what is compiled
    CompiledExpression cheaper =
        ExpressionCompiler.get().compile(expression, ResultType.SELECTOR, meter.cost() - 1);

    assertThat(cheaper).as(expression).isInstanceOf(CompiledExpression.Defective.class);
  }

  @Property
  @Label("a selector remembers what it would say")
  void rememberedOutcomesAreTrue(
      @ForAll("expressions") String expression, @ForAll("fleets") List<Device> devices) {
    DeviceSelector selector = expressions.selector(expression);

    for (Device device : devices) {
      assertThat(selector.evaluate(DRIVER, device))
          .isEqualTo(new CelSelector(expression).evaluate(DRIVER, device));
    }
  }

  @Property
  @Label("any text is an expression or has a defect")
  void anyTextIsAnExpressionOrHasADefect(@ForAll String text, @ForAll("devices") Device device) {
    judge(text, device);
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of(
            "device",
            ".",
            "attributes",
            "[",
            "]",
            "'d'",
            "a",
            "(",
            ")",
            "&&",
            "||",
            "!",
            "==",
            "<",
            "in",
            "1",
            "0u",
            "1.5",
            "'text'",
            "b'x'",
            "true",
            "null",
            "has",
            "?",
            ":",
            ",",
            "{",
            "}",
            "+",
            "-",
            "*",
            "/",
            "%",
            ".?",
            "[?",
            "exists",
            "map",
            "x",
            "size",
            "matches",
            "quantity",
            "semver",
            "cel.bind",
            "orValue",
            "optional.of",
            "format",
            "split",
            "\n",
            "duration",
            "timestamp",
            "type",
            "int",
            "capacity",
            "driver",
            "//",
            "\"",
            "'''",
            "\\")
        .list()
        .ofMaxSize(25)
        .map(words -> String.join("", words));
  }

  @Property
  @Label("any sequence of words of the language is an expression or has a defect")
  void anyWordsAreAnExpressionOrHaveADefect(
      @ForAll("tokens") String text, @ForAll("devices") Device device) {
    judge(text, device);
  }

  @Provide
  Arbitrary<String> mutations() {
    List<String> sound =
        Corpus.load().cases().stream()
            .map(Corpus.Case::expression)
            .filter(e -> e.length() < 300)
            .toList();
    return Combinators.combine(
            Arbitraries.of(sound),
            Arbitraries.integers().between(0, 299),
            Arbitraries.integers().between(0, 5),
            Arbitraries.of("", "x", "(", ")", "'", "[0]", ".?a", " + ", "1", "!", "null", "device"))
        .as(
            (text, at, length, replacement) -> {
              int start = Math.min(at, text.length());
              int end = Math.min(start + length, text.length());
              return text.substring(0, start) + replacement + text.substring(end);
            });
  }

  @Property
  @Label("an expression with a slip is an expression or has a defect")
  void slipsMakeExpressionsOrDefects(
      @ForAll("mutations") String text, @ForAll("devices") Device device) {
    judge(text, device);
  }

  private static void judge(String text, Device device) {
    DeviceSelector selector = new CelSelector(text);

    Outcome outcome = selector.evaluate(DRIVER, device);

    Statistics.collect(
        selector.defect().isPresent() ? "defect" : outcome.getClass().getSimpleName());
    selector.reads();
    if (outcome instanceof Outcome.Failure failure) {
      assertThat(failure.message()).isNotBlank().hasSizeLessThan(400).doesNotContain("\n", "\r");
    }
    assertThat(selector.evaluate(DRIVER, device)).isEqualTo(outcome);
  }
}
