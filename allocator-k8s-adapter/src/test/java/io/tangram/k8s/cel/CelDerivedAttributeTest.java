package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.BoolList;
import io.tangram.api.device.AttributeValue.BoolValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringList;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.VersionList;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DerivedAttribute.Outcome;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** R234. */
class CelDerivedAttributeTest {

  private static final Device DEVICE =
      Device.builder()
          .name("gpu-0")
          .putAttributes(QualifiedName.of("", "slot"), new StringValue("numa1:4"))
          .putAttributes(QualifiedName.of("", "version"), new VersionValue("1.2.3+build"))
          .putAttributes(QualifiedName.of("", "links"), new IntList(ImmutableList.of(3L, 4L)))
          .build();

  private final CelExpressions expressions = new CelExpressions();

  private Outcome derive(String expression) {
    return expressions.derivedAttribute(expression).evaluate("d.com", DEVICE);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("device.attributes['d.com'].slot.split(':')[0]", new StringValue("numa1")),
        Arguments.of("int(device.attributes['d.com'].slot.split(':')[1])", new IntValue(4)),
        Arguments.of("device.driver == 'd.com'", new BoolValue(true)),
        Arguments.of("device.attributes['d.com'].version", new VersionValue("1.2.3+build")),
        Arguments.of("semver('2.0.0')", new VersionValue("2.0.0")),
        Arguments.of("device.attributes['d.com'].links", new IntList(ImmutableList.of(3L, 4L))),
        Arguments.of("['a', 'b']", new StringList(ImmutableList.of("a", "b"))),
        Arguments.of("[true]", new BoolList(ImmutableList.of(true))),
        Arguments.of(
            "[device.attributes['d.com'].version]",
            new VersionList(ImmutableList.of("1.2.3+build"))),
        Arguments.of("[]", new StringList(ImmutableList.of())));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesAreThoseOfAttributes(String expression, AttributeValue value) {
    assertThat(derive(expression)).isEqualTo(new Outcome.Value(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "device.attributes['d.com'].gone | no such key: gone",
        "dyn(1.5) | the result is of type double, not string, int, bool, a version or a list of one"
            + " of these",
        "[dyn(1), dyn('a')] | the result is of type list, not string, int, bool, a version or a list of"
            + " one of these",
      })
  void whatIsNoValueIsAFailure(String expression, String message) {
    assertThat(expressions.derivedAttribute(expression).defect()).isEmpty();
    assertThat(derive(expression)).isEqualTo(new Outcome.Failure(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | the expression gives double, not string, int, bool, a version or a list of one of"
            + " these",
        "[[1]] | the expression gives list(list(int)), not string, int, bool, a version or a list"
            + " of one of these",
        "device.capacity | the expression gives map(string, map(string, kubernetes.Quantity)), not"
            + " string, int, bool, a version or a list of one of these",
      })
  void whatCanBeNoValueIsADefect(String expression, String message) {
    assertThat(expressions.derivedAttribute(expression).defect()).contains(message);
    assertThat(derive(expression)).isEqualTo(new Outcome.Failure(message));
  }

  @Test
  void readsWhatTheExpressionReads() {
    DerivedAttribute attribute = expressions.derivedAttribute("device.attributes['d.com'].slot");

    assertThat(attribute.reads().attributes()).containsExactly(QualifiedName.of("d.com", "slot"));
    assertThat(attribute).isEqualTo(new CelExpressions().derivedAttribute(attribute.expression()));
    assertThat(attribute).hasToString("device.attributes['d.com'].slot");
  }
}
