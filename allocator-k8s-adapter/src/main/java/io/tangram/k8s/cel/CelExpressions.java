package io.tangram.k8s.cel;

import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.read.Expressions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes device selectors and derived attributes from CEL expressions, as DeviceClasses and
 * ResourceClaims have them. What an expression may use, and what it then says of a device, is what
 * Kubernetes has (section 4 of the rules).
 *
 * <p>An expression may use all that the scheduler of the newest version known compiles, whatever
 * version of Kubernetes and whatever gates a problem is looked at with: the scheduler takes stored
 * expressions as they are (R49), and lists and {@code includes} compile with their gate off too
 * (R46). What an expression then sees are devices without the features that are off: it fails on
 * one with a list, and finds {@code device.allowMultipleAllocations} false.
 *
 * <p>Thread-safe. Each text is compiled once, when what it stands for is first used.
 */
public final class CelExpressions implements Expressions {

  /** How many of a kind are kept; then they are forgotten, which costs compiling them again. */
  private static final int MAX_KEPT = 1 << 14;

  private final Map<String, DeviceSelector> selectors = new ConcurrentHashMap<>();
  private final Map<String, DerivedAttribute> attributes = new ConcurrentHashMap<>();

  /** Makes an instance that knows no expression yet. */
  public CelExpressions() {}

  /** An expression that does not compile gives a selector with a defect (R54). */
  @Override
  public DeviceSelector selector(String expression) {
    return kept(selectors, expression, CelSelector::new);
  }

  /** An expression that does not compile gives an attribute with a defect. */
  @Override
  public DerivedAttribute derivedAttribute(String expression) {
    return kept(attributes, expression, CelDerivedAttribute::new);
  }

  private static <T> T kept(Map<String, T> known, String expression, Function<String, T> maker) {
    if (known.size() >= MAX_KEPT) {
      known.clear();
    }
    return known.computeIfAbsent(expression, maker);
  }

  /**
   * Loads what compiling and evaluating need, which otherwise the first selector would have to wait
   * for. To be called on a thread that has nothing better to do.
   *
   * @throws IllegalStateException if the CEL library does not work as it should
   */
  public static void warmUp() {
    DeviceSelector typical =
        new CelSelector(
            "device.driver == 'warm.up' && device.attributes['warm.up'].id == 'a' &&"
                + " device.capacity['warm.up'].size.compareTo(quantity('1Gi')) >= 0");
    Device device =
        Device.builder()
            .name("warm-up")
            .putAttributes(QualifiedName.of("", "id"), new StringValue("a"))
            .putCapacity(QualifiedName.of("", "size"), DeviceCapacity.of(Quantity.gibibytes(1)))
            .build();
    if (!typical.evaluate("warm.up", device).equals(Outcome.MATCH)) {
      throw new IllegalStateException("CEL does not work: " + typical.evaluate("warm.up", device));
    }
  }
}
