package io.tangram.api.device;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/** Derived attributes for those who have no CEL. Each has CEL that means the same. */
public final class DerivedAttributes {

  private DerivedAttributes() {}

  /**
   * Takes the value of an attribute that the device publishes, so that constraints can compare it
   * with what another driver publishes under another name. Fails on a device without the attribute.
   *
   * @param name the name with its domain
   * @throws IllegalArgumentException if the name has no domain
   */
  public static DerivedAttribute copyOf(QualifiedName name) {
    if (!name.isQualified()) {
      throw new IllegalArgumentException(
          "A derived attribute copies \""
              + name
              + "\", which has no domain (R27). Put the driver before it: driver/"
              + name
              + ".");
    }
    return new CopyOf(name);
  }

  private record CopyOf(QualifiedName name) implements DerivedAttribute {

    @Override
    public String expression() {
      return "device.attributes[\"" + name.domain() + "\"][\"" + name.id() + "\"]";
    }

    @Override
    public Optional<String> defect() {
      return Optional.empty();
    }

    @Override
    public SelectorReads reads() {
      return new SelectorReads(false, true, false, ImmutableSet.of(name), ImmutableSet.of());
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      AttributeValue value = device.attribute(driver, name);
      return value == null || value.type() == AttributeValue.Type.UNKNOWN
          ? new Outcome.Failure("no such attribute: " + name)
          : new Outcome.Value(value);
    }
  }
}
