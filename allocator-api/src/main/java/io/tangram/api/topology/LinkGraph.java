package io.tangram.api.topology;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Sets;
import com.google.common.graph.ElementOrder;
import com.google.common.graph.ImmutableValueGraph;
import com.google.common.graph.ValueGraphBuilder;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.GpuPair;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.LinkRequirement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How each two devices of a node are joined. Several sources may know something of that, and none
 * all of it; {@link #completedBy} puts them together. The order to do that in, best first: a
 * listing of the machine itself; the catalogue, which lists machines of the kind; what follows from
 * attributes ({@link DeviceLinks}).
 *
 * <p>Immutable, and thread-safe if the devices are.
 *
 * @param <D> what stands for a device, told apart by {@code equals}
 */
public final class LinkGraph<D> {

  private static final double MB_IN_GB = 1_000;

  private final ImmutableValueGraph<D, Link> graph;

  private LinkGraph(ImmutableValueGraph<D, Link> graph) {
    this.graph = graph;
  }

  /**
   * Makes the graph of some devices.
   *
   * @param devices the devices, in their order; each counts once
   * @param link what joins two of them; asked once for each pair, the earlier device first
   */
  public static <D> LinkGraph<D> among(
      Collection<? extends D> devices, BiFunction<? super D, ? super D, Link> link) {
    ImmutableValueGraph.Builder<D, Link> graph =
        ValueGraphBuilder.undirected().nodeOrder(ElementOrder.insertion()).<D, Link>immutable();
    List<D> nodes = ImmutableSet.<D>copyOf(devices).asList();
    nodes.forEach(graph::addNode);
    for (int second = 1; second < nodes.size(); second++) {
      for (int first = 0; first < second; first++) {
        Link between = link.apply(nodes.get(first), nodes.get(second));
        if (!between.equals(Link.UNKNOWN)) {
          graph.putEdgeValue(nodes.get(first), nodes.get(second), between);
        }
      }
    }
    return new LinkGraph<>(graph.build());
  }

  /**
   * Makes the graph of some devices.
   *
   * @param devices the devices, in their order; each counts once
   * @param links what joins two of them, by the set of the two; nothing is known of other pairs
   */
  public static <D> LinkGraph<D> of(
      Collection<? extends D> devices, Map<? extends Set<? extends D>, Link> links) {
    return among(
        devices, (one, other) -> links.getOrDefault(ImmutableSet.of(one, other), Link.UNKNOWN));
  }

  /**
   * Returns the graph of the GPUs of a machine, by their numbers. Pairs that the topology gives no
   * NVLinks have none. Where it gives no way over PCIe but NUMA nodes, that is {@link
   * PciePath#NODE} inside one and {@link PciePath#SYS} between two. The rate of NVLinks is that of
   * the topology; without one, and for PCIe, the rates are those of the architecture that all of
   * its GPU models have.
   */
  public static LinkGraph<Integer> of(MachineTopology topology) {
    Link rates =
        Link.ofArchitectures(
            topology.gpuModels().stream()
                .map(GpuModel::architecture)
                .collect(ImmutableSet.toImmutableSet()));
    Link known =
        topology.nvLinkGbPerSecond().isPresent()
            ? rates.withNvLinkMbPerSecond(
                Math.round(topology.nvLinkGbPerSecond().getAsDouble() * MB_IN_GB))
            : rates;
    ImmutableSetMultimap.Builder<Integer, Integer> numaNodes = ImmutableSetMultimap.builder();
    for (int gpu = 0; gpu < topology.numaNodes().size(); gpu++) {
      OptionalInt numaNode = topology.numaNodes().get(gpu);
      if (numaNode.isPresent()) {
        numaNodes.put(gpu, numaNode.getAsInt());
      }
    }
    List<Integer> gpus = IntStream.range(0, topology.gpus()).boxed().toList();
    return LinkGraph.<Integer>among(
            gpus,
            (one, other) -> {
              GpuPair pair = GpuPair.of(one, other);
              Integer count = topology.nvLinks().get(pair);
              PciePath path = topology.paths().get(pair);
              Link link = known.withNvLinks(count == null ? 0 : count);
              return path == null ? link : link.withPath(path);
            })
        .completedBy(ofNumaNodes(gpus, numaNodes.build()));
  }

  /**
   * Returns what follows from NUMA nodes: PCIe devices with a common one are joined inside it at
   * worst, others across the interconnect of the sockets. Of devices without any nothing follows.
   *
   * @param devices the devices, in their order
   * @param numaNodes the NUMA nodes of devices, and those near to them
   */
  public static <D> LinkGraph<D> ofNumaNodes(
      Collection<? extends D> devices, SetMultimap<D, Integer> numaNodes) {
    return among(
        devices,
        (one, other) -> {
          Set<Integer> here = numaNodes.get(one);
          Set<Integer> there = numaNodes.get(other);
          return here.isEmpty() || there.isEmpty()
              ? Link.UNKNOWN
              : Link.ofPath(Collections.disjoint(here, there) ? PciePath.SYS : PciePath.NODE);
        });
  }

  /** The devices, in their order. */
  public ImmutableList<D> devices() {
    return ImmutableList.copyOf(graph.nodes());
  }

  /**
   * Returns what joins two devices; {@link Link#UNKNOWN} if nothing is known of it.
   *
   * @throws IllegalArgumentException if one of the devices is not in the graph, or both are the
   *     same
   */
  public Link link(D one, D other) {
    if (one.equals(other)) {
      throw new IllegalArgumentException("Device " + one + " has no link to itself.");
    }
    requireThere(one);
    requireThere(other);
    return graph.edgeValue(one, other).orElse(Link.UNKNOWN);
  }

  /** Returns the graph without pairs of which nothing is known. */
  public ImmutableValueGraph<D, Link> asGraph() {
    return graph;
  }

  /**
   * Returns what all pairs of a set can send each other in one direction, in MB/s: the sum of
   * {@link Link#mbPerSecond}. 0 for fewer than two devices.
   *
   * @throws IllegalArgumentException if one of them is not in the graph
   */
  public long aggregateMbPerSecond(Collection<? extends D> devices) {
    return rates(devices).sum();
  }

  /**
   * Returns what the slowest pair of a set can send each other in one direction, in MB/s. Empty for
   * fewer than two devices.
   *
   * @throws IllegalArgumentException if one of them is not in the graph
   */
  public OptionalLong worstPairMbPerSecond(Collection<? extends D> devices) {
    return rates(devices).min();
  }

  /**
   * Returns whether NVLinks join all pairs of a set. True for fewer than two devices.
   *
   * @throws IllegalArgumentException if one of them is not in the graph
   */
  public boolean areJoinedByNvLinks(Collection<? extends D> devices) {
    return links(devices).stream().allMatch(link -> link.kind() == LinkKind.NVLINK);
  }

  /**
   * Returns whether all pairs of a set have what is required. True for fewer than two devices.
   *
   * @throws IllegalArgumentException if one of them is not in the graph
   */
  public boolean meets(LinkRequirement requirement, Collection<? extends D> devices) {
    return worstPairMbPerSecond(devices).orElse(Long.MAX_VALUE) >= requirement.leastMbPerSecond()
        && (!requirement.byNvLinks() || areJoinedByNvLinks(devices));
  }

  private LongStream rates(Collection<? extends D> devices) {
    return links(devices).stream().mapToLong(Link::mbPerSecond);
  }

  private List<Link> links(Collection<? extends D> devices) {
    List<D> members = ImmutableSet.<D>copyOf(devices).asList();
    List<Link> links = new ArrayList<>();
    members.forEach(this::requireThere);
    for (int second = 1; second < members.size(); second++) {
      for (int first = 0; first < second; first++) {
        links.add(link(members.get(first), members.get(second)));
      }
    }
    return links;
  }

  private void requireThere(D device) {
    if (!graph.nodes().contains(device)) {
      throw new IllegalArgumentException(
          "Device " + device + " is not in the graph, which has " + devices() + ".");
    }
  }

  /**
   * Returns the devices of both graphs, those of this one first, and of each pair what this graph
   * knows, and what it doesn't know as the other one has it ({@link Link#completedBy}).
   */
  public LinkGraph<D> completedBy(LinkGraph<D> other) {
    return among(
        Sets.union(graph.nodes(), other.graph.nodes()),
        (one, second) -> linkIfThere(one, second).completedBy(other.linkIfThere(one, second)));
  }

  private Link linkIfThere(D one, D other) {
    return graph.nodes().contains(one) && graph.nodes().contains(other)
        ? link(one, other)
        : Link.UNKNOWN;
  }

  /**
   * Returns the graph with other devices in the place of these, such as those of a node for the
   * numbers of a catalogue's machine. A device for which nothing stands is left out.
   *
   * @throws IllegalArgumentException if one stands for two
   */
  public <E> LinkGraph<E> named(Function<? super D, Optional<E>> name) {
    Map<E, D> originals = new LinkedHashMap<>();
    for (D device : graph.nodes()) {
      Optional<E> named = name.apply(device);
      if (named.isPresent()) {
        @Nullable D earlier = originals.putIfAbsent(named.get(), device);
        if (earlier != null) {
          throw new IllegalArgumentException(
              named.get() + " stands for both devices " + earlier + " and " + device + ".");
        }
      }
    }
    return among(
        originals.keySet(),
        (one, other) ->
            link(
                Objects.requireNonNull(originals.get(one)),
                Objects.requireNonNull(originals.get(other))));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LinkGraph<?> that
        && devices().equals(that.devices())
        && graph.equals(that.graph);
  }

  @Override
  public int hashCode() {
    return graph.hashCode();
  }

  /** Returns the pairs of which something is known, as {@code [0, 1] -> NV2 50000 MB/s}. */
  @Override
  public String toString() {
    return graph.toString();
  }
}
