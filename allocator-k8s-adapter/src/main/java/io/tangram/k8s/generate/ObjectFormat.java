package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.JsonEmitter;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.Locale;

/** How objects are written, one after another as they come. */
public enum ObjectFormat {
  /** YAML documents. */
  YAML,
  /** A {@code List} in JSON. */
  JSON,
  /** One object of JSON a line. */
  NDJSON;

  private static final String INDENT = "    ";

  /** Returns the name in small letters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes the objects.
   *
   * @param comment what YAML says first, line by line; empty for nothing
   * @param objects the objects, each asked for when the one before is written
   * @param out where to; not flushed, not closed
   * @throws IOException if {@code out} can't be written to
   */
  public void write(String comment, Iterator<ObjectNode> objects, Writer out) throws IOException {
    switch (this) {
      case YAML -> yaml(comment, objects, out);
      case JSON -> list(objects, out);
      case NDJSON -> lines(objects, out);
    }
  }

  private static void yaml(String comment, Iterator<ObjectNode> objects, Writer out)
      throws IOException {
    for (String line : comment.lines().toList()) {
      out.append(("# " + line).stripTrailing()).append('\n');
    }
    while (objects.hasNext()) {
      out.append("---\n").append(FlowYaml.document(objects.next()));
    }
  }

  private static void list(Iterator<ObjectNode> objects, Writer out) throws IOException {
    out.append("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [");
    String separator = "\n";
    while (objects.hasNext()) {
      out.append(separator).append(INDENT);
      JsonEmitter.pretty(objects.next(), INDENT, out);
      separator = ",\n";
    }
    out.append("\n  ]\n}\n");
  }

  private static void lines(Iterator<ObjectNode> objects, Writer out) throws IOException {
    while (objects.hasNext()) {
      out.append(JsonEmitter.compact(objects.next())).append('\n');
    }
  }
}
