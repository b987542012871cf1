package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what devices take of nodes: {@code nodeAllocatableResources} (R239), or {@code
 * nodeAllocatableResourceMappings} as Kubernetes 1.36 had them (R237).
 */
final class NodeConsumptionParser {

  private static final String RULE = "R239";
  private static final String RULE_OF_136 = "R237";

  private final ParseContext context;

  NodeConsumptionParser(ParseContext context) {
    this.context = context;
  }

  /**
   * Reads what a device takes, by resource.
   *
   * @param driver the driver of the device
   * @param capacities the names of its capacities as they are written
   */
  ImmutableMap<String, NodeConsumption> parse(
      Field device, String driver, Set<QualifiedName> capacities) {
    Field mappings = device.get("nodeAllocatableResourceMappings");
    Field resources = device.get("nodeAllocatableResources");
    if (mappings.isPresent() && resources.isPresent()) {
      throw device.bad(
          "has both nodeAllocatableResources and nodeAllocatableResourceMappings; set one of them ("
              + RULE
              + ").");
    }
    ImmutableMap.Builder<String, NodeConsumption> read = ImmutableMap.builder();
    for (Field mapping : mappings.mapEntries()) {
      read.put(mapping.key(), of136(mapping, driver, capacities));
    }
    for (Field resource : resources.mapEntries()) {
      read.put(resource.key(), of137(resource, driver, capacities));
    }
    return read.buildOrThrow();
  }

  private NodeConsumption of136(Field mapping, String driver, Set<QualifiedName> capacities) {
    context.expectOnly(ImmutableSet.of("allocationMultiplier", "capacityKey"), mapping);
    return new NodeConsumption(
        Optional.of(
            new NodeConsumption.Mapping(
                capacity(mapping.get("capacityKey"), driver, capacities),
                amount(mapping.get("allocationMultiplier"), RULE_OF_136).orElse(Quantity.ONE))),
        Quantity.ZERO,
        Quantity.ZERO);
  }

  private NodeConsumption of137(Field resource, String driver, Set<QualifiedName> capacities) {
    context.expectOnly(ImmutableSet.of("mapping", "overhead"), resource);
    Field mapping = resource.get("mapping");
    Field overhead = resource.get("overhead");
    if (!mapping.isPresent() && !overhead.isPresent()) {
      throw resource.bad("sets neither mapping nor overhead; set one or both (" + RULE + ").");
    }
    context.expectOnly(ImmutableSet.of("perPod", "perContainer"), overhead);
    return new NodeConsumption(
        mapping.isPresent() ? Optional.of(mapping(mapping, driver, capacities)) : Optional.empty(),
        amount(overhead.get("perPod"), RULE).orElse(Quantity.ZERO),
        amount(overhead.get("perContainer"), RULE).orElse(Quantity.ZERO));
  }

  private NodeConsumption.Mapping mapping(
      Field mapping, String driver, Set<QualifiedName> capacities) {
    context.expectOnly(
        ImmutableSet.of("deviceMultiplier", "capacityKey", "capacityMultiplier"), mapping);
    Optional<Quantity> ofDevice = amount(mapping.get("deviceMultiplier"), RULE);
    Optional<QualifiedName> capacity = capacity(mapping.get("capacityKey"), driver, capacities);
    if (ofDevice.isPresent() == capacity.isPresent()) {
      throw mapping.bad("set exactly one of deviceMultiplier and capacityKey (" + RULE + ").");
    }
    return new NodeConsumption.Mapping(
        capacity,
        ofDevice.orElseGet(
            () -> amount(mapping.get("capacityMultiplier"), RULE).orElse(Quantity.ONE)));
  }

  private static Optional<Quantity> amount(Field field, String rule) {
    Optional<Quantity> amount = field.quantity();
    if (amount.isPresent() && amount.get().signum() < 0) {
      throw field.bad(amount.get() + " must not be negative (" + rule + ").");
    }
    return amount;
  }

  /** The capacity that a key means: by its literal name, else by that in the driver's domain. */
  private Optional<QualifiedName> capacity(
      Field key, String driver, Set<QualifiedName> capacities) {
    if (key.text().isEmpty()) {
      return Optional.empty();
    }
    QualifiedName name = QualifiedName.parse(key.text());
    if (capacities.contains(name)) {
      return Optional.of(name);
    }
    for (QualifiedName capacity : capacities) {
      if (capacity.in(driver).equals(name.in(driver))) {
        return Optional.of(capacity);
      }
    }
    context.warnOfRefusable(key, "\"" + name + "\" is no capacity of the device (" + RULE + ")");
    return Optional.of(name);
  }
}
