package io.tangram.k8s.read;

import java.util.function.Predicate;

/**
 * The name of a claim that is generated for an entry of a pod (R226).
 *
 * @param base what the name begins with, {@code generateName}
 * @param name the whole name
 */
record GeneratedName(String base, String name) {

  /** What is left of a label's 63 characters for a dash and five random ones. */
  private static final int MAX_BASE = 57;

  /**
   * Returns a name that is not taken.
   *
   * @param pod the pod's name
   * @param entry the name of the pod's entry
   */
  static GeneratedName of(
      String namespace, String pod, String entry, SeededUids uids, Predicate<String> taken) {
    String base = base(pod, entry);
    for (int attempt = 0; ; attempt++) {
      String name = base + uids.suffix("claim", namespace, pod, entry, String.valueOf(attempt));
      if (!taken.test(name)) {
        return new GeneratedName(base, name);
      }
    }
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
