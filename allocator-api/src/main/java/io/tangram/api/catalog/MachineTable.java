package io.tangram.api.catalog;

import com.google.common.base.Splitter;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import io.tangram.api.device.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the table of machines: one fact a line, as the table's own comments explain. */
final class MachineTable extends FactTable {

  private final HardwareCatalog catalog;
  private final ImmutableList.Builder<MachineModel> machines = ImmutableList.builder();
  private final Set<String> names = new HashSet<>();

  private int machineLine;
  private ImmutableMachineModel.@Nullable Builder machine;
  private Multiset<Integer> devicesByRoot = HashMultiset.create();

  private MachineTable(String origin, HardwareCatalog catalog) {
    super(origin);
    this.catalog = catalog;
  }

  static ImmutableList<MachineModel> parse(String origin, String text, HardwareCatalog catalog) {
    MachineTable table = new MachineTable(origin, catalog);
    table.read(text);
    table.finishMachine();
    return table.machines.build();
  }

  @Override
  void fact(String keyword, String value) {
    if (keyword.equals("machine")) {
      finishMachine();
      if (!names.add(value)) {
        throw malformed("there is a machine " + value + " already");
      }
      machine = MachineModel.builder().name(value);
      machineLine = lineNumber();
      devicesByRoot = HashMultiset.create();
    } else if (machine == null) {
      throw malformed("\"" + keyword + "\" comes before the first machine");
    } else {
      fact(machine, keyword, value);
    }
  }

  private void fact(ImmutableMachineModel.Builder machine, String keyword, String value) {
    switch (keyword) {
      case "gpu-model" -> machine.gpuModel(gpuModel(catalog, value));
      case "product" -> machine.productName(value);
      case "cuda-compute-capability" -> machine.cudaComputeCapability(value);
      case "gpu-memory-mib" -> machine.gpuMemory(Quantity.mebibytes(known(keyword, value)));
      case "gpus" -> machine.gpus(slots(keyword, value));
      case "nics" -> machine.nics(slots(keyword, value));
      case "topology" -> machine.topology(topology(value));
      case "source" -> machine.addSources(value);
      case "note" -> machine.addNotes(value);
      default -> throw malformed("\"" + keyword + "\" is not a keyword");
    }
  }

  private void finishMachine() {
    if (machine != null) {
      try {
        MachineModel made = machine.build();
        checkTopology(made);
        machines.add(made);
      } catch (IllegalStateException e) {
        throw malformed(machineLine, "the machine is not complete: " + e.getMessage());
      }
    }
  }

  private void checkTopology(MachineModel made) {
    made.topology()
        .filter(
            topology ->
                topology.gpus() != made.gpus().size()
                    || !topology.gpuModels().contains(made.gpuModel()))
        .ifPresent(
            topology -> {
              throw malformed(
                  machineLine,
                  "topology "
                      + topology.name()
                      + " is not one of "
                      + made.gpus().size()
                      + " GPUs of model "
                      + made.gpuModel().key());
            });
  }

  private MachineTopology topology(String name) {
    return catalog.topologies().stream()
        .filter(topology -> topology.name().equals(name))
        .findFirst()
        .orElseThrow(() -> malformed("topology " + name + " is not in the catalogue"));
  }

  private List<PciSlot> slots(String keyword, String value) {
    ImmutableList.Builder<PciSlot> slots = ImmutableList.builder();
    for (String place : Splitter.on(' ').split(value)) {
      List<String> parts = Splitter.on('/').splitToList(place);
      if (parts.size() != 2) {
        throw malformed(keyword + " has \"" + place + "\", not ROOT/NUMA");
      }
      slots.add(slot(number("ROOT", parts.get(0)), number("NUMA", parts.get(1))));
    }
    return slots.build();
  }

  private PciSlot slot(OptionalInt root, OptionalInt numaNode) {
    if (root.isEmpty()) {
      return new PciSlot(PciSlot.UNKNOWN.busId(), PciSlot.UNKNOWN.root(), numaNode);
    }
    int position = devicesByRoot.add(root.getAsInt(), 1);
    try {
      return PciSlot.onRoot(root.getAsInt(), position, numaNode);
    } catch (IllegalArgumentException e) {
      throw malformed("roots and the devices of each are counted from 0 to 14");
    }
  }
}
