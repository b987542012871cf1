package io.tangram.k8s.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads JSON: one object, a list of objects, or objects one behind the other. Every number keeps
 * its exact value; a key given twice is refused.
 */
final class JsonTrees {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final int REPLACEMENT = 0xFFFD;

  /** Where the values that are read next are objects, such as the items of a list. */
  private static final int EACH_ALONE = -1;

  /** Keys are shared inside a text; interning them in the whole process would only cost. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(ValueSizeGuard.LIMIT_MIB << 20) // as long as other values
                  .build())
          .build();

  /** Jackson names streams and settings that mean nothing to anybody. */
  private static final Pattern INTERNALS =
      Pattern.compile(
          " \\(start marker at .*?\\]\\)|Source: [^;]*; |, from `\\w+\\.\\w+\\(\\)`"
              + "|: enable `.*` to allow");

  private final JsonParser parser;
  private final ValueSizeGuard guard;

  /** How many collections the value is in, beside the object. */
  private int depth;

  private JsonTrees(JsonParser parser, ValueSizeGuard guard) {
    this.parser = parser;
    this.guard = guard;
  }

  /** Hands every object of the text to {@code sink}. */
  static void read(InputStream in, ObjectSink sink) throws IOException {
    ValueSizeGuard guard = new ValueSizeGuard(in);
    try (JsonParser parser = FACTORY.createParser(guard)) {
      JsonTrees trees = new JsonTrees(parser, guard);
      trees.all(sink);
    }
  }

  /**
   * Reads exactly one value.
   *
   * @throws SyntaxException if the text is anything else
   */
  static JsonNode parse(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return new JsonTrees(parser, new ValueSizeGuard(InputStream.nullInputStream())).only();
    } catch (IOException e) {
      throw new IllegalStateException("An array of bytes could not be read.", e);
    }
  }

  /**
   * Returns the complaint.
   *
   * @param read where reading has come to, for complaints without a place
   */
  private static SyntaxException malformed(JsonProcessingException e, JsonLocation read) {
    JsonLocation at = e.getLocation() == null ? read : e.getLocation();
    String problem =
        e.getOriginalMessage().startsWith("Unexpected end-of-input")
            ? "the text ends early"
            : INTERNALS.matcher(e.getOriginalMessage()).replaceAll("");
    return new SyntaxException(at.getLineNr(), at.getColumnNr(), "not JSON: " + problem);
  }

  private void all(ObjectSink sink) throws IOException {
    try {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.VALUE_NULL) { // as kubectl does
          topLevel(sink);
        }
      }
    } catch (JsonProcessingException e) {
      throw malformed(e, parser.currentLocation());
    }
  }

  private JsonNode only() throws IOException {
    try {
      depth = EACH_ALONE;
      parser.nextToken();
      JsonNode value = value();
      if (parser.nextToken() != null) {
        throw new SyntaxException("more than one JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(e, parser.currentLocation());
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private SyntaxException here(String problem) {
    JsonLocation at = parser.currentTokenLocation();
    return new SyntaxException(at.getLineNr(), at.getColumnNr(), problem);
  }

  private void topLevel(ObjectSink sink) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw here("expected an object, found " + describe(parser.currentToken()));
    }
    ListItems parts = new ListItems(sink, line());
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      guard.progress();
      JsonToken token = parser.nextToken();
      if (key.equals("items") && token == JsonToken.START_ARRAY) {
        parts.list();
        depth = EACH_ALONE;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int line = line();
          parts.item(value(), line);
        }
        depth = 0;
      } else {
        put(parts.head(), key, value());
      }
    }
    parts.end();
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array; wrap its objects in a List";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> "a single value";
    };
  }

  private JsonNode value() throws IOException {
    guard.progress();
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new SyntaxException("not JSON: the text ends early");
    }
    return switch (token) {
      case START_OBJECT, START_ARRAY -> collection(token);
      case VALUE_STRING -> TextNode.valueOf(wellFormed(parser.getText()));
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? BigIntegerNode.valueOf(parser.getBigIntegerValue())
              : LongNode.valueOf(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new NumberText(parser.getText());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      default -> throw here("unexpected " + token);
    };
  }

  private JsonNode collection(JsonToken start) throws IOException {
    if (++depth > AnyYaml.MAX_DEPTH) {
      throw here(AnyYaml.TOO_DEEP);
    }
    JsonNode collection = start == JsonToken.START_OBJECT ? object() : array();
    depth--;
    return collection;
  }

  private ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      put(object, key, value());
    }
    return object;
  }

  private void put(ObjectNode object, String key, JsonNode value) {
    if (object.replace(key, value) != null) {
      throw here("the key \"" + key + "\" is given twice");
    }
  }

  /** Halves of characters can be said in JSON, but not in UTF-8; Kubernetes replaces them too. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? REPLACEMENT : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value());
    }
    return array;
  }
}
