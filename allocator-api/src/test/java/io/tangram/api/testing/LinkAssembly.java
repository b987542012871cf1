package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClaimAspect;
import static io.tangram.api.testing.ProblemRecipe.DeviceAspect;
import static io.tangram.api.testing.ProblemRecipe.NodeAspect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds what joins the devices of a recipe: by attributes, or as a listing has it. */
final class LinkAssembly {

  private static final QualifiedName PCIE_ROOT =
      QualifiedName.of("resource.kubernetes.io", "pcieRoot");
  private static final QualifiedName NUMA_NODE =
      QualifiedName.of("resource.kubernetes.io", "numaNode");
  private static final QualifiedName PARTITION = QualifiedName.of("gpu.nvidia.com", "partition2");

  private static final ImmutableList<LinkRequirement> REQUIREMENTS =
      ImmutableList.of(
          LinkRequirement.NV_LINKS,
          LinkRequirement.atLeast(9_600),
          LinkRequirement.NV_LINKS,
          LinkRequirement.atLeast(6_400),
          new LinkRequirement(60_000, true),
          LinkRequirement.NONE);

  private static final int MISSING = 5;

  private LinkAssembly() {}

  /** Adds attributes from which something follows: a root, a NUMA node, a fabric partition. */
  static void addAttributes(ImmutableDevice.Builder device, Draw draw) {
    int root = draw.below(3, DeviceAspect.LINKS);
    if (root < 2) {
      device.putAttributes(PCIE_ROOT, new AttributeValue.StringValue("pci000" + root));
    }
    int partition = draw.below(4, DeviceAspect.LINKS);
    if (partition < 2) {
      device.putAttributes(PARTITION, new AttributeValue.IntValue(partition));
    }
    switch (draw.below(5, DeviceAspect.NUMA)) {
      case 0 -> device.putAttributes(NUMA_NODE, new AttributeValue.IntValue(0));
      case 1 -> device.putAttributes(NUMA_NODE, new AttributeValue.IntValue(1));
      case 2 ->
          device.putAttributes(NUMA_NODE, new AttributeValue.IntList(ImmutableList.of(0L, 1L)));
      default -> {}
    }
  }

  /** What a claim requires: mostly NVLinks, which some pairs have. */
  static LinkRequirement requirement(Draw draw) {
    return REQUIREMENTS.get(draw.below(2 * REQUIREMENTS.size(), ClaimAspect.LINKS) / 2);
  }

  /**
   * Graphs of every other node; they have devices of other nodes too, and lack some of their own.
   */
  static ImmutableMap<String, LinkGraph<DeviceId>> graphs(
      ProblemRecipe recipe, List<ResourceSlice> slices) {
    ImmutableMap.Builder<String, LinkGraph<DeviceId>> graphs = ImmutableMap.builder();
    for (int node = 0; node < recipe.nodes().size(); node++) {
      if (recipe.has(Feature.LINKS) && recipe.hosts().get(node).below(2, NodeAspect.LISTING) == 0) {
        graphs.put(ClusterAssembly.nodeName(node), graph(recipe.nodes().get(node), slices));
      }
    }
    return graphs.buildOrThrow();
  }

  private static LinkGraph<DeviceId> graph(List<Draw> draws, List<ResourceSlice> slices) {
    Map<DeviceId, Integer> numbers = new LinkedHashMap<>();
    List<DeviceId> devices = new ArrayList<>();
    for (PublishedDevice each : PoolContents.devicesOf(slices)) {
      int number =
          draws.get(devices.size() % draws.size()).below(6, DeviceAspect.LINKS) + devices.size();
      if (number % 6 != MISSING && numbers.putIfAbsent(each.id(), number) == null) {
        devices.add(each.id());
      }
    }
    return LinkGraph.among(
        devices,
        (one, other) -> link(numbers.getOrDefault(one, 0), numbers.getOrDefault(other, 0)));
  }

  private static Link link(int one, int other) {
    return switch ((one * other + one + other) % 6) {
      case 0 -> Link.ofPath(PciePath.SYS).withNvLinks(0);
      case 1 -> Link.ofNvLinks(2);
      case 2 -> Link.ofPath(PciePath.PIX);
      case 3 -> Link.ofPath(PciePath.SYS).withNvLinks(3).withNvLinkMbPerSecond(25_000);
      case 4 -> Link.ofNvLinks(1);
      default -> Link.UNKNOWN;
    };
  }
}
