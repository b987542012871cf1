package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.types.ListType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.List;

/**
 * The string extension of CEL, version 2 (section 4.2 of the rules). Positions count code points.
 * Each function accounts for the strings it makes before it makes them.
 */
final class StringFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  /** What Unicode calls white space, as {@code trim} removes it. */
  private static final CharMatcher WHITE_SPACE =
      CharMatcher.anyOf("\t\n\u000B\f\r \u0085\u00A0\u1680\u2028\u2029\u202F\u205F\u3000")
          .or(CharMatcher.inRange('\u2000', '\u200A'))
          .precomputed();

  private static final ListType STRINGS = ListType.create(STRING);

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration(
            "charAt", newMemberOverload("string_char_at_int", STRING, STRING, INT)),
        newFunctionDeclaration(
            "indexOf",
            newMemberOverload("string_index_of_string", INT, STRING, STRING),
            newMemberOverload("string_index_of_string_int", INT, STRING, STRING, INT)),
        newFunctionDeclaration(
            "lastIndexOf",
            newMemberOverload("string_last_index_of_string", INT, STRING, STRING),
            newMemberOverload("string_last_index_of_string_int", INT, STRING, STRING, INT)),
        newFunctionDeclaration(
            "lowerAscii", newMemberOverload("string_lower_ascii", STRING, STRING)),
        newFunctionDeclaration(
            "upperAscii", newMemberOverload("string_upper_ascii", STRING, STRING)),
        newFunctionDeclaration(
            "replace",
            newMemberOverload("string_replace_string_string", STRING, STRING, STRING, STRING),
            newMemberOverload(
                "string_replace_string_string_int", STRING, STRING, STRING, STRING, INT)),
        newFunctionDeclaration(
            "split",
            newMemberOverload("string_split_string", STRINGS, STRING, STRING),
            newMemberOverload("string_split_string_int", STRINGS, STRING, STRING, INT)),
        newFunctionDeclaration(
            "substring",
            newMemberOverload("string_substring_int", STRING, STRING, INT),
            newMemberOverload("string_substring_int_int", STRING, STRING, INT, INT)),
        newFunctionDeclaration("trim", newMemberOverload("string_trim", STRING, STRING)),
        newFunctionDeclaration(
            "join",
            newMemberOverload("list_join", STRING, STRINGS),
            newMemberOverload("list_join_string", STRING, STRINGS, STRING)),
        newFunctionDeclaration(
            "format", newMemberOverload("string_format", STRING, STRING, ListType.create(DYN))),
        newFunctionDeclaration(
            "strings.quote", newGlobalOverload("strings_quote", STRING, STRING)));
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    addSearches(runtime);
    addParts(runtime);
    runtime.addFunctionBindings(
        CelFunctionBinding.from("string_lower_ascii", String.class, Ascii::toLowerCase),
        CelFunctionBinding.from("string_upper_ascii", String.class, Ascii::toUpperCase),
        CelFunctionBinding.from(
            "string_replace_string_string",
            ImmutableList.of(String.class, String.class, String.class),
            given -> replace((String) given[0], (String) given[1], (String) given[2], -1)),
        CelFunctionBinding.from(
            "string_replace_string_string_int",
            ImmutableList.of(String.class, String.class, String.class, Long.class),
            given ->
                replace((String) given[0], (String) given[1], (String) given[2], (long) given[3])),
        CelFunctionBinding.from("list_join", List.class, list -> join((List<?>) list, "")),
        CelFunctionBinding.from(
            "list_join_string",
            List.class,
            String.class,
            (list, separator) -> join((List<?>) list, separator)),
        CelFunctionBinding.from(
            "string_format",
            String.class,
            List.class,
            (format, values) -> StringFormat.format(format, (List<?>) values)),
        CelFunctionBinding.from("strings_quote", String.class, StringFunctions::quote));
  }

  private static void addSearches(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "string_index_of_string",
            String.class,
            String.class,
            (text, wanted) -> indexOf(text, wanted, 0)),
        CelFunctionBinding.from(
            "string_index_of_string_int",
            ImmutableList.of(String.class, String.class, Long.class),
            given -> indexOf((String) given[0], (String) given[1], (long) given[2])),
        CelFunctionBinding.from(
            "string_last_index_of_string",
            String.class,
            String.class,
            (text, wanted) ->
                wanted.isEmpty() || !text.isEmpty()
                    ? lastIndexOf(text, wanted, lastOffset(text, wanted))
                    : -1L),
        CelFunctionBinding.from(
            "string_last_index_of_string_int",
            ImmutableList.of(String.class, String.class, Long.class),
            given -> lastIndexOf((String) given[0], (String) given[1], (long) given[2])));
  }

  private static void addParts(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "string_char_at_int", String.class, Long.class, StringFunctions::charAt),
        CelFunctionBinding.from(
            "string_substring_int",
            String.class,
            Long.class,
            (text, start) -> substring(text, start, length(text))),
        CelFunctionBinding.from(
            "string_substring_int_int",
            ImmutableList.of(String.class, Long.class, Long.class),
            given -> substring((String) given[0], (long) given[1], (long) given[2])),
        CelFunctionBinding.from("string_trim", String.class, WHITE_SPACE::trimFrom),
        CelFunctionBinding.from(
            "string_split_string",
            String.class,
            String.class,
            (text, separator) -> split(text, separator, -1)),
        CelFunctionBinding.from(
            "string_split_string_int",
            ImmutableList.of(String.class, String.class, Long.class),
            given -> split((String) given[0], (String) given[1], (long) given[2])));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String charAt(String text, long index) {
    int length = length(text);
    if (index < 0 || index > length) {
      throw new CelFailure("index out of range: " + index);
    }
    return index == length ? "" : substring(text, index, index + 1);
  }

  private static String substring(String text, long start, long end) {
    if (start > end) {
      throw new CelFailure("invalid substring range: " + start + " to " + end);
    }
    if (start < 0 || end > length(text)) {
      throw new CelFailure("index out of range: " + (start < 0 ? start : end));
    }
    int from = text.offsetByCodePoints(0, (int) start);
    int to = text.offsetByCodePoints(from, (int) (end - start));
    EvaluationMeter.workForString(to - from);
    return text.substring(from, to);
  }

  private static long indexOf(String text, String wanted, long offset) {
    if (offset < 0) {
      throw new CelFailure("index out of range: " + offset);
    }
    int length = length(text);
    if (wanted.isEmpty()) {
      return Math.min(offset, length);
    }
    if (offset >= length) {
      return -1;
    }
    workForSearch(text, wanted);
    int found = text.indexOf(wanted, text.offsetByCodePoints(0, (int) offset));
    return found < 0 ? -1 : text.codePointCount(0, found);
  }

  /** A search may compare the whole text at every position. */
  private static void workForSearch(String text, String wanted) {
    EvaluationMeter.work((long) text.length() * wanted.length() / 16);
  }

  /** Where a search from the end starts. */
  private static long lastOffset(String text, String wanted) {
    return wanted.isEmpty() ? length(text) : length(text) - 1L;
  }

  private static long lastIndexOf(String text, String wanted, long offset) {
    if (offset < 0) {
      throw new CelFailure("index out of range: " + offset);
    }
    int length = length(text);
    if (wanted.isEmpty()) {
      return Math.min(offset, length);
    }
    if (offset >= length) {
      return -1;
    }
    workForSearch(text, wanted);
    int found = text.lastIndexOf(wanted, text.offsetByCodePoints(0, (int) offset));
    return found < 0 ? -1 : text.codePointCount(0, found);
  }

  private static String replace(String text, String old, String replacement, long limit) {
    long most = limit < 0 ? Long.MAX_VALUE : limit;
    workForSearch(text, old);
    StringBuilder replaced = new StringBuilder();
    int copied = 0;
    int found = most == 0 ? -1 : text.indexOf(old);
    for (long count = 1; found >= 0; count++) {
      EvaluationMeter.work(
          EvaluationMeter.CHARACTER * ((long) found - copied + replacement.length()));
      replaced.append(text, copied, found).append(replacement);
      copied = found + old.length();
      int next = old.isEmpty() ? nextPosition(text, found) : copied;
      found = count == most || next < 0 ? -1 : text.indexOf(old, next);
    }
    EvaluationMeter.workForString(text.length() - copied);
    return replaced.append(text, copied, text.length()).toString();
  }

  /** Where the empty string is found next, or -1. */
  private static int nextPosition(String text, int found) {
    return found == text.length() ? -1 : text.offsetByCodePoints(found, 1);
  }

  private static ImmutableList<String> split(String text, String separator, long limit) {
    if (limit == 0) {
      return ImmutableList.of();
    }
    long most = limit < 0 ? Long.MAX_VALUE : limit;
    if (separator.isEmpty()) {
      return explode(text, most);
    }
    workForSearch(text, separator);
    ImmutableList.Builder<String> parts = ImmutableList.builder();
    int start = 0;
    int end = text.indexOf(separator);
    for (long count = 1; end >= 0 && count < most; count++) {
      addPart(parts, text, start, end);
      start = end + separator.length();
      end = text.indexOf(separator, start);
    }
    addPart(parts, text, start, text.length());
    return parts.build();
  }

  /** The characters of the text; the last part is what is left of it. */
  private static ImmutableList<String> explode(String text, long most) {
    ImmutableList.Builder<String> parts = ImmutableList.builder();
    int start = 0;
    for (long count = 1; start < text.length(); count++) {
      int end = count == most ? text.length() : text.offsetByCodePoints(start, 1);
      addPart(parts, text, start, end);
      start = end;
    }
    return parts.build();
  }

  private static void addPart(
      ImmutableList.Builder<String> parts, String text, int start, int end) {
    EvaluationMeter.workForString(end - start);
    parts.add(text.substring(start, end));
  }

  private static String join(List<?> list, String separator) {
    StringBuilder joined = new StringBuilder();
    String between = "";
    for (Object element : list) {
      if (!(element instanceof String string)) {
        throw new CelFailure("join of a list with a value of type " + TypeNames.of(element));
      }
      EvaluationMeter.work(EvaluationMeter.CHARACTER * ((long) between.length() + string.length()));
      joined.append(between).append(string);
      between = separator;
    }
    return joined.toString();
  }

  private static String quote(String text) {
    EvaluationMeter.workForString(2L * text.length());
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 0x07 -> quoted.append("\\a");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case 0x0B -> quoted.append("\\v");
        case '\\' -> quoted.append("\\\\");
        case '"' -> quoted.append("\\\"");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
