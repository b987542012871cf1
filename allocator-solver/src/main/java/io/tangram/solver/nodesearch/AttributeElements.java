package io.tangram.solver.nodesearch;

import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.solver.compile.ClaimShape.Tie;
import io.tangram.solver.compile.DeviceTable;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values as ascending arrays of numbers, one for each distinct element: a scalar is a set
 * of one (R101), elements of different types are different (R99). Not thread-safe.
 */
final class AttributeElements {

  private static final int[] NONE = {};

  private final DeviceTable devices;
  private final Map<Element, Integer> numbers = new HashMap<>();
  private final IdentityHashMap<AttributeValue, int[]> known = new IdentityHashMap<>();
  private final IdentityHashMap<AttributeValue, int[]> knownExclusive = new IdentityHashMap<>();

  AttributeElements(DeviceTable devices) {
    this.devices = devices;
  }

  /**
   * The elements that a constraint compares of a device; none where it lacks the attribute (R28,
   * R97).
   */
  int[] of(int device, Tie tie) {
    AttributeValue value = value(device, tie);
    if (value == null) {
      return NONE;
    }
    return switch (tie.kind()) {
      case MATCH -> known.computeIfAbsent(value, each -> number(each.elements()));
      case DISTINCT ->
          knownExclusive.computeIfAbsent(value, each -> number(each.exclusiveElements()));
    };
  }

  /** Whether the value is a list where lists are off. */
  boolean isUnread(int device, Tie tie) {
    AttributeValue value = value(device, tie);
    return value != null && value.type() == AttributeValue.Type.UNREAD_LIST;
  }

  private @Nullable AttributeValue value(int device, Tie tie) {
    return devices.device(device).attribute(devices.driver(device), tie.attribute());
  }

  private int[] number(Set<Element> elements) {
    return elements.stream()
        .mapToInt(element -> numbers.computeIfAbsent(element, e -> numbers.size()))
        .sorted()
        .toArray();
  }
}
