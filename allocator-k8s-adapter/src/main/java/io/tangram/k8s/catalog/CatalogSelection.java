package io.tangram.k8s.catalog;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MachineTopology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of the catalogue, or all of it.
 *
 * @param models GPU models
 * @param machines machines
 * @param topologies topologies
 */
public record CatalogSelection(
    ImmutableList<GpuModel> models,
    ImmutableList<MachineModel> machines,
    ImmutableList<MachineTopology> topologies) {

  /** Returns all that the catalogue has. */
  public static CatalogSelection all(HardwareCatalog catalog) {
    return new CatalogSelection(catalog.models(), catalog.machines(), catalog.topologies());
  }

  /**
   * Returns what goes by a name, in letters of either case: a GPU model by its key, an alias or a
   * product name, with the machines that have it and their topologies; a machine with its topology;
   * or a topology. Nothing if nothing does.
   */
  public static Optional<CatalogSelection> named(HardwareCatalog catalog, String name) {
    Map<String, CatalogSelection> byName = byName(catalog);
    CatalogSelection exact = byName.get(name);
    return exact != null
        ? Optional.of(exact)
        : byName.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  /** Returns all names, aliases and product names included. */
  public static ImmutableList<String> names(HardwareCatalog catalog) {
    return ImmutableList.copyOf(byName(catalog).keySet());
  }

  private static Map<String, CatalogSelection> byName(HardwareCatalog catalog) {
    Map<String, CatalogSelection> byName = new LinkedHashMap<>();
    for (GpuModel model : catalog.models()) {
      CatalogSelection selection = of(catalog, model);
      Stream.of(Stream.of(model.key()), model.aliases().stream(), model.productNames().stream())
          .flatMap(names -> names)
          .forEach(each -> byName.put(each, selection));
    }
    for (MachineModel machine : catalog.machines()) {
      byName.put(
          machine.name(),
          new CatalogSelection(
              ImmutableList.of(),
              ImmutableList.of(machine),
              machine.topology().stream().collect(ImmutableList.toImmutableList())));
    }
    for (MachineTopology topology : catalog.topologies()) {
      byName.put(
          topology.name(),
          new CatalogSelection(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(topology)));
    }
    return byName;
  }

  private static CatalogSelection of(HardwareCatalog catalog, GpuModel model) {
    return new CatalogSelection(
        ImmutableList.of(model),
        catalog.machines().stream()
            .filter(machine -> machine.gpuModel().equals(model))
            .collect(ImmutableList.toImmutableList()),
        catalog.topologies().stream()
            .filter(topology -> topology.gpuModels().contains(model))
            .collect(ImmutableList.toImmutableList()));
  }
}
