package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML documents of any style, anchors and merge keys included, and says where one is broken.
 * An empty document is skipped; a key given twice is refused.
 */
final class AnyYaml {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TAG = "tag:yaml.org,2002:";

  /** How deep the values of an object may be nested. */
  static final int MAX_DEPTH = 200;

  /** The complaint about values that are nested deeper. */
  static final String TOO_DEEP = "values are nested more than " + MAX_DEPTH + " deep";

  /** Where the values that are read next are objects, such as the items of a list. */
  private static final int EACH_ALONE = -1;

  /** What aliases may expand to in one document, in values. */
  private static final int MAX_ALIASED = 1_000_000;

  private final Parser parser;
  private final ValueSizeGuard guard;
  private final int linesAbove;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long built;
  private long aliased;

  /** How many collections the value is in, beside the object. */
  private int depth;

  /** The greatest depth since the last value that has an anchor began. */
  private int deepest;

  /**
   * A value that aliases can name.
   *
   * @param weight how many values it holds
   * @param height how deep they are nested in it
   */
  private record Anchored(JsonNode node, long weight, int height) {}

  private AnyYaml(InputStream in, int linesAbove) {
    this.linesAbove = linesAbove;
    guard = new ValueSizeGuard(in);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    InputStreamReader text =
        new InputStreamReader(
            guard,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    parser = new ParserImpl(new StreamReader(text), options);
  }

  /** What a text is read for. */
  @FunctionalInterface
  private interface Reading {
    void of(AnyYaml yaml);
  }

  /**
   * Hands every object of the text to {@code sink}.
   *
   * @param linesAbove how many lines of the file are above the text
   * @param open takes the fields and items of the text's first document, where the document has
   *     begun above; else null
   */
  static void read(InputStream in, int linesAbove, @Nullable ListItems open, ObjectSink sink)
      throws IOException {
    read(in, linesAbove, yaml -> yaml.documents(open, sink));
  }

  /** Hands the entries of a text that is one sequence to {@code sink}. */
  static void readEntries(InputStream in, int linesAbove, BiConsumer<JsonNode, Integer> sink)
      throws IOException {
    read(in, linesAbove, yaml -> yaml.entries(sink));
  }

  private static void read(InputStream in, int linesAbove, Reading reading) throws IOException {
    try {
      reading.of(new AnyYaml(in, linesAbove));
    } catch (MarkedYAMLException e) {
      throw malformed(e, linesAbove);
    } catch (ReaderException e) {
      throw new SyntaxException(
          String.format(
              "not YAML: the character U+%04X is not allowed; if the file is packed, unpack it",
              e.getCodePoint()));
    } catch (YAMLException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new SyntaxException("not YAML: " + e.getMessage());
    }
  }

  private static SyntaxException malformed(MarkedYAMLException e, int linesAbove) {
    Mark at = e.getProblemMark();
    String problem = "not YAML: " + YamlComplaint.of(e);
    return at == null
        ? new SyntaxException(problem)
        : new SyntaxException(linesAbove + at.getLine() + 1, at.getColumn() + 1, problem);
  }

  private int line(Event event) {
    return linesAbove + event.getStartMark().getLine() + 1;
  }

  private SyntaxException at(Event event, String problem) {
    return new SyntaxException(line(event), event.getStartMark().getColumn() + 1, problem);
  }

  private Event next() {
    guard.progress();
    return parser.getEvent();
  }

  private void documents(@Nullable ListItems open, ObjectSink sink) {
    ListItems begun = open;
    for (Event event = next(); !event.is(ID.StreamEnd); event = next()) {
      if (event instanceof DocumentStartEvent) {
        anchors.clear();
        built = 0;
        aliased = 0;
        document(next(), begun, sink);
        begun = null;
      }
    }
  }

  private void document(Event start, @Nullable ListItems begun, ObjectSink sink) {
    if (start instanceof MappingStartEvent mapping) {
      ListItems parts = begun == null ? new ListItems(sink, line(mapping)) : begun;
      fields(mapping, parts.head(), parts);
      parts.end();
    } else if (!(start instanceof ScalarEvent scalar) || !scalar(scalar).isNull()) {
      throw at(
          start,
          start instanceof SequenceStartEvent
              ? "a document is a sequence; wrap its objects in a List"
              : "a document is a single value, not an object; ask kubectl for -o yaml or json");
    }
  }

  private void entries(BiConsumer<JsonNode, Integer> sink) {
    Event start = next();
    while (!start.is(ID.SequenceStart)) {
      start = next();
    }
    depth = EACH_ALONE;
    for (Event event = next(); !event.is(ID.SequenceEnd); event = next()) {
      sink.accept(value(event), line(event));
    }
    while (!start.is(ID.StreamEnd)) {
      start = next();
    }
  }

  private JsonNode value(Event event) {
    built++;
    if (event instanceof AliasEvent alias) {
      return resolve(alias);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor == null) {
      return bare(event);
    }
    long before = built;
    int deepestBefore = deepest;
    deepest = depth;
    JsonNode node = bare(event);
    anchors.put(anchor, new Anchored(node, built - before + 1, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private JsonNode bare(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    descend(event, 1);
    JsonNode node =
        event instanceof MappingStartEvent mapping
            ? fields(mapping, NODES.objectNode(), null)
            : sequence();
    depth--;
    return node;
  }

  private void descend(Event event, int levels) {
    depth += levels;
    deepest = Math.max(deepest, depth);
    if (depth > MAX_DEPTH) {
      throw at(event, TOO_DEEP);
    }
  }

  private JsonNode resolve(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw at(
          alias,
          "the alias *" + alias.getAnchor() + " names no anchor before it; quote it if it is text");
    }
    built += anchored.weight();
    aliased += anchored.weight();
    if (aliased > MAX_ALIASED) {
      throw at(alias, "aliases expand to more than " + MAX_ALIASED + " values");
    }
    descend(alias, anchored.height());
    depth -= anchored.height();
    return anchored.node().deepCopy();
  }

  private ArrayNode sequence() {
    ArrayNode array = NODES.arrayNode();
    for (Event event = next(); !event.is(ID.SequenceEnd); event = next()) {
      array.add(value(event));
    }
    return array;
  }

  /**
   * Reads the fields of a mapping.
   *
   * @param into takes the fields
   * @param parts takes the items of a list, where the mapping is a whole document
   */
  private ObjectNode fields(MappingStartEvent mapping, ObjectNode into, @Nullable ListItems parts) {
    List<JsonNode> merged = new ArrayList<>(0);
    for (Event event = next(); !event.is(ID.MappingEnd); event = next()) {
      String key = key(event);
      Event start = next();
      if (key.equals("<<") && isPlain(event)) {
        merged.add(value(start));
      } else if (parts != null && key.equals("items") && start instanceof SequenceStartEvent) {
        parts.list();
        items(parts);
      } else if (into.replace(key, value(start)) != null) {
        throw at(event, "the key \"" + key + "\" is given twice");
      }
    }
    for (JsonNode each : merged) {
      merge(mapping, into, each);
    }
    return into;
  }

  private void items(ListItems parts) {
    depth = EACH_ALONE;
    for (Event event = next(); !event.is(ID.SequenceEnd); event = next()) {
      parts.item(value(event), line(event));
    }
    depth = 0;
  }

  private void merge(MappingStartEvent mapping, ObjectNode into, JsonNode source) {
    if (source instanceof ArrayNode sources) {
      sources.forEach(each -> merge(mapping, into, each));
    } else if (source instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (!into.has(field.getKey())) {
                  into.set(field.getKey(), field.getValue());
                }
              });
    } else {
      throw at(mapping, "<< takes a mapping or a list of them");
    }
  }

  private String key(Event event) {
    if (!(event instanceof ScalarEvent scalar)) {
      throw at(event, "a key is not a single value; if this is a template, fill it in");
    }
    JsonNode key = scalar(scalar);
    return key.isNull() ? "null" : key.asText();
  }

  private static boolean isPlain(Event event) {
    return event instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  private JsonNode scalar(ScalarEvent event) {
    String tag = event.getTag();
    if (tag == null ? !isPlain(event) : tag.equals("!") || tag.equals(TAG + "str")) {
      return TextNode.valueOf(event.getValue());
    }
    JsonNode value;
    try {
      value = PlainScalar.resolve(event.getValue());
    } catch (IllegalArgumentException e) {
      throw at(event, e.getMessage() + "; quote it if it is text");
    }
    if (tag == null) {
      return value;
    }
    boolean asTagged =
        switch (tag.startsWith(TAG) ? tag.substring(TAG.length()) : "") {
          case "int" -> value.isIntegralNumber();
          case "float" -> value.isNumber();
          case "bool" -> value.isBoolean();
          case "null" -> value.isNull();
          default ->
              throw at(event, "the tag " + tag + " is not one Kubernetes knows; leave it out");
        };
    if (!asTagged) {
      throw at(event, "\"" + event.getValue() + "\" is not what its tag " + tag + " says");
    }
    return value;
  }
}
