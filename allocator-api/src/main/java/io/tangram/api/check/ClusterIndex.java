package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Streams;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.Node;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import io.tangram.api.topology.LinkGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
  private final ImmutableMap<String, LinkGraph<DeviceId>> links;
  private final ConcurrentMap<PoolId, PoolSight> sights = new ConcurrentHashMap<>();

  ClusterIndex(AllocationProblem problem) {
    this.pools = PublishedPools.of(problem.slices());
    this.nodes = Maps.uniqueIndex(problem.nodes(), Node::name);
    this.classes = Maps.uniqueIndex(problem.deviceClasses(), DeviceClass::name);
    this.measures = new DeviceMeasures(problem.slices());
    this.adminNamespaces = problem.adminNamespaces();
    this.links = problem.links();
  }

  /** Returns whether claims of the namespace may ask for administrative access (R81). */
  boolean isAdminNamespace(String namespace) {
    return adminNamespaces.contains(namespace);
  }

  /** How devices are joined, by the name of the node, where that is given. */
  ImmutableMap<String, LinkGraph<DeviceId>> links() {
    return links;
  }

  /** How large devices and their parts are. */
  DeviceMeasures measures() {
    return measures;
  }

  /** The pools. */
  PublishedPools pools() {
    return pools;
  }

  /** Returns which devices of a pool nodes see, in time proportional to nodes and devices. */
  PoolSight sight(PoolId id) {
    return sights.computeIfAbsent(id, this::look);
  }

  private PoolSight look(PoolId id) {
    Map<PoolView, List<Node>> viewers = new LinkedHashMap<>();
    PublishedPool pool = pools.find(id);
    if (pool != null) {
      for (Node node : nodesThatMaySee(pool)) {
        pools
            .seenFrom(node, id)
            .ifPresent(view -> viewers.computeIfAbsent(view, each -> new ArrayList<>()).add(node));
      }
    }
    return new PoolSight(viewers);
  }

  private Iterable<Node> nodesThatMaySee(PublishedPool pool) {
    return pool.mayServeSeveralNodes()
        ? nodes.values()
        : Streams.stream(pool.nodesWithSlices())
            .flatMap(name -> Optional.ofNullable(nodes.get(name)).stream())
            .collect(ImmutableList.toImmutableList());
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
   * selector (R54) or a derived attribute (R234) does not compile.
   */
  Optional<Refusal> defect(DeviceRequest wanted) {
    DeviceClass deviceClass = classes.get(wanted.deviceClass());
    return deviceClass == null
        ? Optional.of(missing(wanted))
        : SelectorOutcomes.defect(deviceClass.selectors())
            .or(() -> SelectorOutcomes.defect(wanted.selectors()))
            .or(() -> SelectorOutcomes.defect(wanted.derivedAttributes()));
  }

  private static Refusal missing(DeviceRequest wanted) {
    return new Refusal("R39", "device class " + wanted.deviceClass() + " does not exist");
  }

  /** Returns what the request and the selectors of its class look at. */
  SelectorReads reads(DeviceRequest wanted) {
    DeviceClass deviceClass = classes.get(wanted.deviceClass());
    Stream<DeviceSelector> selectors =
        Stream.concat(
            deviceClass == null ? Stream.empty() : deviceClass.selectors().stream(),
            wanted.selectors().stream());
    return Stream.concat(
            selectors.map(DeviceSelector::reads),
            wanted.derivedAttributes().values().stream().map(DerivedAttribute::reads))
        .reduce(SelectorReads.NOTHING, SelectorReads::plus);
  }

  /** Returns the attribute as constraints on the request see it (R28, R234); null without value. */
  @Nullable AttributeValue attribute(
      DeviceRequest wanted, QualifiedName name, String driver, Device device) {
    return selectors.attribute(wanted, name, driver, device);
  }

  /**
   * Returns why class or selectors don't admit the device to the request, or one of its derived
   * attributes has no value, if so (R39, R57, R234).
   */
  Optional<Refusal> refusal(DeviceRequest wanted, String driver, Device device) {
    DeviceClass deviceClass = classes.get(wanted.deviceClass());
    return deviceClass == null
        ? Optional.of(missing(wanted))
        : selectors.refusal(deviceClass, wanted, driver, device);
  }

  /**
   * Returns the devices that mode All takes on a node, free or not (R65, R71). Those of outdated
   * pools may be taken or left: the reference overlooks that such a pool is outdated where as many
   * slices are seen as are announced (R11), which only first-fit has to imitate.
   */
  AllSet allOf(DeviceRequest wanted, Node node) {
    ImmutableSet.Builder<DeviceId> required = ImmutableSet.builder();
    ImmutableSet.Builder<DeviceId> allowed = ImmutableSet.builder();
    for (PoolView pool : pools.seenFrom(node)) {
      if (pool.blocksAll()) {
        String message = "pool " + pool.pool() + " rules it out: " + pool.refusal().get().message();
        return AllSet.unknown(new Refusal("R69", message));
      }
      if (pool.refusal().isPresent()) {
        continue;
      }
      for (Published each : pool.visibleTo(node)) {
        if (each.device().isHidden()) {
          continue; // it matches no request (R161)
        }
        Optional<Refusal> refusal = refusal(wanted, pool.pool().driver(), each.device());
        if (refusal.isPresent() && !refusal.get().rule().equals("R57") && !pool.outdated()) {
          return AllSet.unknown(refusal.get());
        }
        if (refusal.isEmpty()
            && CapacityDemand.of(each.device(), wanted.capacityRequests()).refusal().isEmpty()) {
          (pool.outdated() ? allowed : required).add(pool.idOf(each.device()));
        }
      }
    }
    return new AllSet(required.build(), allowed.build(), Optional.empty());
  }

  /**
   * What mode All takes on a node. Without any device the request can't be met (R66).
   *
   * @param required the devices that it takes
   * @param allowed the devices that it takes or leaves
   * @param refusal why they can't be told, if so (R55, R69)
   */
  record AllSet(
      ImmutableSet<DeviceId> required, ImmutableSet<DeviceId> allowed, Optional<Refusal> refusal) {

    private static AllSet unknown(Refusal refusal) {
      return new AllSet(ImmutableSet.of(), ImmutableSet.of(), Optional.of(refusal));
    }
  }
}
