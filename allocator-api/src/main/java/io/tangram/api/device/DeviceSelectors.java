package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Selectors for those who have no CEL: simple conditions and their conjunction. The expression of
 * each is CEL that means the same, so that objects can be written with it. A device without the
 * attribute or capacity is not wanted; none of these selectors ever fails.
 */
public final class DeviceSelectors {

  private DeviceSelectors() {}

  /** Wants the devices of one driver. */
  public static DeviceSelector driverIs(String driver) {
    return new DriverIs(driver);
  }

  /**
   * Wants devices whose attribute is this string.
   *
   * @param name the name with its domain
   * @param value the string
   * @throws IllegalArgumentException if the name has no domain
   */
  public static DeviceSelector attributeEquals(QualifiedName name, String value) {
    return new AttributeEquals(
        requireQualified(name), new AttributeValue.StringValue(value), quoted(value));
  }

  /**
   * Wants devices whose attribute is this integer.
   *
   * @param name the name with its domain
   * @param value the integer
   * @throws IllegalArgumentException if the name has no domain
   */
  public static DeviceSelector attributeEquals(QualifiedName name, long value) {
    return new AttributeEquals(
        requireQualified(name), new AttributeValue.IntValue(value), Long.toString(value));
  }

  /**
   * Wants devices whose attribute is this boolean.
   *
   * @param name the name with its domain
   * @param value the boolean
   * @throws IllegalArgumentException if the name has no domain
   */
  public static DeviceSelector attributeEquals(QualifiedName name, boolean value) {
    return new AttributeEquals(
        requireQualified(name), new AttributeValue.BoolValue(value), Boolean.toString(value));
  }

  /**
   * Wants devices whose capacity is at least this much.
   *
   * @param name the name with its domain
   * @param least the least value of the capacity
   * @throws IllegalArgumentException if the name has no domain
   */
  public static DeviceSelector capacityAtLeast(QualifiedName name, Quantity least) {
    return new CapacityAtLeast(requireQualified(name), least);
  }

  /** Wants devices that all the selectors want; every device if there are none. */
  public static DeviceSelector all(DeviceSelector... selectors) {
    return all(ImmutableList.copyOf(selectors));
  }

  /** Wants devices that all the selectors want; every device if there are none. */
  public static DeviceSelector all(List<? extends DeviceSelector> selectors) {
    return new All(ImmutableList.copyOf(selectors));
  }

  private static QualifiedName requireQualified(QualifiedName name) {
    if (!name.isQualified()) {
      throw new IllegalArgumentException(
          "A selector looks up \""
              + name
              + "\", which has no domain (R27). Put the driver before it: driver/"
              + name
              + ".");
    }
    return name;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\u%04x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }

  private static DeviceSelector.Outcome outcome(boolean wanted) {
    return wanted ? DeviceSelector.Outcome.MATCH : DeviceSelector.Outcome.NO_MATCH;
  }

  /** A selector that can always be evaluated. */
  private interface Sound extends DeviceSelector {
    @Override
    default Optional<String> defect() {
      return Optional.empty();
    }
  }

  private record DriverIs(String driver) implements Sound {

    @Override
    public String expression() {
      return "device.driver == " + quoted(driver);
    }

    @Override
    public SelectorReads reads() {
      return new SelectorReads(false, true, false, ImmutableSet.of(), ImmutableSet.of());
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return outcome(driver.equals(this.driver));
    }
  }

  private record AttributeEquals(QualifiedName name, AttributeValue value, String text)
      implements Sound {

    @Override
    public String expression() {
      String domain = "device.attributes[" + quoted(name.domain()) + "]";
      String id = quoted(name.id());
      return id + " in " + domain + " && " + domain + "[" + id + "] == " + text;
    }

    @Override
    public SelectorReads reads() {
      return new SelectorReads(false, false, false, ImmutableSet.of(name), ImmutableSet.of());
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return outcome(value.equals(device.attribute(driver, name)));
    }
  }

  private record CapacityAtLeast(QualifiedName name, Quantity least) implements Sound {

    @Override
    public String expression() {
      String domain = "device.capacity[" + quoted(name.domain()) + "]";
      String id = quoted(name.id());
      String compared = domain + "[" + id + "].compareTo(quantity(" + quoted(least.toString());
      return id + " in " + domain + " && " + compared + ")) >= 0";
    }

    @Override
    public SelectorReads reads() {
      return new SelectorReads(false, false, false, ImmutableSet.of(), ImmutableSet.of(name));
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      DeviceCapacity capacity = device.capacity(driver, name);
      return outcome(capacity != null && capacity.value().compareTo(least) >= 0);
    }
  }

  /** As in CEL, one {@code false} outweighs any failure. */
  private record All(ImmutableList<DeviceSelector> selectors) implements DeviceSelector {

    @Override
    public String expression() {
      return selectors.isEmpty()
          ? "true"
          : selectors.stream()
              .map(selector -> parenthesized(selector))
              .collect(Collectors.joining(" && "));
    }

    private static String parenthesized(DeviceSelector selector) {
      return selector instanceof Sound || selector instanceof All
          ? selector.expression()
          : "(" + selector.expression() + ")";
    }

    @Override
    public Optional<String> defect() {
      for (DeviceSelector selector : selectors) {
        Optional<String> defect = selector.defect();
        if (defect.isPresent()) {
          return defect;
        }
      }
      return Optional.empty();
    }

    @Override
    public SelectorReads reads() {
      return selectors.stream()
          .map(DeviceSelector::reads)
          .reduce(SelectorReads.NOTHING, SelectorReads::plus);
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      Outcome all = Outcome.MATCH;
      for (DeviceSelector selector : selectors) {
        Outcome outcome = selector.evaluate(driver, device);
        if (outcome instanceof Outcome.NoMatch) {
          return outcome;
        }
        if (all instanceof Outcome.Match) {
          all = outcome;
        }
      }
      return all;
    }
  }
}
