package io.tangram.solver;

import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;

/** Wants every device, but can't be evaluated on those of one model. */
public record FailingOn(String model) implements DeviceSelector {

  @Override
  public String expression() {
    return "fails on " + model;
  }

  @Override
  public Optional<String> defect() {
    return Optional.empty();
  }

  @Override
  public SelectorReads reads() {
    return SelectorReads.EVERYTHING;
  }

  @Override
  public Outcome evaluate(String driver, Device device) {
    return device.attributes().containsValue(new StringValue(model))
        ? new Outcome.Failure("no such key")
        : Outcome.MATCH;
  }
}
