package io.tangram.solver.symmetry;

/**
 * Elements 0 to n - 1 in disjoint sets that can be joined; each set is known by its least element.
 * Paths are compressed (Tarjan, Journal of the ACM 22, 1975). Not thread-safe.
 */
final class DisjointSets {

  private final int[] parent;

  /** Starts with each element in a set of its own. */
  DisjointSets(int elements) {
    parent = new int[elements];
    for (int i = 0; i < elements; i++) {
      parent[i] = i;
    }
  }

  /** The least element of the set that an element is in. */
  int find(int element) {
    int root = element;
    while (parent[root] != root) {
      root = parent[root];
    }
    int at = element;
    while (parent[at] != root) {
      int next = parent[at];
      parent[at] = root;
      at = next;
    }
    return root;
  }

  /** Joins the sets that two elements are in. */
  void union(int a, int b) {
    int rootA = find(a);
    int rootB = find(b);
    if (rootA != rootB) {
      parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }
  }
}
