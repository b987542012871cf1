package io.tangram.k8s.read;

import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;

/** Expressions that nobody evaluates. */
final class ExpressionTexts implements Expressions {

  @Override
  public DeviceSelector selector(String expression) {
    return new ExpressionText(expression);
  }

  @Override
  public DerivedAttribute derivedAttribute(String expression) {
    return new AttributeText(expression);
  }

  /** A derived attribute that nobody evaluates. */
  record AttributeText(String expression) implements DerivedAttribute {

    @Override
    public Optional<String> defect() {
      return Optional.empty();
    }

    @Override
    public SelectorReads reads() {
      return SelectorReads.NOTHING;
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      throw new UnsupportedOperationException(expression);
    }
  }
}
