package io.tangram.solver.nodesearch;

import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.DeviceTable;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Attribute values as ascending arrays of numbers, one for each distinct element: a scalar is a set
 * of one (R101), elements of different types are different (R99). Not thread-safe.
 */
final class AttributeElements {

  private static final int[] NONE = {};

  private final DeviceTable devices;
  private final Map<Element, Integer> numbers = new HashMap<>();
  private final IdentityHashMap<AttributeValue, int[]> known = new IdentityHashMap<>();

  AttributeElements(DeviceTable devices) {
    this.devices = devices;
  }

  /** The elements of a device's attribute; none where it lacks the attribute (R28, R97). */
  int[] of(int device, QualifiedName attribute) {
    AttributeValue value = devices.device(device).attribute(devices.driver(device), attribute);
    return value == null ? NONE : known.computeIfAbsent(value, this::number);
  }

  private int[] number(AttributeValue value) {
    return value.elements().stream()
        .mapToInt(element -> numbers.computeIfAbsent(element, e -> numbers.size()))
        .sorted()
        .toArray();
  }
}
