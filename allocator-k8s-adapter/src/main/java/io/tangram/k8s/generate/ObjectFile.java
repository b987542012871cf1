package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes objects to a file as they come: YAML documents where the name ends in {@code .yaml}, one
 * JSON object a line where it ends in {@code .json}; with {@code .gz} behind it, compressed.
 */
public final class ObjectFile {

  private static final String GZIP = ".gz";

  private ObjectFile() {}

  /**
   * Writes the objects.
   *
   * @param file the file, written over if it is there
   * @param comment what a YAML file says first, line by line; empty for nothing
   * @param objects the objects, read once
   * @throws IllegalArgumentException if the name ends in none of these
   * @throws IOException if the file can't be written
   */
  public static void write(Path file, String comment, Stream<ObjectNode> objects)
      throws IOException {
    String name = file.toString();
    String plainName =
        name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    boolean yaml = plainName.endsWith(".yaml");
    if (!yaml && !plainName.endsWith(".json")) {
      throw new IllegalArgumentException(
          "Objects can't be written to " + file + "; end its name in .yaml or .json, and .gz.");
    }
    OutputStream bytes = Files.newOutputStream(file);
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                plainName.equals(name) ? bytes : new GZIPOutputStream(bytes),
                StandardCharsets.UTF_8))) {
      (yaml ? ObjectFormat.YAML : ObjectFormat.NDJSON).write(comment, objects.iterator(), out);
    }
  }
}
