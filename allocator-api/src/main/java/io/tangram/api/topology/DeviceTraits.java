package io.tangram.api.topology;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.QualifiedName;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The attributes of a device that tell of its neighbours; sets are empty where they say nothing.
 *
 * @param roots its PCIe roots
 * @param numaNodes its NUMA nodes, and those near to it
 * @param fabricPartitions its fabric partitions of two or more GPUs
 * @param cliques its clique
 * @param architectures its architecture
 * @param isPartition whether it is a MIG partition
 */
record DeviceTraits(
    ImmutableSet<Element> roots,
    ImmutableSet<Element> numaNodes,
    ImmutableSet<FabricPartition> fabricPartitions,
    ImmutableSet<String> cliques,
    ImmutableSet<String> architectures,
    boolean isPartition) {

  private static final String SHARED = "resource.kubernetes.io";
  private static final QualifiedName PCIE_ROOT = QualifiedName.of(SHARED, "pcieRoot");
  private static final QualifiedName NUMA_NODE = QualifiedName.of(SHARED, "numaNode");
  private static final QualifiedName CLIQUE = QualifiedName.of(NvidiaDriver.NAME, "clique");
  private static final QualifiedName ARCHITECTURE =
      QualifiedName.of(NvidiaDriver.NAME, "architecture");

  private static final Pattern PARTITION = Pattern.compile("partition([2-9]|[1-9][0-9]+)");
  private static final String NOT_ATTACHED = "00000000-0000-0000-0000-000000000000.";

  /** A set of GPUs that switches join: the attribute, and its value. */
  record FabricPartition(QualifiedName attribute, Element number) {}

  static DeviceTraits of(Node node, DeviceId id, Device device) {
    ImmutableSet<String> types = texts(elements(id, device, NvidiaDriver.TYPE));
    ImmutableSet<Element> numaNodes =
        elements(id, device, NUMA_NODE).stream()
            .filter(each -> !(each.value() instanceof Long number && number < 0))
            .collect(ImmutableSet.toImmutableSet());
    return new DeviceTraits(
        elements(id, device, PCIE_ROOT),
        numaNodes,
        fabricPartitions(id, device),
        types.contains("gpu") ? cliques(node, id, device) : ImmutableSet.of(),
        texts(elements(id, device, ARCHITECTURE)),
        types.contains("mig"));
  }

  private static ImmutableSet<FabricPartition> fabricPartitions(DeviceId id, Device device) {
    ImmutableSet.Builder<FabricPartition> partitions = ImmutableSet.builder();
    device
        .attributes()
        .forEach(
            (name, value) -> {
              QualifiedName full = name.in(id.driver());
              if (full.domain().equals(NvidiaDriver.NAME)
                  && PARTITION.matcher(full.id()).matches()) {
                value.elements().forEach(each -> partitions.add(new FabricPartition(full, each)));
              }
            });
    return partitions.build();
  }

  private static ImmutableSet<String> cliques(Node node, DeviceId id, Device device) {
    ImmutableSet<String> published = texts(elements(id, device, CLIQUE));
    String label = node.labels().get(DeviceLinks.CLIQUE_LABEL);
    ImmutableSet<String> cliques =
        published.isEmpty() && label != null ? ImmutableSet.of(label) : published;
    return cliques.stream()
        .filter(each -> !each.startsWith(NOT_ATTACHED))
        .collect(ImmutableSet.toImmutableSet());
  }

  private static ImmutableSet<Element> elements(DeviceId id, Device device, QualifiedName name) {
    AttributeValue value = device.attribute(id.driver(), name);
    return value == null ? ImmutableSet.of() : value.elements();
  }

  private static ImmutableSet<String> texts(ImmutableSet<Element> elements) {
    return elements.stream()
        .filter(each -> each.type() == AttributeValue.Type.STRING)
        .map(each -> (String) each.value())
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Returns what follows for the link to another device of the node. */
  Link linkTo(DeviceTraits other) {
    Link link = Link.ofArchitectures(Sets.union(architectures, other.architectures));
    if (meet(roots, other.roots)) {
      link = link.withPath(PciePath.PHB);
    } else if (!numaNodes.isEmpty() && !other.numaNodes.isEmpty()) {
      link = link.withPath(meet(numaNodes, other.numaNodes) ? PciePath.NODE : PciePath.SYS);
    }
    if (meet(fabricPartitions, other.fabricPartitions) || meet(cliques, other.cliques)) {
      return link.withNvLinks(link.nvLinkGeneration().orElse(NvLinkGeneration.V2).links());
    }
    return cliques.isEmpty() || other.cliques.isEmpty() ? link : link.withNvLinks(0);
  }

  private static boolean meet(Set<?> some, Set<?> others) {
    return !Collections.disjoint(some, others);
  }
}
