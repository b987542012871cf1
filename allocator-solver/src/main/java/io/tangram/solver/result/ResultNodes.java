package io.tangram.solver.result;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The nodes on which the devices of a result can be used (R181 to R185). */
public final class ResultNodes {

  private ResultNodes() {}

  /**
   * Returns a device whose node selector has several terms and so can't be merged with others, if
   * that keeps the devices from being a result (R185).
   *
   * @param devices the devices of one claim, in the order of the result
   */
  public static Optional<ChosenDevice> unmergeable(List<ChosenDevice> devices) {
    for (ChosenDevice device : devices) {
      if (tiesToNode(device)) {
        return Optional.empty();
      }
      if (device.nodes() instanceof NodeSelection.Matching matching
          && matching.selector().terms().size() != 1) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the node selector of a result, absent where every node will do (R184).
   *
   * @param node the node for which the devices were chosen
   * @param devices the devices of one claim, in the order of the result
   * @throws IllegalArgumentException if a device is {@linkplain #unmergeable unmergeable}
   */
  public static Optional<NodeSelector> of(String node, List<ChosenDevice> devices) {
    Optional<ChosenDevice> unmergeable = unmergeable(devices);
    if (unmergeable.isPresent()) {
      throw new IllegalArgumentException(
          "Device "
              + unmergeable.get().id()
              + " has a node selector of several terms, which no result can express (R185).");
    }
    if (devices.stream().anyMatch(ResultNodes::tiesToNode)) {
      return Optional.of(NodeSelector.ofNode(node));
    }
    List<Requirement> expressions = new ArrayList<>();
    List<Requirement> fields = new ArrayList<>();
    for (ChosenDevice device : devices) {
      if (device.nodes() instanceof NodeSelection.Matching matching) {
        for (Term term : matching.selector().terms()) {
          mergeInto(expressions, term.matchExpressions());
          mergeInto(fields, term.matchFields());
        }
      }
    }
    return expressions.isEmpty() && fields.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new NodeSelector(
                ImmutableList.of(
                    new Term(ImmutableList.copyOf(expressions), ImmutableList.copyOf(fields)))));
  }

  private static boolean tiesToNode(ChosenDevice device) {
    return device.nodes() instanceof NodeSelection.OneNode || device.device().bindsToNode();
  }

  /** R183: a requirement that is there already is not repeated. */
  private static void mergeInto(List<Requirement> merged, List<Requirement> more) {
    for (Requirement requirement : more) {
      if (merged.stream().noneMatch(requirement::sameAs)) {
        merged.add(requirement);
      }
    }
  }
}
