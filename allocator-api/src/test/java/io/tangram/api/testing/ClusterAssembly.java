package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClusterAspect;
import static io.tangram.api.testing.ProblemRecipe.DeviceAspect;
import static io.tangram.api.testing.ProblemRecipe.NodeAspect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the nodes and slices of a recipe. */
final class ClusterAssembly {

  static final String GPU_DRIVER = "gpu.example.com";
  static final String NIC_DRIVER = "nic.example.com";

  static final String ZONE = "zone";
  static final String RACK = "rack";
  static final String NODE_TAINT = "example.com/reserved";
  static final String MEMORY = "memory";
  static final String CPU = "cpu";
  static final String SLOTS = "example.com/slots";

  private static final int BOARD = 3;

  private final ProblemRecipe recipe;
  private final DeviceAssembly devices;
  private final List<PoolDraft> pools = new ArrayList<>();

  ClusterAssembly(ProblemRecipe recipe) {
    this.recipe = recipe;
    this.devices = new DeviceAssembly(recipe);
    for (int node = 0; node < recipe.nodes().size(); node++) {
      addLocalPools(node);
    }
    addNetworkPools();
    addPoolAcrossNodes();
    addFlaws();
  }

  /** The nodes; every other one is in zone a, the others in zone b. */
  ImmutableList<Node> nodes() {
    ImmutableList.Builder<Node> nodes = ImmutableList.builder();
    for (int node = 0; node < recipe.nodes().size(); node++) {
      nodes.add(node(node));
    }
    return nodes.build();
  }

  private Node node(int number) {
    Draw draw = recipe.hosts().get(number);
    ImmutableNode.Builder node =
        Node.builder().name(nodeName(number)).putLabels(ZONE, zone(number));
    if (recipe.has(Feature.NODE_TAINTS) && draw.oneIn(2, NodeAspect.TAINT)) {
      node.addTaints(
          new Taint(
              NODE_TAINT,
              "",
              draw.oneOf(
                  NodeAspect.EFFECT,
                  Taint.Effect.NO_SCHEDULE,
                  Taint.Effect.NO_EXECUTE,
                  Taint.Effect.NO_SCHEDULE,
                  Taint.Effect.NO_EXECUTE,
                  Taint.Effect.NO_SCHEDULE,
                  Taint.Effect.NONE),
              Optional.empty()));
    }
    if (recipe.has(Feature.GROUP_TOPOLOGY) && !draw.oneIn(6, NodeAspect.RACK)) {
      node.putLabels(RACK, draw.oneOf(NodeAspect.RACK, "r", "s", "r", "t", "s"));
    }
    boolean areResourcesKnown =
        recipe.has(Feature.NODE_RESOURCES)
            || recipe.has(Feature.EXTENDED_BY_NODES)
            || recipe.has(Feature.NODE_CONSUMPTION);
    if (areResourcesKnown && !draw.oneIn(6, NodeAspect.KNOWN)) {
      addResources(node, draw);
    }
    return node.build();
  }

  /** CPU for one to three workloads in most cases; slots for one or none, where there are any. */
  private void addResources(ImmutableNode.Builder node, Draw draw) {
    ImmutableMap.Builder<String, Quantity> available = ImmutableMap.builder();
    if (recipe.has(Feature.NODE_RESOURCES)) {
      available.put(CPU, Quantity.of(draw.oneOf(NodeAspect.CPU, 3, 2, 4, 3, 2, 1)));
      int slots = draw.below(4, NodeAspect.SLOTS);
      if (slots > 0) {
        available.put(SLOTS, Quantity.of(slots - 1));
      }
    }
    if (recipe.has(Feature.NODE_CONSUMPTION)) {
      if (!recipe.has(Feature.NODE_RESOURCES)) {
        available.put(CPU, Quantity.of(draw.oneOf(NodeAspect.CPU, 3, 2, 4, 3, 2, 1)));
      }
      available.put(MEMORY, Quantity.gibibytes(10L * draw.oneOf(NodeAspect.MEMORY, 6, 4, 3, 2, 1)));
    }
    if (recipe.has(Feature.EXTENDED_BY_NODES)) {
      addExtended(node, available.buildOrThrow(), draw);
    } else {
      node.available(available.buildOrThrow());
    }
  }

  /** Up to two of an extended resource; of what a node offers, some may be used up. */
  private static void addExtended(
      ImmutableNode.Builder node, ImmutableMap<String, Quantity> others, Draw draw) {
    Map<String, Quantity> available = new LinkedHashMap<>(others);
    Map<String, Quantity> allocatable = new LinkedHashMap<>(others);
    Map<NodeAspect, String> resources =
        ImmutableMap.of(
            NodeAspect.GPUS, RequestAssembly.extended(RequestAssembly.GPU),
            NodeAspect.BIG_GPUS, RequestAssembly.extended(RequestAssembly.BIG));
    resources.forEach(
        (aspect, resource) -> {
          if (draw.below(6, aspect) > 0) {
            available.put(resource, Quantity.of(draw.oneOf(aspect, 0, 1, 0, 0, 2, 1)));
            allocatable.put(resource, Quantity.of(draw.oneOf(aspect, 0, 1, 0, 2, 2, 2)));
          }
        });
    node.available(ImmutableMap.copyOf(available)).allocatable(ImmutableMap.copyOf(allocatable));
  }

  ImmutableList<ResourceSlice> slices() {
    return pools.stream()
        .flatMap(pool -> pool.slices().stream())
        .map(this::withSkippedOperations)
        .collect(ImmutableList.toImmutableList());
  }

  /** In most cases the slices of all drivers or of one; those of a generation long gone too. */
  private ResourceSlice withSkippedOperations(ResourceSlice slice) {
    ImmutableList<String> drivers =
        recipe
            .cluster()
            .oneOf(
                ClusterAspect.SKIPPING,
                ImmutableList.of(GPU_DRIVER),
                ImmutableList.of(GPU_DRIVER, NIC_DRIVER));
    return recipe.has(Feature.SKIPPED_NODE_OPERATIONS) && drivers.contains(slice.pool().driver())
        ? ImmutableResourceSlice.copyOf(slice)
            .withSkipNodeOperations("NodePrepareResources", "NodeUnprepareResources")
        : slice;
  }

  static String nodeName(int node) {
    return "node-" + node;
  }

  private static String zone(int node) {
    return node % 2 == 0 ? "a" : "b";
  }

  private void addLocalPools(int node) {
    NodeSelection selection = NodeSelection.node(nodeName(node));
    PoolDraft gpus = new PoolDraft(new PoolId(GPU_DRIVER, nodeName(node)), selection);
    PoolDraft nics = new PoolDraft(new PoolId(NIC_DRIVER, nodeName(node)), selection);
    for (Draw draw : recipe.nodes().get(node)) {
      if (recipe.has(Feature.TWO_DRIVERS) && draw.oneIn(2, DeviceAspect.DRIVER)) {
        nics.add(devices.device("nic-" + nics.size(), draw).build(), selection, part(draw));
      } else {
        gpus.add(gpu(gpus, draw), selection, part(draw));
      }
    }
    for (PoolDraft pool : List.of(gpus, nics)) {
      if (pool.size() > 0) {
        pools.add(pool);
      }
    }
  }

  private int part(Draw draw) {
    return recipe.has(Feature.SEVERAL_SLICES) && draw.oneIn(2, DeviceAspect.SLICE) ? 1 : 0;
  }

  /**
   * With partitions, three devices in a row are a board: the whole of it and its two halves, each
   * with a place of its own and some of the memory.
   */
  private Device gpu(PoolDraft pool, Draw draw) {
    int number = pool.size();
    String board = "board-" + number / BOARD;
    int part = number % BOARD;
    boolean partitioned = recipe.has(Feature.PARTITIONS);
    List<CounterConsumption> consumed = new ArrayList<>();
    if (partitioned && part == 0) {
      pool.add(new CounterSet(board, boardCounters(4, 0, 1)));
      consumed.add(drawing(board, boardCounters(4, 0, 1), draw, DeviceAspect.BOARD_GROUPS));
    } else if (partitioned) {
      int memory = 1 + draw.below(3, DeviceAspect.BOARD_MEMORY);
      consumed.add(
          drawing(
              board, boardCounters(memory, part - 1, part - 1), draw, DeviceAspect.BOARD_GROUPS));
    }
    if (recipe.has(Feature.SEVERAL_COUNTER_SETS)) {
      addLanes(pool, draw, consumed);
    }
    return devices.device("gpu-" + number, draw).consumesCounters(consumed).build();
  }

  private static ImmutableMap<String, Quantity> boardCounters(int memory, int first, int last) {
    ImmutableMap.Builder<String, Quantity> counters = ImmutableMap.builder();
    counters.put("memory", Quantity.gibibytes(10L * memory));
    for (int place = first; place <= last; place++) {
      counters.put("place-" + place, Quantity.ONE);
    }
    return counters.buildOrThrow();
  }

  /** All GPUs of a node draw on a few lanes; those that are no partitions also on an engine. */
  private void addLanes(PoolDraft pool, Draw draw, List<CounterConsumption> consumed) {
    if (pool.size() == 0) {
      pool.add(
          new CounterSet(
              "links", ImmutableMap.of("lanes", Quantity.of(3), "engines", Quantity.of(2))));
      pool.add(new CounterSet("clocks", ImmutableMap.of("clocks", Quantity.of(2))));
    }
    int lanes = 1 + draw.below(2, DeviceAspect.LANES);
    consumed.add(
        drawing(
            "links", ImmutableMap.of("lanes", Quantity.of(lanes)), draw, DeviceAspect.LINK_GROUPS));
    if (consumed.size() == 1) {
      consumed.add(new CounterConsumption("clocks", ImmutableMap.of("clocks", Quantity.ONE)));
    }
  }

  /** With compatibility groups, most devices list one of two, some both or none. */
  private CounterConsumption drawing(
      String set, ImmutableMap<String, Quantity> amounts, Draw draw, DeviceAspect aspect) {
    ImmutableSet<String> groups =
        recipe.has(Feature.COMPATIBILITY_GROUPS)
            ? draw.oneOf(
                aspect,
                ImmutableSet.of("even"),
                ImmutableSet.of("odd", "even"),
                ImmutableSet.of(),
                ImmutableSet.of("odd"),
                ImmutableSet.of("even", "other"))
            : ImmutableSet.of();
    return new CounterConsumption(set, amounts, groups);
  }

  private void addNetworkPools() {
    addNetworkPool(Feature.SEEN_BY_ALL_NODES, 0, "fabric", NodeSelection.allNodes());
    addNetworkPool(Feature.SEEN_BY_MATCHING_NODES, 1, "zone-fabric", ofZone("a"));
    addNetworkPool(Feature.SEEN_PER_DEVICE, 2, "mixed-fabric", new NodeSelection.PerDevice());
  }

  private static NodeSelection ofZone(String zone) {
    return new NodeSelection.Matching(
        new NodeSelector(ImmutableList.of(zoneIs(NodeSelector.Operator.IN, zone))));
  }

  static NodeSelector.Term zoneIs(NodeSelector.Operator operator, String zone) {
    return new NodeSelector.Term(
        ImmutableList.of(new NodeSelector.Requirement(ZONE, operator, ImmutableList.of(zone))),
        ImmutableList.of());
  }

  private void addNetworkPool(Feature feature, int place, String name, NodeSelection nodes) {
    if (!recipe.has(feature)) {
      return;
    }
    PoolDraft pool = new PoolDraft(new PoolId(NIC_DRIVER, name), nodes);
    for (int i = place; i < recipe.network().size(); i += 3) {
      Draw draw = recipe.network().get(i);
      if (i == place || draw.oneIn(2, DeviceAspect.PRESENT)) {
        var device = devices.device(name + "-" + pool.size(), draw);
        if (nodes instanceof NodeSelection.PerDevice) {
          device.nodes(
              draw.<NodeSelection>oneOf(
                  DeviceAspect.NODES,
                  NodeSelection.node(nodeName(0)),
                  NodeSelection.allNodes(),
                  ofZone("b"),
                  NodeSelection.node(nodeName(recipe.nodes().size() - 1))));
        }
        pool.add(device.build());
      }
    }
    pools.add(pool);
  }

  /** A pool with a slice for each node, whose devices all draw on the same counter (R121). */
  private void addPoolAcrossNodes() {
    if (!recipe.has(Feature.POOLS_ACROSS_NODES)) {
      return;
    }
    PoolDraft pool = new PoolDraft(new PoolId(GPU_DRIVER, "rack"), NodeSelection.node(nodeName(0)));
    pool.add(new CounterSet("rack", ImmutableMap.of("lanes", Quantity.of(3))));
    for (int node = 0; node < recipe.nodes().size(); node++) {
      Draw draw = recipe.network().get(node);
      Quantity lanes = Quantity.of(1 + draw.below(2, DeviceAspect.LANES));
      pool.add(
          devices
              .device("rack-" + node, draw)
              .addConsumesCounters(
                  drawing("rack", ImmutableMap.of("lanes", lanes), draw, DeviceAspect.LINK_GROUPS))
              .build(),
          NodeSelection.node(nodeName(node)),
          0);
    }
    pools.add(pool);
  }

  private void addFlaws() {
    Draw draw = recipe.cluster();
    if (recipe.has(Feature.OLDER_GENERATIONS)) {
      addOlder(draw.below(recipe.nodes().size(), ClusterAspect.OLD_POOL));
    }
    if (recipe.has(Feature.INCOMPLETE_POOLS)) {
      flawed(ClusterAspect.INCOMPLETE_POOL, "incomplete").makeIncomplete();
    }
    if (recipe.has(Feature.INVALID_POOLS)) {
      flawed(ClusterAspect.INVALID_POOL, "invalid")
          .makeInvalid(draw.oneOf(ClusterAspect.INVALID_HOW, PoolDraft.Defect.values()));
    }
  }

  /** Picks one of the pools, or makes one for the purpose so that the others stay usable. */
  private PoolDraft flawed(ClusterAspect which, String name) {
    int choice = recipe.cluster().below(60, which);
    if (choice >= 45) {
      return pools.get(choice % pools.size());
    }
    String node = nodeName(choice % recipe.nodes().size());
    PoolDraft pool = new PoolDraft(new PoolId(GPU_DRIVER, name), NodeSelection.node(node));
    pool.add(Device.builder().name(name).build());
    pools.add(pool);
    return pool;
  }

  /** The slice left behind is for the same node, or for another one (R11, R13). */
  private void addOlder(int node) {
    String other = nodeName((node + 1) % recipe.nodes().size());
    Device device = Device.builder().name("old-0").build();
    PoolDraft pool = pools.get(Math.min(node, pools.size() - 1));
    switch (recipe.cluster().below(3, ClusterAspect.OLD_HOW)) {
      case 0 -> pool.addOlder(NodeSelection.node(nodeName(node)), 1, device);
      case 1 -> pool.addOlder(NodeSelection.node(other), 2, device);
      default -> pool.addOlder(NodeSelection.node(other), 1, device);
    }
  }
}
