package io.tangram.k8s.cel;

import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A selector by a CEL expression. Thread-safe. Selectors of the same text are equal. */
final class CelSelector implements DeviceSelector {

  private static final CelExpression.Meaning<Outcome> MEANING =
      new CelExpression.Meaning<>() {
        @Override
        public Outcome of(Object value) {
          if (value instanceof Boolean matches) {
            return matches ? Outcome.MATCH : Outcome.NO_MATCH;
          }
          return ofFailure(ResultType.SELECTOR.refusal(TypeNames.of(value)));
        }

        @Override
        public Outcome ofFailure(String message) {
          return new Outcome.Failure(message);
        }
      };

  private final CelExpression<Outcome> expression;

  CelSelector(String expression) {
    this.expression = new CelExpression<>(expression, ResultType.SELECTOR, MEANING);
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
    return other instanceof CelSelector selector && expression().equals(selector.expression());
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
