package io.tangram.api.claim;

/**
 * The identity of a workload, a pod in Kubernetes.
 *
 * @param namespace its namespace
 * @param name its name, unique in the namespace
 */
public record WorkloadId(String namespace, String name) implements Comparable<WorkloadId> {

  @Override
  public int compareTo(WorkloadId other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /** Returns {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
