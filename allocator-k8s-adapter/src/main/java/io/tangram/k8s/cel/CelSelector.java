package io.tangram.k8s.cel;

import io.tangram.api.device.DeviceSelector;

/** A selector by a CEL expression. Thread-safe. Selectors of the same text are equal. */
final class CelSelector extends CelExpression<DeviceSelector.Outcome> implements DeviceSelector {

  CelSelector(String expression) {
    super(expression, ResultType.SELECTOR);
  }

  @Override
  Outcome meaning(Object value) {
    if (value instanceof Boolean matches) {
      return matches ? Outcome.MATCH : Outcome.NO_MATCH;
    }
    return failure(ResultType.SELECTOR.refusal(TypeNames.of(value)));
  }

  @Override
  Outcome failure(String message) {
    return new Outcome.Failure(message);
  }
}
