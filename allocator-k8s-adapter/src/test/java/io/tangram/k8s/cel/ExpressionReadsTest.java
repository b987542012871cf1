package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionReadsTest {

  private static SelectorReads readsOf(String expression) {
    CompiledExpression compiled = ExpressionCompiler.get().compile(expression, ResultType.SELECTOR);

    assertThat(compiled).isInstanceOf(CompiledExpression.Evaluable.class);
    return ((CompiledExpression.Evaluable) compiled).reads();
  }

  private static ImmutableSet<QualifiedName> names(String texts) {
    return Stream.of(texts.split(" "))
        .map(QualifiedName::parse)
        .collect(ImmutableSet.toImmutableSet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "device.attributes['d'].a == 1                                        ~ d/a",
        "device.attributes['d']['a'] == 1 && device.attributes.d.b            ~ d/a d/b",
        "device.attributes['d'].?a.orValue(device.attributes['e'].b) == 1     ~ d/a e/b",
        "device.attributes[?'d'][?'a'].hasValue()                             ~ d/a",
        "device.attributes[?'d'].a.b.hasValue()                               ~ d/a",
        "device.?attributes['d'].a.orValue(1) == 1                            ~ d/a",
        "has(device.attributes['d'].a)                                        ~ d/a",
        "'a' in device.attributes['d']                                        ~ d/a",
        "device.attributes['d'].a.exists(x, x in device.attributes['d'].b)    ~ d/a d/b",
        "device.attributes['d'].a[device.attributes['d'].b] == 1              ~ d/a d/b",
        "cel.bind(d, device.attributes['d'], d.a == d.b)                      ~ d/a d/b",
        "cel.bind(all, device.attributes, cel.bind(d, all.d, has(d.a)))       ~ d/a",
        "cel.bind(x, device, x.attributes['d'].a)                             ~ d/a",
        "cel.bind(d, device.attributes['d'], d).a                             ~ d/a",
        "device.attributes['d'].?a.optMap(x, x + 1).orValue(0) == 1           ~ d/a",
        "[device.attributes['d'].a, device.attributes['e'].a].exists(x, x)    ~ d/a e/a",
        "{'k': device.attributes['d'].a}.k                                    ~ d/a",
        "device.attributes['d'].a ? device.attributes['d'].b : true           ~ d/a d/b",
        "[{'attributes': {'d': {'b': 1}}}].exists(device, device.attributes['d'].b == 1)"
            + " || device.attributes['d'].a                                   ~ d/a",
      })
  void followsConstantKeys(String expression, String attributes) {
    assertThat(readsOf(expression))
        .isEqualTo(new SelectorReads(false, false, false, names(attributes), ImmutableSet.of()));
  }

  @Test
  void tellsFieldsApart() {
    SelectorReads reads =
        readsOf(
            "device.driver == 'x' && device.capacity['d'].c.isInteger() &&"
                + " device.attributes['d'].a && device.allowMultipleAllocations");

    assertThat(reads).isEqualTo(new SelectorReads(false, true, true, names("d/a"), names("d/c")));
  }

  @Test
  void readsNothingWhereNothingIsAsked() {
    assertThat(readsOf("1 < 2 || [1].exists(x, x == 2)")).isEqualTo(SelectorReads.NOTHING);
    assertThat(readsOf("cel.bind(unused, device, true)")).isEqualTo(SelectorReads.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'d' in device.attributes",
        "has(device.attributes.d)",
        "device.attributes.exists(d, true)",
        "size(device.attributes['d']) == 1",
        "device.attributes['d'].exists(id, device.attributes['d'][id] == 1)",
        "device.attributes[device.driver].a",
        "device.attributes['d'][device.driver]",
        "device.attributes['d'] == {}",
        "device == device",
        "[device].exists(x, x.driver == 'a')",
        "[device.attributes['d']][0].a",
        "dyn(device).attributes['d'].a",
        "(device.driver == 'x' ? device.attributes['d'] : device.attributes['e']).a",
        "device.attributes[?'d'].orValue({}).a",
        "device.attributes[''].a",
        "cel.bind(d, device.attributes['d'], d.exists(x, x == 'a'))",
        "device.attributes['d'].?a.or(device.attributes[?'e'].?a).hasValue()"
            + " && device.attributes[?'d'].optMap(x, x.a).hasValue()",
        "[1].map(x, device.attributes['d'])[0].a",
        "[{'driver': 'x'}].exists(device, .device.driver == 'x')"
      })
  void givesUpOnEverythingElse(String expression) {
    assertThat(readsOf(expression)).isEqualTo(SelectorReads.EVERYTHING);
  }
}
