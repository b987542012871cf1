package io.tangram.k8s.catalog;

import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.GpuPair;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.catalog.PciePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A topology for people. */
final class TopologyText {

  private TopologyText() {}

  static List<String> lines(MachineTopology topology) {
    List<String> lines = new ArrayList<>();
    lines.add("Topology " + topology.name());
    TextTable table = new TextTable("ll");
    table.row("machine", topology.about());
    if (!topology.gpuModels().isEmpty()) {
      table.row(
          "GPU models",
          topology.gpuModels().stream().map(GpuModel::key).collect(Collectors.joining(", ")));
    }
    table.row("NVLinks", links(topology));
    topology
        .nvLinkDomain()
        .ifPresent(
            domain ->
                table.row(
                    "NVLink domain", domain.gpus() + " GPUs of " + domain.nodes() + " nodes"));
    topology
        .nvLinkGbPerSecond()
        .ifPresent(rate -> table.row("rate of a link", rate + " GB/s in each direction"));
    topology.nvSwitches().ifPresent(switches -> table.row("NVSwitches", switches + " in the node"));
    if (topology.isFlat() && !topology.numaNodes().isEmpty()) {
      table.row("NUMA nodes", numaNodes(topology));
    }
    topology.nics().ifPresent(nics -> table.row("NICs", nics));
    lines.addAll(table.lines());
    if (!topology.isFlat()) {
      lines.addAll(matrix(topology));
      lines.addAll(legend(topology));
    }
    lines.addAll(CatalogText.remarks(topology.notes(), topology.sources()));
    return lines;
  }

  private static String links(MachineTopology topology) {
    if (topology.nvLinks().isEmpty()) {
      return "none";
    }
    return topology.isFlat()
        ? topology.nvLinks().values().iterator().next() + " between every two GPUs"
        : "between some of the GPUs";
  }

  private static String numaNodes(MachineTopology topology) {
    return topology.numaNodes().stream()
        .map(CatalogText::orUnknown)
        .collect(Collectors.joining(" "));
  }

  private static List<String> matrix(MachineTopology topology) {
    int gpus = topology.gpus();
    boolean numa = !topology.numaNodes().isEmpty();
    TextTable table = new TextTable("l".repeat(gpus + (numa ? 2 : 1)));
    List<String> heads = new ArrayList<>(List.of(""));
    for (int gpu = 0; gpu < gpus; gpu++) {
      heads.add("GPU " + gpu);
    }
    if (numa) {
      heads.add("NUMA");
    }
    table.row(heads.toArray(String[]::new));
    for (int gpu = 0; gpu < gpus; gpu++) {
      List<String> row = new ArrayList<>(List.of("GPU " + gpu));
      for (int other = 0; other < gpus; other++) {
        row.add(gpu == other ? "X" : join(topology, GpuPair.of(gpu, other)));
      }
      if (numa) {
        row.add(CatalogText.orUnknown(topology.numaNodes().get(gpu)));
      }
      table.row(row.toArray(String[]::new));
    }
    return table.lines();
  }

  private static String join(MachineTopology topology, GpuPair pair) {
    Integer links = topology.nvLinks().get(pair);
    PciePath path = topology.paths().get(pair);
    if (links == null) {
      return path == null ? CatalogText.UNKNOWN : path.name();
    }
    return "NV" + links + (path == null ? "" : "/" + path);
  }

  private static List<String> legend(MachineTopology topology) {
    List<String> lines = new ArrayList<>();
    Map<GpuPair, Integer> links = topology.nvLinks();
    if (!links.isEmpty()) {
      lines.add("  NVn: n NVLinks; behind a slash, the way over PCIe");
    }
    for (PciePath path : new TreeSet<>(topology.paths().values())) {
      lines.add("  " + path + ": " + path.meaning());
    }
    return lines;
  }
}
