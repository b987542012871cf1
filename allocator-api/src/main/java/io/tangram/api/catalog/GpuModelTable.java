package io.tangram.api.catalog;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the table of GPU models: one fact a line, as the table's own comments explain. */
final class GpuModelTable extends FactTable {

  /** What columns 6 to 11 of a profile say. */
  private static final ImmutableList<MigResource> ENGINES =
      ImmutableList.of(
          MigResource.MULTIPROCESSORS,
          MigResource.COPY_ENGINES,
          MigResource.DECODERS,
          MigResource.ENCODERS,
          MigResource.JPEG_ENGINES,
          MigResource.OFA_ENGINES);

  private final ImmutableList.Builder<GpuModel> models = ImmutableList.builder();

  private int modelLine;
  private ImmutableGpuModel.@Nullable Builder model;

  private GpuModelTable(String origin) {
    super(origin);
  }

  static ImmutableList<GpuModel> parse(String origin, String text) {
    GpuModelTable table = new GpuModelTable(origin);
    table.read(text);
    table.finishModel();
    return table.models.build();
  }

  @Override
  void fact(String keyword, String value) {
    if (keyword.equals("model")) {
      finishModel();
      model = GpuModel.builder().key(value);
      modelLine = lineNumber();
    } else if (model == null) {
      throw malformed("\"" + keyword + "\" comes before the first model");
    } else {
      fact(model, keyword, value);
    }
  }

  private void fact(ImmutableGpuModel.Builder model, String keyword, String value) {
    switch (keyword) {
      case "architecture" -> model.architecture(value);
      case "memory-gb" -> model.memoryGb(number(keyword, value));
      case "compute-slices" -> model.computeSlices(number(keyword, value));
      case "memory-slices" -> model.memorySlices(number(keyword, value));
      case "verified" -> model.verified(yesOrNo(value));
      case "confidence" -> model.confidence(value);
      case "placements-from" -> model.placementsFrom(value);
      case "product" -> model.addProductNames(value);
      case "alias" -> model.addAliases(value);
      case "pci-device" -> model.addPciDeviceIds(value);
      case "source" -> model.addSources(value);
      case "disagreement" -> model.addDisagreements(value);
      case "note" -> model.addNotes(value);
      case "profile" -> model.addProfiles(profile(value));
      default -> throw malformed("\"" + keyword + "\" is not a keyword");
    }
  }

  private void finishModel() {
    if (model != null) {
      try {
        models.add(model.build());
      } catch (IllegalStateException e) {
        throw malformed(modelLine, "the model is not complete: " + e.getMessage());
      }
    }
  }

  private MigProfile profile(String value) {
    List<String> fields = Splitter.on(' ').splitToList(value);
    if (fields.size() != 13) {
      throw malformed("a profile has 13 fields, this one " + fields.size());
    }
    OptionalInt memorySlices = number("MEMORY-SLICES", fields.get(3));
    return MigProfile.builder()
        .name(fields.get(0))
        .id(number("ID", fields.get(1)))
        .computeSlices(known("COMPUTE-SLICES", fields.get(2)))
        .memorySlices(memorySlices)
        .amounts(amounts(fields))
        .maxInstances(known("MAX-INSTANCES", fields.get(11)))
        .placements(placements(fields.get(12), memorySlices))
        .build();
  }

  private ImmutableMap<MigResource, Quantity> amounts(List<String> fields) {
    ImmutableMap.Builder<MigResource, Quantity> amounts = ImmutableMap.builder();
    for (int i = 0; i < ENGINES.size(); i++) {
      MigResource engine = ENGINES.get(i);
      number(engine.counterName(), fields.get(5 + i))
          .ifPresent(amount -> amounts.put(engine, quantity(BigDecimal.valueOf(amount))));
    }
    number("MEMORY-MIB", fields.get(4))
        .ifPresent(amount -> amounts.put(MigResource.MEMORY, Quantity.mebibytes(amount)));
    return amounts.buildOrThrow();
  }

  private static Quantity quantity(BigDecimal amount) {
    return Quantity.of(amount, Quantity.Format.BINARY_SI);
  }

  private ImmutableList<Placement> placements(String value, OptionalInt memorySlices) {
    if (value.equals(UNKNOWN)) {
      return ImmutableList.of();
    }
    List<String> parts = Splitter.on(':').splitToList(value);
    if (parts.size() != 2) {
      throw malformed("placements \"" + value + "\" are not STARTS:SIZE");
    }
    int size = known("SIZE", parts.get(1));
    if (size < 1 || memorySlices.orElse(size) != size) {
      throw malformed("placements \"" + value + "\" do not have the size of the profile");
    }
    ImmutableList.Builder<Placement> placements = ImmutableList.builder();
    for (String start : Splitter.on(',').split(parts.get(0))) {
      placements.add(new Placement(known("START", start), size));
    }
    return placements.build();
  }

  private boolean yesOrNo(String value) {
    return switch (value) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw malformed("verified is \"" + value + "\", not yes or no");
    };
  }
}
