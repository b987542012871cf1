package io.tangram.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rows from rule to test, in the order of {@code rules/index.yaml}. */
final class RuleIndex {

  /** The number of the last rule; the first is 1. */
  static final int LAST_RULE = 245;

  private static final String RESOURCE = "/rules/index.yaml";

  /**
   * A row: either a test with a mutation that it notices, or why no code here is about the rule.
   *
   * @param rule the rule, as {@code R112}
   * @param test the test that holds it, as {@code package.Class#method}
   * @param mutation the mutation in words
   * @param in the class that is mutated
   * @param old the source text that is replaced; it is there once. Its spaces stand for any space,
   *     so that a line may break elsewhere
   * @param now the text that replaces it
   * @param none why there is neither test nor mutation
   */
  record Row(
      String rule,
      @Nullable String test,
      @Nullable String mutation,
      @Nullable String in,
      @Nullable String old,
      @Nullable String now,
      @Nullable String none) {

    /** Whether it names a test. */
    boolean isTested() {
      return none == null;
    }

    /** Whether it says all of a mutation, or that there is none and nothing of one. */
    boolean isWhole() {
      return Stream.of(test, mutation, in, old, now).allMatch(each -> (each != null) == isTested());
    }

    /** The class of the test. */
    String testClass() {
      return required(test, "test").split("#", 2)[0];
    }

    /** The method of the test. */
    String testMethod() {
      return required(test, "test").split("#", 2)[1];
    }

    /** The class that is mutated. */
    String mutatedClass() {
      return required(in, "in");
    }

    /** Returns the source with the mutation. */
    String mutate(String source) {
      return pattern()
          .matcher(source)
          .replaceAll(Matcher.quoteReplacement(required(now, "now").strip()));
    }

    /** Returns how often the text that the mutation replaces is in the source. */
    long matches(String source) {
      return pattern().matcher(source).results().count();
    }

    private Pattern pattern() {
      return Pattern.compile(
          Arrays.stream(required(old, "old").strip().split("\\s+"))
              .map(Pattern::quote)
              .collect(Collectors.joining("\\s+")));
    }

    private String required(@Nullable String value, String name) {
      return Objects.requireNonNull(value, () -> "A row of rule " + rule + " has no " + name + ".");
    }

    @Override
    public String toString() {
      return isTested() ? rule + " " + test + " (" + mutation + ")" : rule + " none: " + none;
    }
  }

  private RuleIndex() {}

  /** Reads the rows. */
  static ImmutableList<Row> rows() {
    ObjectMapper mapper = JsonMapper.builder().build();
    try (InputStream in = Objects.requireNonNull(RuleIndex.class.getResourceAsStream(RESOURCE))) {
      List<?> rows = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return ImmutableList.copyOf(Arrays.asList(mapper.convertValue(rows, Row[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
