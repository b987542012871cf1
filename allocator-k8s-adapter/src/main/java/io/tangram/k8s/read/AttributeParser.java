package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.QualifiedName;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the attributes of a device (sections 2.1 and 2.2 of the rules). */
final class AttributeParser {

  private static final int MAX_BYTES = 64;
  private static final String RULE = "section 2.2";
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of("int", "bool", "string", "version", "ints", "bools", "strings", "versions");

  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final String PRERELEASE = "(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final String BUILD = "[0-9a-zA-Z-]+";
  private static final Pattern VERSION =
      Pattern.compile(
          String.format(
              "%1$s\\.%1$s\\.%1$s(-%2$s(\\.%2$s)*)?(\\+%3$s(\\.%3$s)*)?",
              NUMBER, PRERELEASE, BUILD));

  private final ParseContext context;
  private final Memo<AttributeValue> values = new Memo<>();

  AttributeParser(ParseContext context) {
    this.context = context;
  }

  ImmutableMap<QualifiedName, AttributeValue> parse(Field attributes) {
    ImmutableMap.Builder<QualifiedName, AttributeValue> read = ImmutableMap.builder();
    for (Field entry : attributes.mapEntries()) {
      if (entry.node().size() > 1) {
        context.expectOnly(KNOWN, entry);
      }
      read.put(context.qualifiedName(entry), values.get(entry, AttributeParser::value));
    }
    return read.buildOrThrow();
  }

  /** A value of a type that is not known yet is carried as such (R31). */
  private static AttributeValue value(Field attribute) {
    if (!attribute.node().isObject()) {
      throw attribute.bad(
          attribute.shown()
              + " must be an object with one of "
              + String.join(", ", KNOWN)
              + ", such as {string: a} (R29).");
    }
    List<String> set = attribute.names();
    if (!set.isEmpty() && set.stream().noneMatch(KNOWN::contains)) {
      return new AttributeValue.UnknownValue();
    }
    List<String> known = set.stream().filter(KNOWN::contains).toList();
    if (known.size() != 1) {
      throw attribute.bad(
          "has "
              + (known.isEmpty() ? "no value" : String.join(" and ", known))
              + "; set exactly one of "
              + String.join(", ", KNOWN)
              + " (R29).");
    }
    return value(attribute.get(known.get(0)), known.get(0));
  }

  private static AttributeValue value(Field value, String type) {
    return switch (type) {
      case "int" -> new AttributeValue.IntValue(integer(value));
      case "bool" -> new AttributeValue.BoolValue(bool(value));
      case "string" -> new AttributeValue.StringValue(string(value));
      case "version" -> new AttributeValue.VersionValue(version(value));
      case "ints" ->
          new AttributeValue.IntList(
              filled(value).list(Field.MANY, RULE, AttributeParser::integer));
      case "bools" ->
          new AttributeValue.BoolList(filled(value).list(Field.MANY, RULE, AttributeParser::bool));
      case "strings" ->
          new AttributeValue.StringList(
              filled(value).list(Field.MANY, RULE, AttributeParser::string));
      default ->
          new AttributeValue.VersionList(
              filled(value).list(Field.MANY, RULE, AttributeParser::version));
    };
  }

  private static Field filled(Field list) {
    if (list.node().isEmpty()) {
      throw list.bad("must not be empty (R29).");
    }
    return list;
  }

  private static long integer(Field value) {
    return value.integer(0);
  }

  private static boolean bool(Field value) {
    return value.isTrue();
  }

  private static String string(Field value) {
    return value.text(MAX_BYTES, RULE);
  }

  private static String version(Field value) {
    String text = value.text(MAX_BYTES, RULE);
    if (!VERSION.matcher(text).matches()) {
      throw value.bad(
          "\"" + text + "\" is not a semantic version 2.0.0, such as 1.2.3 (section 2.2).");
    }
    return text;
  }
}
