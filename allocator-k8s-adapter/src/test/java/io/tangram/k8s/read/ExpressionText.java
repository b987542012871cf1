package io.tangram.k8s.read;

import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;

/** A selector that nobody evaluates. */
record ExpressionText(String expression) implements DeviceSelector {

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
