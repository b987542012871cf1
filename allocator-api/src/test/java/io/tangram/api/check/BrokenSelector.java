package io.tangram.api.check;

import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;

/** A selector that does not compile. */
record BrokenSelector() implements DeviceSelector {

  @Override
  public String expression() {
    return "???";
  }

  @Override
  public Optional<String> defect() {
    return Optional.of("syntax error");
  }

  @Override
  public SelectorReads reads() {
    throw new AssertionError("what a broken selector reads can't be told");
  }

  @Override
  public Outcome evaluate(String driver, Device device) {
    throw new AssertionError("a broken selector can't be evaluated");
  }
}
