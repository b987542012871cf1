package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;

/**
 * Pods that a pod won't have in its neighbourhood, required.
 *
 * @param pods which pods, by their labels; absent for none
 * @param namespaces the namespaces they are in
 * @param namespaceSelector namespaces they are in besides, by their labels
 * @param topologyKey the label of nodes whose equal values make a neighbourhood
 */
record AntiAffinityTerm(
    Optional<LabelSelector> pods,
    ImmutableSet<String> namespaces,
    Optional<LabelSelector> namespaceSelector,
    String topologyKey) {

  private static final String RULE = "pod anti-affinity";

  /**
   * Reads the required terms of a pod's anti-affinity.
   *
   * @param namespace the pod's namespace, which is meant where a term names none
   */
  static ImmutableList<AntiAffinityTerm> parse(Field podSpec, String namespace) {
    return podSpec
        .get("affinity")
        .get("podAntiAffinity")
        .get("requiredDuringSchedulingIgnoredDuringExecution")
        .list(Field.MANY, RULE, term -> term(term, namespace));
  }

  private static AntiAffinityTerm term(Field term, String namespace) {
    ImmutableList<String> named = term.get("namespaces").list(Field.MANY, RULE, Field::text);
    Optional<LabelSelector> byLabel = selector(term.get("namespaceSelector"));
    return new AntiAffinityTerm(
        selector(term.get("labelSelector")),
        named.isEmpty() && byLabel.isEmpty()
            ? ImmutableSet.of(namespace)
            : ImmutableSet.copyOf(named),
        byLabel,
        term.get("topologyKey").requiredText(RULE));
  }

  private static Optional<LabelSelector> selector(Field selector) {
    return selector.isPresent() ? Optional.of(LabelSelector.parse(selector)) : Optional.empty();
  }

  /**
   * Returns whether the term means this pod. A namespace whose labels are not known may have any.
   *
   * @param namespaceLabels the labels of the namespaces that are known
   */
  boolean means(
      String namespace,
      Map<String, String> labels,
      Map<String, ImmutableMap<String, String>> namespaceLabels) {
    if (pods.isEmpty() || !pods.get().matches(labels)) {
      return false;
    }
    if (namespaces.contains(namespace)) {
      return true;
    }
    ImmutableMap<String, String> known = namespaceLabels.get(namespace);
    return namespaceSelector.isPresent()
        && (known == null || namespaceSelector.get().matches(known));
  }
}
