package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelection.OneNode;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.LinkGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the devices of nodes are joined, by all that is known of that: a listing of the node itself,
 * the hardware catalogue, the attributes of devices, the NUMA nodes of the listing, in this order.
 * The GPUs of a listing and of the catalogue are those of a node in the order of their PCI
 * addresses.
 */
final class NodeLinks {

  private static final QualifiedName BUS_ID =
      QualifiedName.of("resource.kubernetes.io", "pciBusID");

  private final ImmutableList<NodeListing> listings;
  private final ReadWarnings warnings;
  private final NodeMachines machines;
  private final Map<String, Map<DeviceId, Device>> devices = new HashMap<>();
  private final Set<NodeListing> used = new HashSet<>();

  private NodeLinks(
      AllocationProblem problem, ImmutableList<NodeListing> listings, ReadWarnings warnings) {
    this.listings = listings;
    this.warnings = warnings;
    this.machines = new NodeMachines(problem);
    problem.nodes().forEach(node -> devices.put(node.name(), new LinkedHashMap<>()));
    problem.slices().forEach(this::collect);
  }

  /**
   * Returns what is known of the nodes of a problem.
   *
   * @param listings of those that are for a node the first one counts
   * @param warnings where it is said that a listing doesn't fit
   */
  static ImmutableMap<String, LinkGraph<DeviceId>> of(
      AllocationProblem problem, ImmutableList<NodeListing> listings, ReadWarnings warnings) {
    NodeLinks links = new NodeLinks(problem, listings, warnings);
    ImmutableMap.Builder<String, LinkGraph<DeviceId>> graphs = ImmutableMap.builder();
    problem.nodes().forEach(node -> graphs.put(node.name(), links.graph(node)));
    links.warnOfUnused();
    return graphs.buildOrThrow();
  }

  private void collect(ResourceSlice slice) {
    for (Device device : slice.devices()) {
      Optional<NodeSelection> nodes =
          slice.nodes() instanceof NodeSelection.PerDevice
              ? device.nodes()
              : Optional.of(slice.nodes());
      if (nodes.isPresent() && nodes.get() instanceof OneNode one) {
        Map<DeviceId, Device> here = devices.get(one.node());
        if (here != null) {
          here.put(slice.idOf(device), device);
        }
      }
    }
  }

  private LinkGraph<DeviceId> graph(Node node) {
    Map<DeviceId, Device> here = devices.getOrDefault(node.name(), Map.of());
    LinkGraph<DeviceId> byAttributes = DeviceLinks.among(node, here);
    Gpus gpus = Gpus.of(here);
    if (gpus.byAddress().isEmpty()) {
      warnWithoutAddresses(node, gpus);
      return byAttributes;
    }
    Optional<TopologyListing> listing = listing(node, gpus);
    Optional<LinkGraph<DeviceId>> listed =
        listing.map(each -> each.links().named(name -> gpus.listed(each, name)));
    Optional<LinkGraph<DeviceId>> near =
        listing.map(each -> each.numaLinks().named(name -> gpus.listed(each, name)));
    LinkGraph<DeviceId> known =
        topology(node)
            .filter(topology -> topology.gpus() == gpus.byAddress().size())
            .map(topology -> LinkGraph.of(topology).named(gpus::numbered))
            .map(graph -> graph.completedBy(byAttributes))
            .orElse(byAttributes);
    LinkGraph<DeviceId> all = listed.map(graph -> graph.completedBy(known)).orElse(known);
    return near.map(all::completedBy).orElse(all);
  }

  /** The topology of the machine that the node is, if it can be only one. */
  private Optional<MachineTopology> topology(Node node) {
    ImmutableSet<MachineTopology> topologies =
        machines.of(node).stream()
            .flatMap(name -> HardwareCatalog.standard().machine(name).topology().stream())
            .collect(ImmutableSet.toImmutableSet());
    return topologies.size() == 1 ? topologies.stream().findFirst() : Optional.empty();
  }

  private Optional<TopologyListing> listing(Node node, Gpus gpus) {
    Optional<NodeListing> first =
        listings.stream().filter(each -> each.isFor(node, machines)).findFirst();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    used.add(first.get());
    if (first.get().gpus() != gpus.byAddress().size()) {
      warn(
          first.get(),
          "lists "
              + first.get().gpus()
              + " GPUs, but node "
              + node.name()
              + " has "
              + gpus.byAddress().size());
      return Optional.empty();
    }
    return first.map(NodeListing::listing);
  }

  private void warnWithoutAddresses(Node node, Gpus gpus) {
    if (gpus.unplaced() > 0) {
      listings.stream()
          .filter(each -> each.isFor(node, machines))
          .findFirst()
          .ifPresent(
              listing -> {
                used.add(listing);
                warn(
                    listing,
                    "is for node " + node.name() + ", where GPUs have no attribute " + BUS_ID);
              });
    }
  }

  private void warn(NodeListing listing, String problem) {
    warnings.count(
        "listing " + listing.source() + listing.labels() + listing.model(),
        times ->
            listing.source()
                + ": "
                + problem
                + "; it is not used there"
                + (times == 1 ? "" : ", and so it is with " + (times - 1) + " more nodes")
                + ". Name the nodes that it is for.");
  }

  private void warnOfUnused() {
    listings.stream()
        .filter(listing -> !used.contains(listing))
        .forEach(
            listing ->
                warnings.add(
                    listing.source()
                        + ": there is no node with NVIDIA GPUs that it is for, or another listing"
                        + " comes first."));
  }

  /**
   * NVIDIA's GPUs of a node, whole or in partitions.
   *
   * @param byAddress the GPUs, by their addresses; no device where only partitions are published
   * @param unplaced how many devices don't say their address
   */
  private record Gpus(TreeMap<PciAddress, Optional<DeviceId>> byAddress, int unplaced) {

    static Gpus of(Map<DeviceId, Device> devices) {
      TreeMap<PciAddress, Optional<DeviceId>> byAddress = new TreeMap<>();
      int unplaced = 0;
      for (Map.Entry<DeviceId, Device> each : devices.entrySet()) {
        if (each.getKey().driver().equals(NvidiaDriver.NAME)) {
          Optional<PciAddress> address = text(each, BUS_ID).flatMap(PciAddress::parse);
          boolean isWhole = text(each, NvidiaDriver.TYPE).orElse("").equals("gpu");
          Optional<DeviceId> gpu = isWhole ? Optional.of(each.getKey()) : Optional.empty();
          address.ifPresent(
              place -> byAddress.merge(place, gpu, (one, other) -> one.or(() -> other)));
          unplaced += address.isEmpty() ? 1 : 0;
        }
      }
      return unplaced > 0 ? new Gpus(new TreeMap<>(), unplaced) : new Gpus(byAddress, 0);
    }

    private static Optional<String> text(Map.Entry<DeviceId, Device> device, QualifiedName name) {
      return device.getValue().attribute(device.getKey().driver(), name) instanceof StringValue text
          ? Optional.of(text.value())
          : Optional.empty();
    }

    Optional<DeviceId> numbered(int gpu) {
      return List.copyOf(byAddress.values()).get(gpu);
    }

    /** The device that a listing has under a name; NICs are known by their attributes only. */
    Optional<DeviceId> listed(TopologyListing listing, String name) {
      List<String> gpus =
          listing.devices().stream().filter(ListedDevice::isGpu).map(ListedDevice::name).toList();
      int number = gpus.indexOf(name);
      return number < 0 ? Optional.empty() : numbered(number);
    }
  }
}
