package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelection.Matching;
import io.tangram.api.device.NodeSelection.OneNode;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes on which a claim can be used, as its devices say (section 11.3 of the rules).
 *
 * @param rule the rule that says it
 * @param selector the selector that the result has to carry; absent where every node will do
 * @param refusal why there can be none, if so
 */
record ExpectedNodeSelector(
    String rule, Optional<NodeSelector> selector, Optional<String> refusal) {

  /**
   * Computes the selector.
   *
   * @param devices the claim's devices, in result order
   * @param node the node for which they were chosen, if it is known
   */
  static ExpectedNodeSelector of(List<GivenDevice> devices, Optional<String> node) {
    List<Requirement> expressions = new ArrayList<>();
    List<Requirement> fields = new ArrayList<>();
    for (GivenDevice given : devices) {
      NodeSelection selection = PoolView.selection(given.published());
      if (selection instanceof OneNode || given.device().bindsToNode()) {
        return ofOne(given, node);
      }
      if (selection instanceof Matching matching) {
        ImmutableList<Term> terms = matching.selector().terms();
        if (terms.size() != 1) {
          return refused("R185", given.id() + " is published for a selector of several terms");
        }
        merge(terms.get(0).matchExpressions(), expressions);
        merge(terms.get(0).matchFields(), fields);
      }
    }
    return expressions.isEmpty() && fields.isEmpty()
        ? new ExpectedNodeSelector("R184", Optional.empty(), Optional.empty())
        : new ExpectedNodeSelector(
            "R183", Optional.of(merged(expressions, fields)), Optional.empty());
  }

  private static ExpectedNodeSelector ofOne(GivenDevice given, Optional<String> node) {
    return node.isPresent()
        ? new ExpectedNodeSelector("R182", node.map(NodeSelector::ofNode), Optional.empty())
        : refused("R182", given.id() + " binds the claim to its node, but no node is named");
  }

  private static ExpectedNodeSelector refused(String rule, String message) {
    return new ExpectedNodeSelector(rule, Optional.empty(), Optional.of(message));
  }

  /** Appends what is not there yet (R183). */
  private static void merge(List<Requirement> more, List<Requirement> all) {
    for (Requirement requirement : more) {
      if (all.stream().noneMatch(requirement::sameAs)) {
        all.add(requirement);
      }
    }
  }

  private static NodeSelector merged(List<Requirement> expressions, List<Requirement> fields) {
    Term term = new Term(ImmutableList.copyOf(expressions), ImmutableList.copyOf(fields));
    return new NodeSelector(ImmutableList.of(term));
  }

  /** Reports a result that carries another selector, or one where there can be none. */
  void require(Optional<NodeSelector> actual, Findings findings) {
    if (refusal.isPresent()) {
      findings.violation(rule, refusal.get());
    } else if (!selector.equals(actual)) {
      findings.violation(
          rule,
          "is said to be usable on %s, but its devices say %s"
              .formatted(text(actual), text(selector)));
    }
  }

  private static String text(Optional<NodeSelector> selector) {
    return selector.map(each -> "nodes with " + each).orElse("every node");
  }
}
