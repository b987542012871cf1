package io.tangram.api.claim;

/**
 * The identity of a group of workloads, a PodGroup in Kubernetes.
 *
 * @param namespace its namespace
 * @param name its name, unique in the namespace
 */
public record WorkloadGroupId(String namespace, String name) {

  /** Returns {@code namespace/name}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
