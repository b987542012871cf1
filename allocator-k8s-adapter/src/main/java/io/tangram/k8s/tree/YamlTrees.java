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
 * Reads YAML documents as Kubernetes' tools do ({@link PlainScalar}), anchors and merge keys
 * included. An empty document is skipped; a key given twice is refused.
 */
final class YamlTrees {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TAG = "tag:yaml.org,2002:";
  private static final int MAX_DEPTH = 200;

  /** What aliases may expand to in one document, in values. */
  private static final int MAX_ALIASED = 1_000_000;

  private final Parser parser;
  private final ValueSizeGuard guard;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private long built;
  private long aliased;
  private int depth;

  /**
   * A value that aliases can name.
   *
   * @param weight how many values it holds
   */
  private record Anchored(JsonNode node, long weight) {}

  private YamlTrees(Parser parser, ValueSizeGuard guard) {
    this.parser = parser;
    this.guard = guard;
  }

  /** Hands every object of the text to {@code sink}. */
  static void read(InputStream in, ObjectSink sink) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    ValueSizeGuard guard = new ValueSizeGuard(in);
    InputStreamReader text =
        new InputStreamReader(
            guard,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try {
      new YamlTrees(new ParserImpl(new StreamReader(text), options), guard).documents(sink);
    } catch (MarkedYAMLException e) {
      throw malformed(e);
    } catch (ReaderException e) {
      throw new SyntaxException(
          String.format("not YAML: the character U+%04X is not allowed", e.getCodePoint()));
    } catch (YAMLException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new SyntaxException("not YAML: " + e.getMessage());
    }
  }

  private static SyntaxException malformed(MarkedYAMLException e) {
    Mark at = e.getProblemMark();
    String problem =
        "not YAML: " + (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem();
    return at == null
        ? new SyntaxException(problem)
        : new SyntaxException(at.getLine() + 1, at.getColumn() + 1, problem);
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }

  private static SyntaxException at(Event event, String problem) {
    return new SyntaxException(line(event), event.getStartMark().getColumn() + 1, problem);
  }

  private Event next() {
    guard.progress();
    return parser.getEvent();
  }

  private void documents(ObjectSink sink) {
    for (Event event = next(); !event.is(ID.StreamEnd); event = next()) {
      if (event instanceof DocumentStartEvent) {
        anchors.clear();
        built = 0;
        aliased = 0;
        document(next(), sink);
      }
    }
  }

  private void document(Event start, ObjectSink sink) {
    if (start instanceof MappingStartEvent mapping) {
      ListItems parts = new ListItems(sink, line(mapping));
      fields(mapping, parts.head(), parts);
      parts.end();
    } else if (!(start instanceof ScalarEvent scalar) || !scalar(scalar).isNull()) {
      throw at(
          start,
          start instanceof SequenceStartEvent
              ? "a document is a sequence; wrap its objects in a List"
              : "a document is a single value, not an object");
    }
  }

  private JsonNode value(Event event) {
    built++;
    if (event instanceof AliasEvent alias) {
      return resolve(alias);
    }
    String anchor = ((NodeEvent) event).getAnchor();
    long before = built;
    JsonNode node;
    if (event instanceof ScalarEvent scalar) {
      node = scalar(scalar);
    } else {
      if (++depth > MAX_DEPTH) {
        throw at(event, "values are nested more than " + MAX_DEPTH + " deep");
      }
      node =
          event instanceof MappingStartEvent mapping
              ? fields(mapping, NODES.objectNode(), null)
              : sequence();
      depth--;
    }
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, built - before + 1));
    }
    return node;
  }

  private JsonNode resolve(AliasEvent alias) {
    Anchored anchored = anchors.get(alias.getAnchor());
    if (anchored == null) {
      throw at(alias, "the alias *" + alias.getAnchor() + " names no anchor before it");
    }
    built += anchored.weight();
    aliased += anchored.weight();
    if (aliased > MAX_ALIASED) {
      throw at(alias, "aliases expand to more than " + MAX_ALIASED + " values");
    }
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
    for (Event event = next(); !event.is(ID.SequenceEnd); event = next()) {
      parts.item(value(event), line(event));
    }
  }

  private static void merge(MappingStartEvent mapping, ObjectNode into, JsonNode source) {
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
      throw at(event, "a key is not a single value");
    }
    JsonNode key = scalar(scalar);
    return key.isNull() ? "null" : key.asText();
  }

  private static boolean isPlain(Event event) {
    return event instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  private static JsonNode scalar(ScalarEvent event) {
    String tag = event.getTag();
    if (tag == null ? !isPlain(event) : tag.equals("!") || tag.equals(TAG + "str")) {
      return TextNode.valueOf(event.getValue());
    }
    JsonNode value;
    try {
      value = PlainScalar.resolve(event.getValue());
    } catch (IllegalArgumentException e) {
      throw at(event, String.valueOf(e.getMessage()));
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
          default -> throw at(event, "the tag " + tag + " is not one Kubernetes knows");
        };
    if (!asTagged) {
      throw at(event, "\"" + event.getValue() + "\" is not what its tag " + tag + " says");
    }
    return value;
  }
}
