package io.tangram.k8s.cel;

import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attribute by a CEL expression (R234). Thread-safe. Attributes of the same text are equal.
 *
 * <p>Each expression may cost what a selector may. Kubernetes limits what those of a claim may cost
 * together as well, when the claim is created.
 */
final class CelDerivedAttribute implements DerivedAttribute {

  private static final CelExpression.Meaning<Outcome> MEANING =
      new CelExpression.Meaning<>() {
        @Override
        public Outcome of(Object value) {
          return DeviceValues.attribute(value)
              .<Outcome>map(Outcome.Value::new)
              .orElseGet(() -> ofFailure(ResultType.ATTRIBUTE.refusal(TypeNames.of(value))));
        }

        @Override
        public Outcome ofFailure(String message) {
          return new Outcome.Failure(message);
        }
      };

  private final CelExpression<Outcome> expression;

  CelDerivedAttribute(String expression) {
    this.expression = new CelExpression<>(expression, ResultType.ATTRIBUTE, MEANING);
  }

  @Override
  public String expression() {
    return expression.text();
  }

  @Override
  public Optional<String> defect() {
    return expression.defect();
  }

  @Override
  public SelectorReads reads() {
    return expression.reads();
  }

  @Override
  public Outcome evaluate(String driver, Device device) {
    return expression.evaluate(driver, device);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CelDerivedAttribute attribute
        && expression().equals(attribute.expression());
  }

  @Override
  public int hashCode() {
    return expression().hashCode();
  }

  @Override
  public String toString() {
    return expression();
  }
}
