package io.tangram.k8s.cel;

import static dev.cel.common.CelFunctionDecl.newFunctionDeclaration;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.types.ListType;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code matches}, {@code find} and {@code findAll} with RE2 expressions, which match in time
 * linear in the text. Thread-safe.
 */
final class RegularExpressions implements CelCompilerLibrary, CelRuntimeLibrary {

  /** How many compiled expressions are kept. */
  private static final int MAX_KEPT = 256;

  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    checker.addFunctionDeclarations(
        newFunctionDeclaration(
            "find", newMemberOverload("string_find_string", STRING, STRING, STRING)),
        newFunctionDeclaration(
            "findAll",
            newMemberOverload("string_find_all_string", ListType.create(STRING), STRING, STRING),
            newMemberOverload(
                "string_find_all_string_int", ListType.create(STRING), STRING, STRING, INT)));
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "string_find_string", String.class, String.class, RegularExpressions::find),
        CelFunctionBinding.from(
            "string_find_all_string",
            String.class,
            String.class,
            (text, expression) -> findAll(text, expression, -1)),
        CelFunctionBinding.from(
            "string_find_all_string_int",
            ImmutableList.of(String.class, String.class, Long.class),
            arguments ->
                findAll((String) arguments[0], (String) arguments[1], (long) arguments[2])));
  }

  /**
   * Compiles an expression.
   *
   * @throws CelFailure if it is no RE2 expression, or too large
   */
  static Pattern compile(String expression) {
    Pattern known = COMPILED.get(expression);
    if (known != null) {
      return known;
    }
    RegularExpressionSize.check(expression);
    Pattern compiled;
    try {
      compiled = Pattern.compile(expression);
    } catch (RuntimeException e) { // also some that its syntax exception does not cover
      throw new CelFailure("invalid regular expression: " + e.getMessage());
    }
    if (COMPILED.size() >= MAX_KEPT) {
      COMPILED.clear();
    }
    COMPILED.put(expression, compiled);
    return compiled;
  }

  /** Whether the expression matches anywhere in the text. */
  static boolean matches(String text, String expression) {
    return matcher(text, expression).find();
  }

  /** The first match, or the empty string. */
  private static String find(String text, String expression) {
    Matcher matcher = matcher(text, expression);
    return matcher.find() ? matcher.group() : "";
  }

  private static Matcher matcher(String text, String expression) {
    Matcher matcher = compile(expression).matcher(text);
    workForScan(matcher, text.length());
    return matcher;
  }

  /** A search may run all of the program at every character that is left of the text. */
  private static void workForScan(Matcher matcher, int characters) {
    EvaluationMeter.work((long) matcher.pattern().programSize() * (characters + 1L) / 4);
  }

  /** The matches, at most {@code limit} where it is not negative; none empty right behind one. */
  private static ImmutableList<String> findAll(String text, String expression, long limit) {
    Matcher matcher = matcher(text, expression);
    ImmutableList.Builder<String> found = ImmutableList.builder();
    long count = 0;
    int lastEnd = -1;
    int position = 0;
    while (position <= text.length() && (limit < 0 || count < limit) && matcher.find(position)) {
      boolean empty = matcher.end() == position;
      if (!empty || matcher.start() != lastEnd) {
        EvaluationMeter.workForString(matcher.end() - matcher.start());
        found.add(matcher.group());
        count++;
      }
      lastEnd = matcher.end();
      position = empty ? next(text, position) : matcher.end();
      workForScan(matcher, text.length() - position);
    }
    return found.build();
  }

  /** The position behind the character at a position. */
  private static int next(String text, int position) {
    return position < text.length()
        ? position + Character.charCount(text.codePointAt(position))
        : position + 1;
  }
}
