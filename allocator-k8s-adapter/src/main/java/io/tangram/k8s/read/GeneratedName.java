package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The name of a claim that is generated for a pod: for an entry of it (R226), or for its extended
 * resources (R217).
 *
 * @param base what the name begins with, {@code generateName}
 * @param name the whole name
 */
record GeneratedName(String base, String name) {

  /** What is left of a label's 63 characters for a dash and five random ones. */
  private static final int MAX_BASE = 57;

  /** The most that an API server keeps of what a name is to begin with. */
  private static final int MAX_KEPT = 58;

  /**
   * Returns a name that is not taken.
   *
   * @param pod the pod's name
   * @param entry the name of the pod's entry
   */
  static GeneratedName of(
      String namespace, String pod, String entry, SeededUids uids, Predicate<String> taken) {
    String base = base(pod, entry);
    return of(base, taken, attempt -> uids.suffix("claim", namespace, pod, entry, attempt));
  }

  /** Returns a name that is not taken for the extended resources of a pod. */
  static GeneratedName ofExtended(
      String namespace, String pod, SeededUids uids, Predicate<String> taken) {
    return of(
        pod + "-extended-resources-",
        taken,
        attempt -> uids.suffix("extended", namespace, pod, attempt));
  }

  private static GeneratedName of(
      String base, Predicate<String> taken, UnaryOperator<String> suffix) {
    String kept = base.substring(0, Math.min(base.length(), MAX_KEPT));
    for (int attempt = 0; ; attempt++) {
      String name = kept + suffix.apply(String.valueOf(attempt));
      if (!taken.test(name)) {
        return new GeneratedName(base, name);
      }
    }
  }

  /**
   * Returns a claim of this name as the API server stores it, as far as all generated ones agree:
   * with what identifies it, and nothing else.
   *
   * @param namespace its namespace
   * @param uid its uid
   */
  ObjectNode claim(String namespace, String uid) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("apiVersion", "resource.k8s.io/v1");
    tree.put("kind", "ResourceClaim");
    tree.putObject("metadata")
        .put("name", name)
        .put("generateName", base)
        .put("namespace", namespace)
        .put("uid", uid);
    return tree;
  }

  /** Where the whole is too long, both names are cut by the same part, and the last dash goes. */
  static String base(String pod, String entry) {
    String base = pod + "-" + entry + "-";
    int length = base.length();
    return length <= MAX_BASE
        ? base
        : pod.substring(0, pod.length() * MAX_BASE / length)
            + "-"
            + entry.substring(0, entry.length() * MAX_BASE / length);
  }
}
