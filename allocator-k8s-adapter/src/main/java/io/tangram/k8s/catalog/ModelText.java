package io.tangram.k8s.catalog;

import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.MigResource;
import io.tangram.api.catalog.Placement;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A GPU model for people. */
final class ModelText {

  private static final BigDecimal GIBIBYTE = BigDecimal.valueOf(1L << 30);

  /** Narrow, but its bars can be told apart. */
  private static final int WIDTH_OF_PLACES = 3;

  private ModelText() {}

  static List<String> lines(GpuModel model, LayoutChoice choice) {
    List<String> lines = new ArrayList<>();
    lines.add("GPU model " + model.key());
    lines.addAll(facts(model));
    lines.add("");
    lines.addAll(profiles(model));
    if (choice.extent() != LayoutChoice.Extent.NONE) {
      lines.add("");
      lines.addAll(layouts(model, choice));
    }
    lines.add("");
    model.disagreements().forEach(each -> lines.add("  sources differ: " + each));
    lines.addAll(CatalogText.remarks(model.notes(), model.sources()));
    return lines;
  }

  private static List<String> facts(GpuModel model) {
    TextTable table = new TextTable("ll");
    table.row("architecture", model.architecture());
    table.row("memory", CatalogText.orUnknown(model.memoryGb()) + " GB by its name");
    table.row(
        "slices",
        CatalogText.orUnknown(model.computeSlices())
            + " of compute, "
            + CatalogText.orUnknown(model.memorySlices())
            + " of memory");
    table.row(
        "placements",
        (model.verified() ? "verified" : "NOT VERIFIED")
            + " (confidence "
            + model.confidence()
            + "): "
            + model.placementsFrom());
    table.row("products", orNone(model.productNames()));
    table.row("same layouts", orNone(model.aliases()));
    table.row("PCI devices", orNone(model.pciDeviceIds()));
    return table.lines();
  }

  private static String orNone(List<String> words) {
    return words.isEmpty() ? "-" : String.join(", ", words);
  }

  private static List<String> profiles(GpuModel model) {
    SliceDrawing drawing = new SliceDrawing(slices(model), WIDTH_OF_PLACES);
    TextTable table = new TextTable("lrrrrrrrrrrl");
    table.row(
        "profile",
        "id",
        "compute",
        "memory",
        "SMs",
        "copy",
        "decode",
        "encode",
        "JPEG",
        "OFA",
        "at most",
        drawing.axis());
    for (MigProfile profile : model.profiles()) {
      List<String> places = drawing.places(profile.placements());
      table.row(
          profile.name(),
          CatalogText.orUnknown(profile.id()),
          Integer.toString(profile.computeSlices()),
          memory(profile),
          amount(profile, MigResource.MULTIPROCESSORS),
          amount(profile, MigResource.COPY_ENGINES),
          amount(profile, MigResource.DECODERS),
          amount(profile, MigResource.ENCODERS),
          amount(profile, MigResource.JPEG_ENGINES),
          amount(profile, MigResource.OFA_ENGINES),
          Integer.toString(profile.maxInstances()),
          places.isEmpty() ? CatalogText.UNKNOWN : places.get(0));
      places.stream()
          .skip(1)
          .forEach(more -> table.row("", "", "", "", "", "", "", "", "", "", "", more));
    }
    List<String> lines = new ArrayList<>();
    lines.add("  Profiles, what an instance has, and where it can lie over the memory slices:");
    lines.addAll(table.lines());
    return lines;
  }

  private static String memory(MigProfile profile) {
    Quantity memory = profile.amounts().get(MigResource.MEMORY);
    return memory == null
        ? CatalogText.UNKNOWN
        : memory.value().divide(GIBIBYTE, 2, RoundingMode.HALF_UP) + " GiB";
  }

  private static String amount(MigProfile profile, MigResource resource) {
    Quantity amount = profile.amounts().get(resource);
    return amount == null ? CatalogText.UNKNOWN : amount.toString();
  }

  private static List<String> layouts(GpuModel model, LayoutChoice choice) {
    List<MigProfile> laid = choice.profilesOf(model);
    String names = laid.stream().map(MigProfile::name).collect(Collectors.joining(", "));
    List<MigLayout> shown = choice.layoutsOf(model);
    if (shown.isEmpty()) {
      return List.of("  Layouts of " + names + " are not known: no source says the placements.");
    }
    int legal =
        new LayoutChoice(LayoutChoice.Extent.ALL, choice.profiles()).layoutsOf(model).size();
    List<String> lines = new ArrayList<>();
    lines.add(
        choice.extent() == LayoutChoice.Extent.ALL
            ? "  All " + legal + " legal layouts of " + names + ":"
            : "  Layouts of "
                + names
                + " that leave no room: "
                + shown.size()
                + " of "
                + legal
                + " legal ones; the others are parts of these.");
    SliceDrawing drawing = SliceDrawing.withNames(slices(model), laid);
    TextTable table = new TextTable("lrr");
    table.row(drawing.axis(), "compute", "memory");
    for (MigLayout layout : shown) {
      table.row(
          drawing.layout(layout.instances()),
          ofAll(
              layout.instances().stream().mapToInt(each -> each.profile().computeSlices()).sum(),
              CatalogText.orUnknown(model.computeSlices())),
          ofAll(
              layout.instances().stream().mapToInt(each -> each.placement().size()).sum(),
              Integer.toString(slices(model))));
    }
    lines.addAll(table.lines());
    return lines;
  }

  private static String ofAll(int part, String all) {
    return part + " of " + all;
  }

  /** As many as are known, or as many as the placements need. */
  private static int slices(GpuModel model) {
    return model
        .memorySlices()
        .orElseGet(
            () ->
                model.profiles().stream()
                    .flatMap(profile -> profile.placements().stream())
                    .mapToInt(Placement::end)
                    .max()
                    .orElse(0));
  }
}
