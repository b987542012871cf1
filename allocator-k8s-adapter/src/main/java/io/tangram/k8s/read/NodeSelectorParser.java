package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import java.util.Optional;

/** Reads a {@code NodeSelector} of the core API, as strictly as the API server. */
final class NodeSelectorParser {

  private static final String RULE = "node selectors";

  private static final ImmutableMap<String, Operator> OPERATORS =
      ImmutableMap.of(
          "In", Operator.IN,
          "NotIn", Operator.NOT_IN,
          "Exists", Operator.EXISTS,
          "DoesNotExist", Operator.DOES_NOT_EXIST,
          "Gt", Operator.GT,
          "Lt", Operator.LT);

  private NodeSelectorParser() {}

  static NodeSelector parse(Field selector) {
    Field terms = selector.get("nodeSelectorTerms");
    if (terms.entries(Field.MANY, RULE).isEmpty()) {
      throw terms.bad("needs at least one term (" + RULE + ").");
    }
    return new NodeSelector(terms.list(Field.MANY, RULE, NodeSelectorParser::term));
  }

  private static Term term(Field term) {
    return new Term(
        term.get("matchExpressions").list(Field.MANY, RULE, each -> requirement(each, true)),
        term.get("matchFields").list(Field.MANY, RULE, each -> requirement(each, false)));
  }

  private static Requirement requirement(Field fields, boolean onLabels) {
    Field key = fields.get("key");
    Requirement requirement =
        new Requirement(
            onLabels ? key.name(NameSyntax.LABEL_KEY, RULE) : key.requiredText(RULE),
            fields.get("operator").choice(OPERATORS, RULE),
            fields.get("values").list(Field.MANY, RULE, Field::text));
    ImmutableList<Requirement> one = ImmutableList.of(requirement);
    Term alone = onLabels ? new Term(one, ImmutableList.of()) : new Term(ImmutableList.of(), one);
    Optional<String> defect = new NodeSelector(ImmutableList.of(alone)).defect();
    if (defect.isPresent()) {
      throw fields.bad(defect.get() + " (" + RULE + ").");
    }
    return requirement;
  }
}
