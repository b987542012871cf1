package io.tangram.k8s.catalog;

import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MachineTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The catalogue for people, in lines of ASCII. */
public final class CatalogText {

  /** Stands for what no source says. */
  static final String UNKNOWN = "?";

  private CatalogText() {}

  /** Returns a line for each model, machine and topology. */
  public static List<String> overview(CatalogSelection catalog) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "GPU models; a layout is a way to part one GPU into partitions of the plain profiles");
    lines.addAll(models(catalog.models()));
    lines.add("");
    lines.add("Machines");
    lines.addAll(machines(catalog.machines()));
    lines.add("");
    lines.add("Topologies: how the GPUs of real machines are joined");
    lines.addAll(topologies(catalog.topologies()));
    return lines;
  }

  /**
   * Returns all that is known of each.
   *
   * @throws IllegalArgumentException if a model lacks one of the profiles to lay
   */
  public static List<String> details(CatalogSelection selection, LayoutChoice layouts) {
    List<String> lines = new ArrayList<>();
    for (GpuModel model : selection.models()) {
      part(ModelText.lines(model, layouts), lines);
    }
    for (MachineModel machine : selection.machines()) {
      part(MachineText.lines(machine), lines);
    }
    for (MachineTopology topology : selection.topologies()) {
      part(TopologyText.lines(topology), lines);
    }
    return lines;
  }

  private static void part(List<String> part, List<String> lines) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.addAll(part);
  }

  private static List<String> models(List<GpuModel> models) {
    TextTable table = new TextTable("lrrrrrl");
    table.row(
        "model",
        "GB",
        "compute slices",
        "memory slices",
        "profiles",
        "layouts",
        "placements verified");
    for (GpuModel model : models) {
      int legal = LayoutChoice.ALL.layoutsOf(model).size();
      table.row(
          model.key(),
          orUnknown(model.memoryGb()),
          orUnknown(model.computeSlices()),
          orUnknown(model.memorySlices()),
          Integer.toString(model.profiles().size()),
          legal == 0 ? UNKNOWN : Integer.toString(legal),
          model.verified() ? "yes" : "no, confidence " + model.confidence());
    }
    return table.lines();
  }

  private static List<String> machines(List<MachineModel> machines) {
    TextTable table = new TextTable("lllrl");
    table.row("machine", "GPUs", "GPU model", "NICs", "topology");
    for (MachineModel machine : machines) {
      table.row(
          machine.name(),
          machine.gpus().size() + " x " + machine.productName(),
          machine.gpuModel().key(),
          machine.nics().isEmpty() ? UNKNOWN : Integer.toString(machine.nics().size()),
          machine.topology().map(MachineTopology::name).orElse(UNKNOWN));
    }
    return table.lines();
  }

  private static List<String> topologies(List<MachineTopology> topologies) {
    TextTable table = new TextTable("ll");
    topologies.forEach(topology -> table.row(topology.name(), topology.about()));
    return table.lines();
  }

  static String orUnknown(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : UNKNOWN;
  }

  /** Returns lines that name sources and remarks. */
  static List<String> remarks(List<String> notes, List<String> sources) {
    List<String> lines = new ArrayList<>();
    notes.forEach(note -> lines.add("  note: " + note));
    sources.forEach(source -> lines.add("  source: " + source));
    return lines;
  }
}
