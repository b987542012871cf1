package io.tangram.k8s.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.PciSlot;
import io.tangram.api.catalog.Placement;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The catalogue for programs. What no source says is left out, in lists of places null. */
public final class CatalogTree {

  private CatalogTree() {}

  /**
   * Returns {@code {models, machines, topologies}}, each a list.
   *
   * @throws IllegalArgumentException if a model lacks one of the profiles to lay
   */
  public static ObjectNode of(CatalogSelection selection, LayoutChoice layouts) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    ArrayNode models = tree.putArray("models");
    selection.models().forEach(model -> model(model, layouts, models.addObject()));
    ArrayNode machines = tree.putArray("machines");
    selection.machines().forEach(machine -> machine(machine, machines.addObject()));
    ArrayNode topologies = tree.putArray("topologies");
    selection.topologies().forEach(topology -> topology(topology, topologies.addObject()));
    return tree;
  }

  private static void model(GpuModel model, LayoutChoice choice, ObjectNode tree) {
    tree.put("key", model.key());
    tree.put("architecture", model.architecture());
    put("memoryGb", model.memoryGb(), tree);
    put("computeSlices", model.computeSlices(), tree);
    put("memorySlices", model.memorySlices(), tree);
    tree.put("verified", model.verified());
    model.warning().ifPresent(warning -> tree.put("warning", warning));
    tree.put("confidence", model.confidence());
    tree.put("placementsFrom", model.placementsFrom());
    put("productNames", model.productNames(), tree);
    put("aliases", model.aliases(), tree);
    put("pciDeviceIds", model.pciDeviceIds(), tree);
    ArrayNode profiles = tree.putArray("profiles");
    model.profiles().forEach(profile -> profile(profile, profiles.addObject()));
    if (choice.extent() != LayoutChoice.Extent.NONE) {
      layouts(model, choice, tree.putObject("layouts"));
    }
    put("disagreements", model.disagreements(), tree);
    put("notes", model.notes(), tree);
    put("sources", model.sources(), tree);
  }

  private static void profile(MigProfile profile, ObjectNode tree) {
    tree.put("name", profile.name());
    put("id", profile.id(), tree);
    tree.put("computeSlices", profile.computeSlices());
    put("memorySlices", profile.memorySlices(), tree);
    ObjectNode amounts = tree.putObject("amounts");
    profile
        .amounts()
        .forEach((resource, amount) -> amounts.put(resource.capacityName(), amount.toString()));
    tree.put("maxInstances", profile.maxInstances());
    ArrayNode placements = tree.putArray("placements");
    profile.placements().forEach(placement -> place(placement, placements.addObject()));
  }

  private static void place(Placement placement, ObjectNode tree) {
    tree.put("start", placement.start()).put("size", placement.size());
  }

  private static void layouts(GpuModel model, LayoutChoice choice, ObjectNode tree) {
    tree.put("extent", choice.extent().name().toLowerCase(Locale.ROOT));
    put("profiles", choice.profilesOf(model).stream().map(MigProfile::name).toList(), tree);
    ArrayNode list = tree.putArray("list");
    for (MigLayout layout : choice.layoutsOf(model)) {
      ArrayNode instances = list.addArray();
      for (MigInstance instance : layout.instances()) {
        place(
            instance.placement(), instances.addObject().put("profile", instance.profile().name()));
      }
    }
  }

  private static void machine(MachineModel machine, ObjectNode tree) {
    tree.put("name", machine.name());
    tree.put("gpuModel", machine.gpuModel().key());
    tree.put("productName", machine.productName());
    machine.cudaComputeCapability().ifPresent(c -> tree.put("cudaComputeCapability", c));
    machine.gpuMemory().map(Quantity::toString).ifPresent(memory -> tree.put("gpuMemory", memory));
    slots("gpus", machine.gpus(), tree);
    slots("nics", machine.nics(), tree);
    machine.topology().ifPresent(topology -> tree.put("topology", topology.name()));
    put("notes", machine.notes(), tree);
    put("sources", machine.sources(), tree);
  }

  private static void slots(String name, List<PciSlot> slots, ObjectNode tree) {
    ArrayNode list = tree.putArray(name);
    for (PciSlot slot : slots) {
      ObjectNode place = list.addObject();
      slot.root().ifPresent(root -> place.put("pcieRoot", root));
      put("numaNode", slot.numaNode(), place);
    }
  }

  private static void topology(MachineTopology topology, ObjectNode tree) {
    tree.put("name", topology.name());
    tree.put("about", topology.about());
    put("gpuModels", topology.gpuModels().stream().map(GpuModel::key).toList(), tree);
    tree.put("gpus", topology.gpus());
    ArrayNode links = tree.putArray("nvLinks");
    topology
        .nvLinks()
        .forEach(
            (pair, count) ->
                links
                    .addObject()
                    .put("first", pair.first())
                    .put("second", pair.second())
                    .put("links", count));
    topology.nvLinkGbPerSecond().ifPresent(rate -> tree.put("nvLinkGbPerSecond", rate));
    topology
        .nvLinkDomain()
        .ifPresent(
            domain ->
                tree.putObject("nvLinkDomain")
                    .put("gpus", domain.gpus())
                    .put("nodes", domain.nodes()));
    put("nvSwitches", topology.nvSwitches(), tree);
    ArrayNode paths = tree.putArray("paths");
    topology
        .paths()
        .forEach(
            (pair, path) ->
                paths
                    .addObject()
                    .put("first", pair.first())
                    .put("second", pair.second())
                    .put("path", path.name()));
    ArrayNode numaNodes = tree.putArray("numaNodes");
    topology
        .numaNodes()
        .forEach(
            node -> {
              if (node.isPresent()) {
                numaNodes.add(node.getAsInt());
              } else {
                numaNodes.addNull();
              }
            });
    topology.nics().ifPresent(nics -> tree.put("nics", nics));
    put("notes", topology.notes(), tree);
    put("sources", topology.sources(), tree);
  }

  private static void put(String name, OptionalInt number, ObjectNode tree) {
    number.ifPresent(value -> tree.put(name, value));
  }

  private static void put(String name, List<String> words, ObjectNode tree) {
    words.forEach(tree.putArray(name)::add);
  }
}
