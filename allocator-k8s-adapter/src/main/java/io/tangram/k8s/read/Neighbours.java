package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import java.util.Collection;
import java.util.Map;

/**
 * Keeps pending pods away from bound pods that won't have them near. Bound pods don't move, so
 * their anti-affinity is a selector of nodes: those that have another value of the topology's
 * label, or none.
 */
final class Neighbours {

  private final Map<String, ImmutableMap<String, String>> namespaceLabels;

  /** The values of the topology's label that each term closes. */
  private final SetMultimap<AntiAffinityTerm, String> closed = LinkedHashMultimap.create();

  /**
   * Starts without bound pods.
   *
   * @param namespaceLabels the labels of the namespaces that are known
   */
  Neighbours(Map<String, ImmutableMap<String, String>> namespaceLabels) {
    this.namespaceLabels = namespaceLabels;
  }

  /** Adds a bound pod; a node without the label of a topology has no neighbourhood in it. */
  void add(Pod bound, Node node) {
    for (AntiAffinityTerm term : bound.antiAffinity()) {
      String value = node.labels().get(term.topologyKey());
      if (value != null) {
        closed.put(term, value);
      }
    }
  }

  /** Returns the selectors of nodes to which bound pods limit the pending pod. */
  ImmutableList<NodeSelector> open(Pod pending) {
    return closed.asMap().entrySet().stream()
        .filter(
            each ->
                each.getKey().means(pending.id().namespace(), pending.labels(), namespaceLabels))
        .map(each -> elsewhere(each.getKey().topologyKey(), each.getValue()))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  private static NodeSelector elsewhere(String topologyKey, Collection<String> values) {
    Requirement requirement =
        new Requirement(topologyKey, Operator.NOT_IN, ImmutableList.copyOf(values));
    return new NodeSelector(
        ImmutableList.of(new Term(ImmutableList.of(requirement), ImmutableList.of())));
  }
}
