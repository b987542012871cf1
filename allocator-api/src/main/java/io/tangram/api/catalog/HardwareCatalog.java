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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** GPU models by name. Immutable and thread-safe. */
public final class HardwareCatalog {

  private static final String TABLE = "gpu-models.txt";

  private final ImmutableList<GpuModel> models;
  private final ImmutableMap<String, GpuModel> byName;

  private HardwareCatalog(ImmutableList<GpuModel> models) {
    this.models = models;
    this.byName = byName(models);
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
   * Reads a catalogue in the format of this library's table, which its own comments explain.
   *
   * @param origin the name of the text, for messages
   * @param text the table
   * @throws IllegalArgumentException if a line is malformed or a name is taken twice; the message
   *     names the origin and the line, or both models
   */
  public static HardwareCatalog parse(String origin, String text) {
    return new HardwareCatalog(new GpuModelTable(origin).parse(text));
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
      throw new IllegalArgumentException(
          "The hardware catalogue has no GPU model "
              + name
              + "; it has "
              + models.stream().map(GpuModel::key).collect(Collectors.joining(", "))
              + ".");
    }
    return model;
  }

  /** Holds the standard catalogue, so that it is read on first use. */
  private static final class Standard {

    static final HardwareCatalog CATALOG = parse(TABLE, text());

    private static String text() {
      try (InputStream table = HardwareCatalog.class.getResourceAsStream(TABLE)) {
        return new String(
            Objects.requireNonNull(table, TABLE).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
