package io.tangram.api.testing;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;

/**
 * Selectors that can't be evaluated, on some devices or at all; those that can are in {@link
 * io.tangram.api.device.DeviceSelectors}. Values: two that ask the same are equal.
 */
public sealed interface TestSelector extends DeviceSelector {

  /** Fails on the devices that have the attribute (R55) and matches all others. */
  record FailingOn(QualifiedName attribute) implements TestSelector {
    @Override
    public String expression() {
      return "fail where has(" + attribute + ")";
    }

    @Override
    public SelectorReads reads() {
      return new SelectorReads(false, true, false, ImmutableSet.of(attribute), ImmutableSet.of());
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return device.attribute(driver, attribute) == null
          ? Outcome.MATCH
          : new Outcome.Failure("attribute " + attribute + " is there");
    }
  }

  /** Can be evaluated on no device: an expression that does not compile (R54). */
  record Broken() implements TestSelector {
    @Override
    public String expression() {
      return "broken(";
    }

    @Override
    public Optional<String> defect() {
      return Optional.of("does not compile");
    }

    @Override
    public SelectorReads reads() {
      return SelectorReads.NOTHING;
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return new Outcome.Failure("does not compile");
    }
  }

  @Override
  default Optional<String> defect() {
    return Optional.empty();
  }
}
