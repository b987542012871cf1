package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a problem publishes, by name, and which devices answer a request. Thread-safe. */
final class ClusterIndex {

  private final PublishedPools pools;
  private final ImmutableMap<String, Node> nodes;
  private final ImmutableMap<String, DeviceClass> classes;
  private final SelectorOutcomes selectors = new SelectorOutcomes();
  private final DeviceMeasures measures;
  private final ImmutableSet<String> adminNamespaces;

  ClusterIndex(AllocationProblem problem) {
    this.pools = PublishedPools.of(problem.slices());
    this.nodes = Maps.uniqueIndex(problem.nodes(), Node::name);
    this.classes = Maps.uniqueIndex(problem.deviceClasses(), DeviceClass::name);
    this.measures = new DeviceMeasures(problem.slices());
    this.adminNamespaces = problem.adminNamespaces();
  }

  /** Returns whether claims of the namespace may ask for administrative access (R81). */
  boolean isAdminNamespace(String namespace) {
    return adminNamespaces.contains(namespace);
  }

  /** How large devices and their parts are. */
  DeviceMeasures measures() {
    return measures;
  }

  /** The pools. */
  PublishedPools pools() {
    return pools;
  }

  /** Returns the node of this name, or null if there is none. */
  @Nullable Node node(String name) {
    return nodes.get(name);
  }

  /** Returns the class of this name, or null if there is none. */
  @Nullable DeviceClass deviceClass(String name) {
    return classes.get(name);
  }

  /**
   * Returns why the request can't be met by any device, if so: its class does not exist (R39), or a
   * selector does not compile (R54).
   */
  Optional<Refusal> defect(DeviceRequest wanted) {
    DeviceClass deviceClass = classes.get(wanted.deviceClass());
    return deviceClass == null
        ? Optional.of(missing(wanted))
        : Stream.concat(deviceClass.selectors().stream(), wanted.selectors().stream())
            .flatMap(selector -> SelectorOutcomes.defect(selector).stream())
            .findFirst();
  }

  private static Refusal missing(DeviceRequest wanted) {
    return new Refusal("R39", "device class " + wanted.deviceClass() + " does not exist");
  }

  /** Returns why class or selectors don't admit the device to the request, if so (R39, R57). */
  Optional<Refusal> refusal(DeviceRequest wanted, String driver, Device device) {
    DeviceClass deviceClass = classes.get(wanted.deviceClass());
    return deviceClass == null
        ? Optional.of(missing(wanted))
        : selectors.refusal(deviceClass, wanted, driver, device);
  }

  /**
   * Returns the devices that mode All takes on a node, free or not, in the order in which they are
   * offered (R65, R71).
   */
  AllSet allOf(DeviceRequest wanted, Node node) {
    ImmutableList.Builder<DeviceId> devices = ImmutableList.builder();
    for (PoolView pool : pools.seenFrom(node)) {
      if (pool.blocksAll()) {
        String message = "pool " + pool.pool() + " rules it out: " + pool.refusal().get().message();
        return new AllSet(ImmutableList.of(), Optional.of(new Refusal("R69", message)));
      }
      if (pool.isObsolete()) {
        continue;
      }
      for (Published each : pool.visibleTo(node)) {
        Optional<Refusal> refusal = refusal(wanted, pool.pool().driver(), each.device());
        if (refusal.isEmpty()) {
          if (CapacityDemand.of(each.device(), wanted.capacityRequests()).refusal().isEmpty()) {
            devices.add(pool.idOf(each.device()));
          }
        } else if (!refusal.get().rule().equals("R57")) {
          return new AllSet(ImmutableList.of(), refusal);
        }
      }
    }
    return new AllSet(devices.build(), Optional.empty());
  }

  /**
   * What mode All takes on a node.
   *
   * @param devices the devices; without any the request can't be met (R66)
   * @param refusal why they can't be told, if so (R55, R69)
   */
  record AllSet(ImmutableList<DeviceId> devices, Optional<Refusal> refusal) {}
}
