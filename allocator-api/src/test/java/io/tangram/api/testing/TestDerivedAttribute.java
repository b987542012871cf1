package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;

/** Derived attributes of generated problems. Values: two that compute the same are equal. */
public sealed interface TestDerivedAttribute extends DerivedAttribute {

  /** The value of an attribute, or another where the device has none. */
  record ValueOr(QualifiedName attribute, AttributeValue otherwise)
      implements TestDerivedAttribute {
    @Override
    public String expression() {
      return attribute + " or " + otherwise;
    }

    @Override
    public SelectorReads reads() {
      return reading(ImmutableList.of(attribute));
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      AttributeValue value = device.attribute(driver, attribute);
      return new Outcome.Value(value == null ? otherwise : value);
    }
  }

  /** The strings among attributes as a list, perhaps an empty one. */
  record Strings(ImmutableList<QualifiedName> attributes) implements TestDerivedAttribute {
    @Override
    public String expression() {
      return "strings of " + attributes;
    }

    @Override
    public SelectorReads reads() {
      return reading(attributes);
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      ImmutableList.Builder<String> strings = ImmutableList.builder();
      for (QualifiedName attribute : attributes) {
        if (device.attribute(driver, attribute) instanceof AttributeValue.StringValue string) {
          strings.add(string.value());
        }
      }
      return new Outcome.Value(new AttributeValue.StringList(strings.build()));
    }
  }

  /** Fails on the devices that have the attribute, and is the same for all others. */
  record FailingOn(QualifiedName attribute) implements TestDerivedAttribute {
    @Override
    public String expression() {
      return "fail where has(" + attribute + ")";
    }

    @Override
    public SelectorReads reads() {
      return reading(ImmutableList.of(attribute));
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return device.attribute(driver, attribute) == null
          ? new Outcome.Value(new AttributeValue.BoolValue(true))
          : new Outcome.Failure("attribute " + attribute + " is there");
    }
  }

  @Override
  default Optional<String> defect() {
    return Optional.empty();
  }

  private static SelectorReads reading(ImmutableList<QualifiedName> attributes) {
    return new SelectorReads(
        false, true, false, ImmutableSet.copyOf(attributes), ImmutableSet.of());
  }
}
