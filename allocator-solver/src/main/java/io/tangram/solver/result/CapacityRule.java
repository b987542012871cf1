package io.tangram.solver.result;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.reference.Defect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How much of each capacity of a device a request takes. */
@FunctionalInterface
public interface CapacityRule {

  /**
   * Returns what a request takes of every capacity of the device, or nothing if the device can't
   * serve the request even if nobody else uses it.
   *
   * @param device the device, shared or dedicated
   * @param requested the amounts asked for, under the literal names of capacities (R126)
   */
  Optional<ImmutableMap<QualifiedName, Quantity>> amounts(
      Device device, Map<QualifiedName, Quantity> requested);

  /** Returns the rule with these defects of the reference. */
  static CapacityRule of(Set<Defect> defects) {
    return defects.contains(Defect.RANGES_IN_WHOLE_UNITS)
        ? WholeUnitCapacity::of
        : ConsumedCapacity::of;
  }
}
