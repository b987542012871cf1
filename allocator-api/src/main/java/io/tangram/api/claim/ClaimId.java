package io.tangram.api.claim;

/**
 * The identity of a claim.
 *
 * @param namespace its namespace
 * @param name its name, unique in the namespace
 */
public record ClaimId(String namespace, String name) implements Comparable<ClaimId> {

  @Override
  public int compareTo(ClaimId other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /** Returns {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
