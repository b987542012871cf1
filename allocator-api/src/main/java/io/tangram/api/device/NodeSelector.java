package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes chosen by label or name: terms are alternatives, the requirements inside a term must all
 * hold, an empty term matches nothing (R5).
 *
 * @param terms the alternatives
 */
public record NodeSelector(ImmutableList<Term> terms) {

  /** The field that selects a node by name, the only one there is. */
  public static final String NAME_FIELD = "metadata.name";

  /** Returns the selector for exactly one node: {@code metadata.name In [node]} (R182). */
  public static NodeSelector ofNode(String node) {
    Requirement byName = new Requirement(NAME_FIELD, Operator.IN, ImmutableList.of(node));
    return new NodeSelector(
        ImmutableList.of(new Term(ImmutableList.of(), ImmutableList.of(byName))));
  }

  /** Returns whether any term matches the node. */
  public boolean matches(Node node) {
    return terms.stream().anyMatch(term -> term.matches(node));
  }

  /** Returns what keeps this selector from being evaluated, if anything does (R8). */
  public Optional<String> defect() {
    return terms.stream()
        .flatMap(
            term ->
                Stream.concat(
                    term.matchExpressions().stream().map(Requirement::expressionDefect),
                    term.matchFields().stream().map(Requirement::fieldDefect)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Requirements that must all hold.
   *
   * @param matchExpressions requirements on labels
   * @param matchFields requirements on {@link #NAME_FIELD}
   */
  public record Term(
      ImmutableList<Requirement> matchExpressions, ImmutableList<Requirement> matchFields) {

    boolean matches(Node node) {
      if (matchExpressions.isEmpty() && matchFields.isEmpty()) {
        return false;
      }
      return matchExpressions.stream().allMatch(r -> r.matches(node.labels().get(r.key())))
          && matchFields.stream()
              .allMatch(r -> r.key().equals(NAME_FIELD) && r.matches(node.name()));
    }

    @Override
    public String toString() {
      return Stream.concat(matchExpressions.stream(), matchFields.stream())
          .map(Requirement::toString)
          .collect(Collectors.joining(" and "));
    }
  }

  /** Returns the terms as {@code key In [a, b] and other Exists or ...}. */
  @Override
  public String toString() {
    return terms.stream().map(Term::toString).collect(Collectors.joining(" or "));
  }

  /** How a requirement compares. */
  public enum Operator {
    /** The value is listed. */
    IN("In"),
    /** The value is absent or not listed. */
    NOT_IN("NotIn"),
    /** There is a value. */
    EXISTS("Exists"),
    /** There is no value. */
    DOES_NOT_EXIST("DoesNotExist"),
    /** The value is an integer greater than the one listed. */
    GT("Gt"),
    /** The value is an integer less than the one listed. */
    LT("Lt");

    private final String label;

    Operator(String label) {
      this.label = label;
    }

    /** The name in Kubernetes. */
    public String label() {
      return label;
    }
  }

  /**
   * One comparison.
   *
   * @param key a label key or {@link #NAME_FIELD}
   * @param operator how to compare
   * @param values what to compare with: some for IN and NOT_IN, none for EXISTS and DOES_NOT_EXIST,
   *     one integer for GT and LT
   */
  public record Requirement(String key, Operator operator, ImmutableList<String> values) {

    boolean matches(@Nullable String value) {
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
        case GT -> compare(value) > 0;
        case LT -> compare(value) < 0;
      };
    }

    /** Returns the sign of {@code value} - listed value, 0 where either is not an integer. */
    private int compare(@Nullable String value) {
      Long actual = value == null ? null : Longs.tryParse(value);
      Long listed = values.size() == 1 ? Longs.tryParse(values.get(0)) : null;
      return actual == null || listed == null ? 0 : Long.compare(actual, listed);
    }

    private Optional<String> fieldDefect() {
      if (!key.equals(NAME_FIELD)) {
        return Optional.of("matchFields knows only " + NAME_FIELD + ", not " + key);
      }
      return (operator == Operator.IN || operator == Operator.NOT_IN) && values.size() == 1
          ? Optional.empty()
          : Optional.of("matchFields needs In or NotIn with exactly one value");
    }

    private Optional<String> expressionDefect() {
      return switch (operator) {
        case IN, NOT_IN -> values.isEmpty() ? defect("needs at least one value") : Optional.empty();
        case EXISTS, DOES_NOT_EXIST ->
            values.isEmpty() ? Optional.empty() : defect("takes no values");
        case GT, LT ->
            values.size() == 1 && Longs.tryParse(values.get(0)) != null
                ? Optional.empty()
                : defect("needs exactly one integer");
      };
    }

    private Optional<String> defect(String problem) {
      return Optional.of("operator " + operator.label() + " on key " + key + " " + problem);
    }

    /** Returns whether both ask the same, the values taken as a set (R183). */
    public boolean sameAs(Requirement other) {
      return key.equals(other.key)
          && operator == other.operator
          && ImmutableSet.copyOf(values).equals(ImmutableSet.copyOf(other.values));
    }

    @Override
    public String toString() {
      return key + " " + operator.label() + (values.isEmpty() ? "" : " " + values);
    }
  }
}
