package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code LabelSelector} of the core API: requirements on labels that must all hold; none of them
 * is met by everything.
 *
 * @param requirements the requirements
 */
record LabelSelector(ImmutableList<Requirement> requirements) {

  private static final String RULE = "label selectors";

  private static final ImmutableMap<String, Operator> OPERATORS =
      ImmutableMap.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST);

  private enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }

  /** A requirement on the label of one key. */
  record Requirement(String key, Operator operator, ImmutableList<String> values) {

    private boolean matches(@Nullable String value) {
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
      };
    }
  }

  static LabelSelector parse(Field selector) {
    ImmutableList.Builder<Requirement> requirements = ImmutableList.builder();
    for (Field label : selector.get("matchLabels").mapEntries()) {
      requirements.add(new Requirement(label.key(), Operator.IN, ImmutableList.of(label.text())));
    }
    for (Field expression : selector.get("matchExpressions").entries(Field.MANY, RULE)) {
      requirements.add(requirement(expression));
    }
    return new LabelSelector(requirements.build());
  }

  private static Requirement requirement(Field expression) {
    Operator operator = expression.get("operator").choice(OPERATORS, RULE);
    Field values = expression.get("values");
    ImmutableList<String> listed = values.list(Field.MANY, RULE, Field::text);
    boolean compares = operator == Operator.IN || operator == Operator.NOT_IN;
    if (compares == listed.isEmpty()) {
      throw values.bad(
          (compares ? "needs at least one value" : "takes no values")
              + " with this operator ("
              + RULE
              + ").");
    }
    return new Requirement(
        expression.get("key").name(NameSyntax.LABEL_KEY, RULE), operator, listed);
  }

  /** Returns whether something with these labels is selected. */
  boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(each -> each.matches(labels.get(each.key())));
  }
}
