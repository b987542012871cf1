package io.tangram.solver.model;

import com.google.common.collect.Iterables;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.DeviceTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which devices keep to the constraints on one alternative, beside those it has already. */
final class TieFilter {

  private final DeviceTable devices;
  private final Map<QualifiedName, Element> matched = new LinkedHashMap<>();
  private final Map<QualifiedName, Set<Element>> distinct = new LinkedHashMap<>();

  /**
   * Lets in what keeps to constraints.
   *
   * @param values the value that each matchAttribute is to have
   */
  TieFilter(
      DeviceTable devices, List<ClaimShape.Tie> constraints, Map<ClaimShape.Tie, Element> values) {
    this.devices = devices;
    for (ClaimShape.Tie tie : constraints) {
      Element value = values.get(tie);
      if (value != null) {
        matched.put(tie.attribute(), value);
      } else {
        distinct.put(tie.attribute(), new HashSet<>());
      }
    }
  }

  /** The value of an attribute, of which countable devices have one at most. */
  static @Nullable Element value(DeviceTable devices, int device, QualifiedName attribute) {
    AttributeValue value = devices.device(device).attribute(devices.driver(device), attribute);
    return value == null ? null : Iterables.getOnlyElement(value.elements());
  }

  /** Whether there are no constraints. */
  boolean isOpen() {
    return matched.isEmpty() && distinct.isEmpty();
  }

  /** Whether the device may join those taken. */
  boolean admits(int device) {
    for (Map.Entry<QualifiedName, Element> each : matched.entrySet()) {
      if (!each.getValue().equals(value(devices, device, each.getKey()))) {
        return false;
      }
    }
    for (Map.Entry<QualifiedName, Set<Element>> each : distinct.entrySet()) {
      Element value = value(devices, device, each.getKey());
      if (value == null || each.getValue().contains(value)) {
        return false;
      }
    }
    return true;
  }

  /** Notes that the device is taken. */
  void take(int device) {
    for (Map.Entry<QualifiedName, Set<Element>> each : distinct.entrySet()) {
      Element value = value(devices, device, each.getKey());
      if (value != null) {
        each.getValue().add(value);
      }
    }
  }
}
