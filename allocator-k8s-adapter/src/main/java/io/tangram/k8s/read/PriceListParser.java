package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a {@link PriceList}. */
final class PriceListParser {

  private static final String RULE = "prices";
  private static final int DECIMALS = 6;
  private static final long MOST = 1_000_000_000;
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

  private static final ImmutableSet<String> KNOWN = ImmutableSet.of("prices", "default");
  private static final ImmutableSet<String> KNOWN_ENTRY =
      ImmutableSet.of("matchLabels", "model", "price");

  private PriceListParser() {}

  static PriceList parse(InputFile file) {
    List<Field> documents = new ArrayList<>();
    InputObject.readTrees(
        file, (tree, line) -> documents.add(Field.of(ObjectLabel.ofFile(file), tree)));
    if (documents.size() != 1) {
      throw new InputException(
          file + ": has " + documents.size() + " documents; a list of prices is one.");
    }
    Field list = documents.get(0);
    requireOnly(KNOWN, list);
    Field otherwise = list.get("default");
    ImmutableList<PriceList.Entry> entries = entries(list.get("prices"));
    if (entries.isEmpty() && !otherwise.isPresent()) {
      throw list.bad("has neither prices nor a default. Give one of them.");
    }
    return new PriceList(
        file.name(),
        entries,
        otherwise.isPresent() ? Optional.of(price(otherwise)) : Optional.empty());
  }

  private static void requireOnly(ImmutableSet<String> known, Field object) {
    for (String name : object.names()) {
      if (!known.contains(name)) {
        throw object
            .get(name)
            .bad(
                "is no field of a list of prices; known here are "
                    + String.join(", ", known)
                    + ".");
      }
    }
  }

  private static ImmutableList<PriceList.Entry> entries(Field list) {
    Set<PriceList.Entry> seen = new HashSet<>();
    return list.list(
        Field.MANY,
        RULE,
        field -> {
          PriceList.Entry entry = entry(field);
          if (!seen.add(new PriceList.Entry(entry.labels(), entry.model(), 0))) {
            throw field.bad(
                "is for the same nodes as an entry before it, which counts. Leave one out.");
          }
          return entry;
        });
  }

  private static PriceList.Entry entry(Field entry) {
    requireOnly(KNOWN_ENTRY, entry);
    ImmutableMap<String, String> labels =
        entry.get("matchLabels").mapEntries().stream()
            .collect(ImmutableMap.toImmutableMap(PriceListParser::labelKey, Field::text));
    Field model = entry.get("model");
    if (labels.isEmpty() && !model.isPresent()) {
      throw entry.bad(
          "names no nodes. Give matchLabels or a model; for all other nodes there is default.");
    }
    return new PriceList.Entry(
        labels,
        model.isPresent() ? Optional.of(machine(model)) : Optional.empty(),
        price(entry.get("price")));
  }

  private static String labelKey(Field label) {
    if (!NameSyntax.LABEL_KEY.accepts(label.key())) {
      throw label.bad("the key is not " + NameSyntax.LABEL_KEY.description() + ".");
    }
    return label.key();
  }

  private static String machine(Field model) {
    List<String> names =
        HardwareCatalog.standard().machines().stream().map(MachineModel::name).toList();
    return names.stream()
        .filter(name -> name.equalsIgnoreCase(model.text()))
        .findFirst()
        .orElseThrow(
            () ->
                model.bad(
                    model.shown()
                        + " is no machine of tangram catalog, which has "
                        + String.join(", ", names)
                        + ". Give other nodes by matchLabels."));
  }

  /** Returns a price in millionths: numbers are read as they are written. */
  private static long price(Field field) {
    String text = field.required(RULE).node().asText();
    boolean isValue = field.node().isNumber() || field.node().isTextual();
    if (!isValue || !DECIMAL.matcher(text).matches()) {
      throw field.bad(field.shown() + " must be a price, such as 98.32.");
    }
    BigDecimal price = new BigDecimal(text);
    if (price.signum() < 0 || price.compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw field.bad(field.shown() + " must be a price from 0 to " + MOST + ".");
    }
    if (price.stripTrailingZeros().scale() > DECIMALS) {
      throw field.bad(
          field.shown()
              + " must have at most "
              + DECIMALS
              + " decimals. Round it, or take another unit.");
    }
    return price.movePointRight(DECIMALS).longValueExact();
  }
}
