package io.tangram.k8s.cel;

import io.tangram.api.device.DerivedAttribute;

/**
 * An attribute by a CEL expression (R234). Thread-safe. Attributes of the same text are equal.
 *
 * <p>Each expression may cost what a selector may. Kubernetes limits what those of a claim may cost
 * together as well, when the claim is created.
 */
final class CelDerivedAttribute extends CelExpression<DerivedAttribute.Outcome>
    implements DerivedAttribute {

  CelDerivedAttribute(String expression) {
    super(expression, ResultType.ATTRIBUTE);
  }

  @Override
  Outcome meaning(Object value) {
    return DeviceValues.attribute(value)
        .<Outcome>map(Outcome.Value::new)
        .orElseGet(() -> failure(ResultType.ATTRIBUTE.refusal(TypeNames.of(value))));
  }

  @Override
  Outcome failure(String message) {
    return new Outcome.Failure(message);
  }
}
