package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.read.ConsumingDevices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes what the devices of a pod take of its node: an entry of {@code
 * status.nodeAllocatableResourceClaimStatuses} for each claim with such devices (R239).
 */
final class ConsumedOfNodes {

  private final ConsumingDevices devices;
  private final boolean asIn136;

  /**
   * Prepares to write.
   *
   * @param asIn136 whether in the form of Kubernetes 1.36, one amount for each resource (R237)
   */
  ConsumedOfNodes(ConsumingDevices devices, boolean asIn136) {
    this.devices = devices;
    this.asIn136 = asIn136;
  }

  /** What one claim takes of one resource. */
  private static final class Sum {
    private Optional<Quantity> mapped = Optional.empty();
    private Quantity perPod = Quantity.ZERO;
    private Quantity perContainer = Quantity.ZERO;

    void add(NodeConsumption each, Device device, DeviceAllocation result) {
      if (each.mapping().isPresent()) {
        NodeConsumption mapping = new NodeConsumption(each.mapping(), Quantity.ZERO, Quantity.ZERO);
        Quantity amount =
            Quantity.of(
                mapping.amount(device, result.consumedCapacity(), 0),
                each.mapping().get().multiplier().format());
        mapped = Optional.of(mapped.orElse(Quantity.ZERO).plus(amount));
      }
      perPod = perPod.plus(each.perPod());
      perContainer = perContainer.plus(each.perContainer());
    }
  }

  /**
   * Returns the entry of a claim.
   *
   * @param containers the names of the containers that reference it
   * @return the entry; absent if its devices take nothing
   */
  Optional<ObjectNode> entry(Allocation allocation, List<String> containers) {
    Map<String, Sum> sums = new TreeMap<>();
    for (DeviceAllocation result : allocation.devices()) {
      devices
          .find(result.device())
          .ifPresent(
              device ->
                  device
                      .nodeConsumption()
                      .forEach(
                          (resource, each) ->
                              sums.computeIfAbsent(resource, r -> new Sum())
                                  .add(each, device, result)));
    }
    return sums.isEmpty()
        ? Optional.empty()
        : Optional.of(entry(allocation.claim().name(), containers, sums));
  }

  private ObjectNode entry(String claim, List<String> containers, Map<String, Sum> sums) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("resourceClaimName", claim);
    ArrayNode names = entry.putArray("containers");
    containers.forEach(names::add);
    if (asIn136) {
      ObjectNode resources = entry.putObject("resources");
      sums.forEach(
          (resource, sum) -> resources.put(resource, total(sum, containers.size()).toString()));
    } else {
      putMapping(entry, sums);
      putOverhead(entry, sums);
    }
    return entry;
  }

  private static Quantity total(Sum sum, int containers) {
    Quantity total = sum.mapped.orElse(Quantity.ZERO).plus(sum.perPod);
    for (int i = 0; i < containers; i++) {
      total = total.plus(sum.perContainer);
    }
    return total;
  }

  private static void putMapping(ObjectNode entry, Map<String, Sum> sums) {
    if (sums.values().stream().anyMatch(sum -> sum.mapped.isPresent())) {
      ArrayNode list = entry.putArray("mapping");
      sums.forEach(
          (resource, sum) ->
              sum.mapped.ifPresent(
                  amount ->
                      list.addObject().put("name", resource).put("quantity", amount.toString())));
    }
  }

  private static void putOverhead(ObjectNode entry, Map<String, Sum> sums) {
    if (sums.values().stream().anyMatch(ConsumedOfNodes::hasOverhead)) {
      ArrayNode list = entry.putArray("overhead");
      sums.forEach(
          (resource, sum) -> {
            if (hasOverhead(sum)) {
              ObjectNode overhead = list.addObject().put("name", resource);
              if (sum.perPod.signum() > 0) {
                overhead.put("perPod", sum.perPod.toString());
              }
              if (sum.perContainer.signum() > 0) {
                overhead.put("perContainer", sum.perContainer.toString());
              }
            }
          });
    }
  }

  private static boolean hasOverhead(Sum sum) {
    return sum.perPod.signum() > 0 || sum.perContainer.signum() > 0;
  }
}
