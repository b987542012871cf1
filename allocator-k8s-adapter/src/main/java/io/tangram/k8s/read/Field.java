package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.tree.JsonEmitter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value in an object, with the place where it is: a field, an entry of a list or of a map, or the
 * object itself. As in Kubernetes, null means that a field is not set. Every complaint names file,
 * object, field and rule.
 */
final class Field {

  /** For lists whose length nothing limits. */
  static final int MANY = Integer.MAX_VALUE;

  private static final int NAMED = -1;
  private static final int KEYED = -2;
  private static final int SHOWN_LENGTH = 60;

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
  private static final ImmutableSet<String> BOOLEANS = ImmutableSet.of("true", "false");

  private final ObjectLabel label;
  private final @Nullable Field parent;
  private final String key;

  /** The index in a list, else whether it is a named field or an entry of a map. */
  private final int index;

  private final JsonNode node;

  private Field(ObjectLabel label, @Nullable Field parent, String key, int index, JsonNode node) {
    this.label = label;
    this.parent = parent;
    this.key = key;
    this.index = index;
    this.node = node;
  }

  /** Returns a whole object. */
  static Field of(ObjectLabel label, ObjectNode object) {
    return new Field(label, null, "", NAMED, object);
  }

  /** The object it is in. */
  ObjectLabel label() {
    return label;
  }

  /** The tree below. */
  JsonNode node() {
    return node;
  }

  /** The name of the field, or the key of the entry. */
  String key() {
    return key;
  }

  /**
   * The path from the object, such as {@code spec.devices.requests[0].exactly}, in the version that
   * the object was written in.
   */
  String path() {
    return label.version().path(pathInV1());
  }

  private String pathInV1() {
    String above = parent == null ? "" : parent.pathInV1();
    return switch (index) {
      case NAMED -> above.isEmpty() ? key : above + "." + key;
      case KEYED -> above + "[" + key + "]";
      default -> above + "[" + index + "]";
    };
  }

  /** Returns the complaint about this value. */
  InputException bad(String problem) {
    String path = path();
    return new InputException(label + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
  }

  private InputException mustBe(String what) {
    return bad(shown() + " must be " + what + ".");
  }

  /** Returns the value as JSON, cut to the length of a line. */
  String shown() {
    String text = JsonEmitter.compact(node);
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 3) + "...";
  }

  /** Whether the value is set. */
  boolean isPresent() {
    return !node.isMissingNode();
  }

  /**
   * Returns this.
   *
   * @param rule the rule that says the value must be set
   * @throws InputException if it is not
   */
  Field required(String rule) {
    if (!isPresent()) {
      throw bad("is required (" + rule + ").");
    }
    return this;
  }

  // Objects.

  /**
   * Returns a field of this object; it is not set where this is not.
   *
   * @throws InputException if this is set, but no object
   */
  Field get(String field) {
    JsonNode value = object().get(field);
    return new Field(
        label,
        this,
        field,
        NAMED,
        value == null || value.isNull() ? MissingNode.getInstance() : value);
  }

  private JsonNode object() {
    if (!node.isObject() && isPresent()) {
      throw mustBe("an object");
    }
    return node;
  }

  /** Returns the names of the fields that are set, in order. */
  List<String> names() {
    return object().properties().stream()
        .filter(field -> !field.getValue().isNull())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the entries of a map, in order; none where it is not set. */
  ImmutableList<Field> mapEntries() {
    Set<Map.Entry<String, JsonNode>> properties = object().properties();
    ImmutableList.Builder<Field> entries = ImmutableList.builderWithExpectedSize(properties.size());
    for (Map.Entry<String, JsonNode> entry : properties) {
      entries.add(new Field(label, this, entry.getKey(), KEYED, entry.getValue()));
    }
    return entries.build();
  }

  // Lists.

  /**
   * Returns the entries of a list, in order; none where it is not set.
   *
   * @param max how many there may be
   * @param rule the rule that says so
   */
  ImmutableList<Field> entries(int max, String rule) {
    if (!isPresent()) {
      return ImmutableList.of();
    }
    if (!(node instanceof ArrayNode list)) {
      throw mustBe("a list");
    }
    if (list.size() > max) {
      throw bad("has " + list.size() + " entries; at most " + max + " are allowed (" + rule + ").");
    }
    ImmutableList.Builder<Field> entries = ImmutableList.builderWithExpectedSize(list.size());
    for (int i = 0; i < list.size(); i++) {
      entries.add(new Field(label, this, "", i, list.get(i)));
    }
    return entries.build();
  }

  /** Returns the entries of a list, each read by {@code reader}. */
  <T> ImmutableList<T> list(int max, String rule, Function<Field, T> reader) {
    ImmutableList<Field> entries = entries(max, rule);
    ImmutableList.Builder<T> read = ImmutableList.builderWithExpectedSize(entries.size());
    for (Field entry : entries) {
      read.add(reader.apply(entry));
    }
    return read.build();
  }

  /** Refuses a list in which two entries have one key. */
  static void requireDistinct(List<Field> entries, Function<Field, String> key, String rule) {
    Set<String> seen = new HashSet<>();
    for (Field entry : entries) {
      if (!seen.add(key.apply(entry))) {
        throw entry.bad("\"" + key.apply(entry) + "\" is there twice (" + rule + ").");
      }
    }
  }

  // Values.

  /** Returns a string, empty where it is not set. */
  String text() {
    if (!isPresent()) {
      return "";
    }
    if (!node.isTextual()) {
      throw mustBe(node.isValueNode() ? "a string; put it in quotes" : "a string");
    }
    return node.textValue();
  }

  /**
   * Returns a string that must be set and not empty.
   *
   * @param rule the rule that says so
   */
  String requiredText(String rule) {
    String text = text();
    if (text.isEmpty()) {
      throw bad("is required (" + rule + ").");
    }
    return text;
  }

  /**
   * Returns a string of at most so many bytes.
   *
   * @param rule the rule that says so
   */
  String text(int maxBytes, String rule) {
    String text = text();
    if (text.length() * 3 > maxBytes && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw bad("has more than " + maxBytes + " bytes (" + rule + ").");
    }
    return text;
  }

  /**
   * Returns a name that must be set.
   *
   * @param rule the rule that says so
   */
  String name(NameSyntax syntax, String rule) {
    String text = requiredText(rule);
    if (!syntax.accepts(text)) {
      throw bad("\"" + text + "\" is not " + syntax.description() + " (" + rule + ").");
    }
    return text;
  }

  /**
   * Returns the value that a word stands for.
   *
   * @param choices the words; an empty one stands for a field that is not set
   * @param rule the rule that lists them
   */
  <T> T choice(Map<String, T> choices, String rule) {
    T chosen = choices.get(text());
    if (chosen == null) {
      String words =
          String.join(", ", choices.keySet().stream().filter(word -> !word.isEmpty()).toList());
      throw isPresent()
          ? mustBe("one of " + words + " (" + rule + ")")
          : bad("is required: one of " + words + " (" + rule + ").");
    }
    return chosen;
  }

  /** Returns a 64-bit integer, or null where it is not set. */
  @Nullable Long integer() {
    if (!isPresent()) {
      return null;
    }
    if (node.isIntegralNumber() && !node.canConvertToLong()) {
      throw mustBe("a 64-bit integer, " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
    }
    if (!node.isIntegralNumber()) {
      boolean quoted = node.isTextual() && INTEGER.matcher(node.textValue()).matches();
      throw mustBe("a 64-bit integer" + (quoted ? "; leave the quotes out" : ""));
    }
    return node.longValue();
  }

  /** Returns a 64-bit integer, {@code otherwise} where it is not set. */
  long integer(long otherwise) {
    Long value = integer();
    return value == null ? otherwise : value;
  }

  /**
   * Returns a 32-bit integer, 0 where it is not set.
   *
   * @param rule the rule that says so
   */
  int int32(String rule) {
    long value = integer(0);
    if (value != (int) value) {
      throw bad(value + " must be an integer of 32 bits (" + rule + ").");
    }
    return (int) value;
  }

  /** Returns a boolean, or null where it is not set. */
  @Nullable Boolean bool() {
    if (!isPresent()) {
      return null;
    }
    if (!node.isBoolean()) {
      boolean quoted = node.isTextual() && BOOLEANS.contains(node.textValue());
      throw mustBe("true or false" + (quoted ? "; leave the quotes out" : ""));
    }
    return node.booleanValue();
  }

  /** Returns whether a boolean is set and true. */
  boolean isTrue() {
    return Boolean.TRUE.equals(bool());
  }

  /** Returns a quantity, if it is set: a string, or a number as Kubernetes takes it too (R35). */
  Optional<Quantity> quantity() {
    if (!isPresent()) {
      return Optional.empty();
    }
    if (!node.isTextual() && !node.isNumber()) {
      throw mustBe("a quantity, such as 80Gi (R35)");
    }
    try {
      return Optional.of(Quantity.parse(node.asText()));
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /** Returns a quantity that must be set. */
  Quantity requiredQuantity(String rule) {
    return quantity().orElseThrow(() -> bad("is required (" + rule + ")."));
  }

  /** Returns the point in time, if it is set. */
  Optional<Instant> time() {
    String text = text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      throw mustBe("a time such as 2025-01-31T12:00:00Z");
    }
  }
}
