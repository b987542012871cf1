package io.tangram.solver.compile;

import io.tangram.api.AllocationProblem;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.LinkGraph;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What each two devices of a node can send each other, in MB/s in one direction, looked up node by
 * node when it is asked for. Dedicated devices have rates that are published for the node by its
 * name and known to its links. Thread-safe.
 */
public final class LinkRates {

  /**
   * Those of one node.
   *
   * @param graph how the devices that have rates are joined
   * @param devices these devices, ascending
   * @param rates in MB/s, as {@code [device][device]} by places in {@code devices}; 0 on the
   *     diagonal
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record OfNode(LinkGraph<Integer> graph, int[] devices, long[][] rates) {

    /** Returns the place of a device; negative if it has no rates. */
    public int place(int device) {
      return Arrays.binarySearch(devices, device);
    }
  }

  private final AllocationProblem problem;
  private final DeviceTable devices;
  private final ConcurrentMap<Integer, OfNode> ofNodes = new ConcurrentHashMap<>();

  LinkRates(AllocationProblem problem, DeviceTable devices) {
    this.problem = problem;
    this.devices = devices;
  }

  /** Returns the rates of a node. */
  public OfNode of(int node) {
    return ofNodes.computeIfAbsent(node, this::look);
  }

  private OfNode look(int node) {
    Node place = problem.nodes().get(node);
    Map<DeviceId, Integer> numbers = new LinkedHashMap<>();
    Map<DeviceId, Device> own = new LinkedHashMap<>();
    for (int device : devices.onNode(node)) {
      if (!devices.isShared(device) && isPublishedFor(devices, device, place)) {
        numbers.put(devices.id(device), device);
        own.put(devices.id(device), devices.device(device));
      }
    }
    LinkGraph<DeviceId> given = problem.links().get(place.name());
    LinkGraph<DeviceId> all = given == null ? DeviceLinks.among(place, own) : given;
    LinkGraph<Integer> graph = all.named(id -> Optional.ofNullable(numbers.get(id)));
    int[] known = graph.devices().stream().mapToInt(Integer::intValue).sorted().toArray();
    long[][] rates = new long[known.length][known.length];
    for (int one = 0; one < known.length; one++) {
      for (int other = 0; other < one; other++) {
        rates[one][other] = graph.link(known[one], known[other]).mbPerSecond();
        rates[other][one] = rates[one][other];
      }
    }
    return new OfNode(graph, known, rates);
  }

  /** Whether a slice or the device itself names the node as the one that it is for. */
  static boolean isPublishedFor(DeviceTable devices, int device, Node node) {
    NodeSelection nodes = devices.slice(device).nodes();
    NodeSelection own =
        nodes instanceof NodeSelection.PerDevice
            ? devices.device(device).nodes().orElse(nodes)
            : nodes;
    return own.equals(NodeSelection.node(node.name()));
  }
}
