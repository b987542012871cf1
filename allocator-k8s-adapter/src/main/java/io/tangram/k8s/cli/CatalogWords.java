package io.tangram.k8s.cli;

import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.k8s.catalog.CatalogSelection;
import io.tangram.k8s.catalog.LayoutChoice;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** What the words of {@code tangram catalog} mean, and which there are. */
final class CatalogWords {

  /** How the catalogue is written. */
  enum Format {
    TEXT,
    JSON,
    YAML;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private CatalogWords() {}

  private static String label(LayoutChoice.Extent extent) {
    return extent.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names of the catalogue that are one word. */
  static List<String> names() {
    return CatalogSelection.names(HardwareCatalog.standard()).stream()
        .filter(name -> name.indexOf(' ') < 0)
        .toList();
  }

  /** Reads which layouts to show. */
  static final class ExtentWord implements ITypeConverter<LayoutChoice.Extent> {
    @Override
    public LayoutChoice.Extent convert(String word) {
      return Words.choose(word, Arrays.asList(LayoutChoice.Extent.values()), CatalogWords::label);
    }
  }

  /** Reads a format. */
  static final class FormatWord implements ITypeConverter<Format> {
    @Override
    public Format convert(String word) {
      return Words.choose(word, Arrays.asList(Format.values()), Format::label);
    }
  }

  /** Lists which layouts can be shown. */
  static final class Extents implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(LayoutChoice.Extent.values()).map(CatalogWords::label).iterator();
    }
  }

  /** Lists the formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Format.values()).map(Format::label).iterator();
    }
  }

  /** Lists the names of the catalogue that are one word. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }
}
