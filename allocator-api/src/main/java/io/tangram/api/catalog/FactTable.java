package io.tangram.api.catalog;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import java.util.OptionalInt;

/**
 * A text of facts, one a line: a keyword, a space, a value. Empty lines and lines that begin with
 * {@code #} say nothing. Every complaint names the origin and the line.
 */
abstract class FactTable {

  /** Stands for what no source says. */
  static final String UNKNOWN = "?";

  private final String origin;
  private int lineNumber;

  FactTable(String origin) {
    this.origin = origin;
  }

  /** Takes in one fact. */
  abstract void fact(String keyword, String value);

  /** Reads the text, fact by fact. */
  final void read(String text) {
    for (String line : Splitter.on('\n').split(text)) {
      lineNumber++;
      if (!line.isBlank() && !line.startsWith("#")) {
        int space = line.indexOf(' ');
        if (space < 1 || space == line.length() - 1) {
          throw malformed("\"" + line + "\" is not a keyword and a value");
        }
        fact(line.substring(0, space), line.substring(space + 1));
      }
    }
  }

  /** The line that is being read, from 1. */
  final int lineNumber() {
    return lineNumber;
  }

  /** Reads a number, or that there is none. */
  final OptionalInt number(String what, String value) {
    return value.equals(UNKNOWN) ? OptionalInt.empty() : OptionalInt.of(known(what, value));
  }

  /** Reads a number that must be there. */
  final int known(String what, String value) {
    Integer number = Ints.tryParse(value);
    if (number == null || number < 0) {
      throw malformed(what + " is \"" + value + "\", not a number");
    }
    return number;
  }

  /** Reads the name of a GPU model that must be there. */
  final GpuModel gpuModel(HardwareCatalog catalog, String name) {
    try {
      return catalog.model(name);
    } catch (IllegalArgumentException e) {
      throw malformed("GPU model " + name + " is not in the catalogue");
    }
  }

  /** A complaint about the line that is being read. */
  final IllegalArgumentException malformed(String problem) {
    return malformed(lineNumber, problem);
  }

  /** A complaint about an earlier line. */
  final IllegalArgumentException malformed(int line, String problem) {
    return new IllegalArgumentException(origin + " line " + line + ": " + problem + ".");
  }
}
