package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GPU models, topologies and machines by name. Immutable and thread-safe. */
public final class HardwareCatalog {

  private final ImmutableList<GpuModel> models;
  private final ImmutableMap<String, GpuModel> byName;
  private final ImmutableList<MachineTopology> topologies;
  private final ImmutableList<MachineModel> machines;

  private HardwareCatalog(
      ImmutableList<GpuModel> models,
      ImmutableList<MachineTopology> topologies,
      ImmutableList<MachineModel> machines) {
    this.models = models;
    this.byName = byName(models);
    this.topologies = topologies;
    this.machines = machines;
  }

  private static ImmutableMap<String, GpuModel> byName(ImmutableList<GpuModel> models) {
    Map<String, GpuModel> byName = new LinkedHashMap<>();
    for (GpuModel model : models) {
      enter(byName, model.key(), model);
      model.aliases().forEach(alias -> enter(byName, alias, model));
      model.productNames().forEach(product -> enter(byName, product, model));
    }
    return ImmutableMap.copyOf(byName);
  }

  private static void enter(Map<String, GpuModel> byName, String name, GpuModel model) {
    GpuModel other = byName.putIfAbsent(name, model);
    if (other != null) {
      throw new IllegalArgumentException(
          "Both GPU models " + other.key() + " and " + model.key() + " go by " + name + ".");
    }
  }

  /** Returns the catalogue that comes with this library. It is read once, on first use. */
  public static HardwareCatalog standard() {
    return Standard.CATALOG;
  }

  /**
   * Reads a catalogue of GPU models, without topologies and machines, in the format of {@code
   * gpu-models.txt}, whose comments explain it.
   *
   * @param origin the name of the text, for messages
   * @param text the table
   * @throws IllegalArgumentException if a line is malformed or a name is taken twice; the message
   *     names the origin and the line, or both models
   */
  public static HardwareCatalog parse(String origin, String text) {
    return new HardwareCatalog(
        GpuModelTable.parse(origin, text), ImmutableList.of(), ImmutableList.of());
  }

  /**
   * Returns this catalogue with topologies from a text in the format of {@code topologies.txt},
   * whose comments explain it, in place of its own, and without machines, which name topologies.
   *
   * @param origin the name of the text, for messages
   * @param text the table
   * @throws IllegalArgumentException if a line is malformed, names a GPU model that is not here, or
   *     a name is taken twice; the message names the origin and the line
   */
  public HardwareCatalog withTopologies(String origin, String text) {
    return new HardwareCatalog(models, TopologyTable.parse(origin, text, this), ImmutableList.of());
  }

  /**
   * Returns this catalogue with machines from a text in the format of {@code machines.txt}, whose
   * comments explain it, in place of its own.
   *
   * @param origin the name of the text, for messages
   * @param text the table
   * @throws IllegalArgumentException if a line is malformed, names a GPU model or a topology that
   *     is not here, or a name is taken twice; the message names the origin and the line
   */
  public HardwareCatalog withMachines(String origin, String text) {
    return new HardwareCatalog(models, topologies, MachineTable.parse(origin, text, this));
  }

  /** The models, in the order of the table. */
  public ImmutableList<GpuModel> models() {
    return models;
  }

  /**
   * Returns a model by its key, by an alias, or by a product name that the driver reports. Users of
   * a model that is not verified must see its {@link GpuModel#warning()}.
   *
   * @throws IllegalArgumentException if no model goes by the name; the message lists the keys
   */
  public GpuModel model(String name) {
    @Nullable GpuModel model = byName.get(name);
    if (model == null) {
      throw unknown("GPU model", name, models, GpuModel::key);
    }
    return model;
  }

  /** The topologies, in the order of the table. */
  public ImmutableList<MachineTopology> topologies() {
    return topologies;
  }

  /**
   * Returns a topology by its name, such as {@code DGX-1V}.
   *
   * @throws IllegalArgumentException if no topology has the name; the message lists the names
   */
  public MachineTopology topology(String name) {
    return topologies.stream()
        .filter(topology -> topology.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("topology", name, topologies, MachineTopology::name));
  }

  /** The machines, in the order of the table. */
  public ImmutableList<MachineModel> machines() {
    return machines;
  }

  /**
   * Returns a machine by its name, such as {@code 8xH100-80GB}. Users of a machine whose GPUs are
   * not verified must see its {@link MachineModel#warning()}.
   *
   * @throws IllegalArgumentException if no machine has the name; the message lists the names
   */
  public MachineModel machine(String name) {
    return machines.stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("machine", name, machines, MachineModel::name));
  }

  private static <T> IllegalArgumentException unknown(
      String what, String name, ImmutableList<T> all, Function<T, String> nameOf) {
    return new IllegalArgumentException(
        "The hardware catalogue has no %s %s; it has %s."
            .formatted(what, name, all.stream().map(nameOf).collect(Collectors.joining(", "))));
  }

  /** Holds the standard catalogue, so that it is read on first use. */
  private static final class Standard {

    private static final String MODELS = "gpu-models.txt";
    private static final String TOPOLOGIES = "topologies.txt";
    private static final String MACHINES = "machines.txt";

    static final HardwareCatalog CATALOG =
        parse(MODELS, text(MODELS))
            .withTopologies(TOPOLOGIES, text(TOPOLOGIES))
            .withMachines(MACHINES, text(MACHINES));

    private static String text(String table) {
      try (InputStream in = HardwareCatalog.class.getResourceAsStream(table)) {
        return new String(Objects.requireNonNull(in, table).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
