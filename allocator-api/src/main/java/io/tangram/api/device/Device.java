package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/** A device as its driver publishes it (section 1.1 of the rules). */
@Value.Immutable
public interface Device {

  /** The name, unique in the pool (R16). */
  String name();

  /** The attributes under the names the driver wrote, in its order. */
  ImmutableMap<QualifiedName, AttributeValue> attributes();

  /** The capacities under the names the driver wrote, in its order. */
  ImmutableMap<QualifiedName, DeviceCapacity> capacity();

  /** What an allocation of the device takes from counter sets of the pool, at most two of them. */
  ImmutableList<CounterConsumption> consumesCounters();

  /** What its use takes of resources of the node, by their names (R239). */
  ImmutableMap<String, NodeConsumption> nodeConsumption();

  /** The taints, those of rules included (R152). */
  ImmutableList<Taint> taints();

  /** Which nodes see the device; present only where the slice leaves that to its devices. */
  Optional<NodeSelection> nodes();

  /** Whether an allocation ties the claim to the node it was made for (R164). */
  @Value.Default
  default boolean bindsToNode() {
    return false;
  }

  /** Conditions that must be true before a pod is bound (section 10 of the rules). */
  ImmutableList<String> bindingConditions();

  /** Conditions of which none may be true before a pod is bound. */
  ImmutableList<String> bindingFailureConditions();

  /** Whether several claims may share the device: a <em>shared</em> device, else dedicated. */
  @Value.Default
  default boolean allowMultipleAllocations() {
    return false;
  }

  /** What keeps the device from every claim, if anything does. */
  Optional<Barrier> barrier();

  /**
   * Whether the device is a part of a resource of the node: a claim that has one is for one
   * workload, of which a container references it (R238).
   */
  default boolean isPartOfNode() {
    return nodeConsumption().values().stream().anyMatch(each -> each.mapping().isPresent());
  }

  /** Whether no request matches the device, whatever its selectors say (R161). */
  default boolean isHidden() {
    return barrier().isPresent() && !barrier().get().counts();
  }

  /**
   * Returns the attribute that a constraint means by {@code name}: the literal name first, else, if
   * its domain is the driver, the bare identifier (R28).
   *
   * @param driver the driver of the device's pool
   * @param name the fully qualified name
   * @return the value, or null if the device has no such attribute
   */
  default @Nullable AttributeValue attribute(String driver, QualifiedName name) {
    AttributeValue literal = attributes().get(name);
    return literal != null || !name.domain().equals(driver)
        ? literal
        : attributes().get(name.bare());
  }

  /**
   * Returns the capacity that a selector means by {@code name}: the literal name first, else, if
   * its domain is the driver, the bare identifier (R27). Capacity requests don't look names up this
   * way (R126).
   *
   * @param driver the driver of the device's pool
   * @param name the fully qualified name
   * @return the capacity, or null if the device has no such one
   */
  default @Nullable DeviceCapacity capacity(String driver, QualifiedName name) {
    DeviceCapacity literal = capacity().get(name);
    return literal != null || !name.domain().equals(driver) ? literal : capacity().get(name.bare());
  }

  /** Returns an empty builder; only the name has no default. */
  static ImmutableDevice.Builder builder() {
    return ImmutableDevice.builder();
  }
}
