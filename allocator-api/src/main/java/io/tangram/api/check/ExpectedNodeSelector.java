package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes on which a claim can be used, as its devices say (section 11.3 of the rules).
 *
 * @param selector the selector that the result has to carry; absent where every node will do
 * @param refusal why there can be none, if so
 */
record ExpectedNodeSelector(Optional<NodeSelector> selector, Optional<Refusal> refusal) {

  /**
   * Computes the selector.
   *
   * @param chosen the claim's devices, in result order
   * @param node the node for which they were chosen
   */
  static ExpectedNodeSelector of(List<ChosenDevice> chosen, String node) {
    List<Requirement> expressions = new ArrayList<>();
    List<Requirement> fields = new ArrayList<>();
    for (ChosenDevice each : chosen) {
      NodeSelection selection = PoolView.selection(each.published());
      if (selection instanceof NodeSelection.OneNode || each.device().bindsToNode()) {
        return new ExpectedNodeSelector(Optional.of(NodeSelector.ofNode(node)), Optional.empty());
      }
      if (selection instanceof NodeSelection.Matching matching) {
        ImmutableList<Term> terms = matching.selector().terms();
        if (terms.size() != 1) {
          return new ExpectedNodeSelector(
              Optional.empty(),
              Optional.of(
                  new Refusal("R185", "is published with a node selector of several terms")));
        }
        merge(terms.get(0).matchExpressions(), expressions);
        merge(terms.get(0).matchFields(), fields);
      }
    }
    return new ExpectedNodeSelector(merged(expressions, fields), Optional.empty());
  }

  /** Appends what is not there yet (R183). */
  private static void merge(List<Requirement> more, List<Requirement> all) {
    for (Requirement requirement : more) {
      if (all.stream().noneMatch(requirement::sameAs)) {
        all.add(requirement);
      }
    }
  }

  private static Optional<NodeSelector> merged(
      List<Requirement> expressions, List<Requirement> fields) {
    return expressions.isEmpty() && fields.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NodeSelector(
                ImmutableList.of(
                    new Term(ImmutableList.copyOf(expressions), ImmutableList.copyOf(fields)))));
  }
}
