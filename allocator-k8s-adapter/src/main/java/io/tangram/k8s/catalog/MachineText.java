package io.tangram.k8s.catalog;

import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.catalog.PciSlot;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine for people. */
final class MachineText {

  private MachineText() {}

  static List<String> lines(MachineModel machine) {
    List<String> lines = new ArrayList<>();
    lines.add("Machine " + machine.name());
    TextTable table = new TextTable("ll");
    table.row(
        "GPUs",
        machine.gpus().size()
            + " x "
            + machine.productName()
            + ", GPU model "
            + machine.gpuModel().key());
    table.row(
        "memory of each", machine.gpuMemory().map(Quantity::toString).orElse(CatalogText.UNKNOWN));
    table.row("CUDA capability", machine.cudaComputeCapability().orElse(CatalogText.UNKNOWN));
    table.row(
        "topology", machine.topology().map(MachineTopology::name).orElse(CatalogText.UNKNOWN));
    if (machine.nics().isEmpty()) {
      table.row("NICs", "not known");
    }
    lines.addAll(table.lines());
    lines.addAll(places(machine));
    lines.addAll(CatalogText.remarks(machine.notes(), machine.sources()));
    return lines;
  }

  /** What shares a PCIe root, and the NUMA node of the root. */
  private static List<String> places(MachineModel machine) {
    Map<Place, List<String>> devices = new LinkedHashMap<>();
    add("GPU ", machine.gpus(), devices);
    add("NIC ", machine.nics(), devices);
    TextTable table = new TextTable("lll");
    table.row("PCIe root (name made up)", "NUMA node", "devices");
    devices.forEach(
        (place, names) -> table.row(place.root(), place.numaNode(), String.join(", ", names)));
    return table.lines();
  }

  private static void add(String kind, List<PciSlot> slots, Map<Place, List<String>> devices) {
    for (int index = 0; index < slots.size(); index++) {
      PciSlot slot = slots.get(index);
      Place place =
          new Place(
              slot.root().orElse(CatalogText.UNKNOWN), CatalogText.orUnknown(slot.numaNode()));
      devices.computeIfAbsent(place, unused -> new ArrayList<>()).add(kind + index);
    }
  }

  private record Place(String root, String numaNode) {}
}
