package io.tangram.k8s.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads clusters from Kubernetes objects. Objects may come in any order and from any number of
 * files. One object is held at a time; slices are kept as what they say, claims and pending pods
 * that use them whole.
 */
public final class ClusterReader {

  private final Expressions expressions;
  private final long seed;
  private final ClusterView view;
  private final boolean isPlanned;

  private ClusterReader(Expressions expressions, long seed, ClusterView view, boolean isPlanned) {
    this.expressions = expressions;
    this.seed = seed;
    this.view = view;
    this.isPlanned = isPlanned;
  }

  /**
   * Returns a reader.
   *
   * @param expressions makes what CEL expressions stand for
   */
  public static ClusterReader create(Expressions expressions) {
    return new ClusterReader(expressions, 1, ClusterView.DEFAULT, true);
  }

  /**
   * Returns a reader that makes uids and names from this seed where an API server would have made
   * them; from 1 without it.
   */
  public ClusterReader withSeed(long newSeed) {
    return new ClusterReader(expressions, newSeed, view, isPlanned);
  }

  /** Returns a reader that looks at clusters in this way; as is the default without it. */
  public ClusterReader withView(ClusterView newView) {
    return new ClusterReader(expressions, seed, newView, isPlanned);
  }

  /**
   * Returns a reader that doesn't warn of what matters only where claims are allocated, such as
   * uids that would have to be made.
   */
  public ClusterReader forChecking() {
    return new ClusterReader(expressions, seed, view, false);
  }

  /**
   * Reads one cluster.
   *
   * @param files where its objects are
   * @throws InputException if a file can't be read, is no text of objects, or has an object that an
   *     API server would refuse, of a kind that is not read yet, or that contradicts another
   */
  public Cluster read(List<InputFile> files) {
    return read(files, List.of());
  }

  /**
   * Reads a cluster as an allocation left it.
   *
   * @param files the objects that it was given
   * @param results the claims, perhaps pods, that it left; they stand for those of their names
   * @throws InputException as {@link #read(List)} does, and if a result has another spec than the
   *     object it stands for
   */
  public Cluster read(List<InputFile> files, List<InputFile> results) {
    ClusterBuilder cluster = builder();
    add(results, cluster);
    cluster.endResults();
    cluster.warnOfEmpty(add(files, cluster), files.size());
    return cluster.build();
  }

  /**
   * Looks whether objects are well-formed, each by itself: what they may refer to can be elsewhere.
   *
   * @throws InputException as {@link #read(List)} does
   */
  public void check(List<InputFile> files) {
    add(files, builder());
  }

  private ClusterBuilder builder() {
    return new ClusterBuilder(new ParseContext(expressions, isPlanned), new SeededUids(seed), view);
  }

  /** Adds the objects of the files, and returns the files that have none. */
  private static List<InputFile> add(List<InputFile> files, ClusterBuilder cluster) {
    List<InputFile> empty = new ArrayList<>();
    for (InputFile file : files) {
      AtomicBoolean isEmpty = new AtomicBoolean(true);
      InputObject.readAll(
          List.of(file),
          object -> {
            isEmpty.set(false);
            accept(cluster, object);
          });
      if (isEmpty.get()) {
        empty.add(file);
      }
    }
    return empty;
  }

  private static void accept(ClusterBuilder cluster, InputObject object) {
    switch (object.objectKind()) {
      case NODE -> cluster.addNode(object.ofCluster());
      case NAMESPACE -> cluster.addNamespace(object.ofCluster());
      case RESOURCE_SLICE -> cluster.addSlice(object.ofCluster());
      case DEVICE_CLASS -> cluster.addClass(object.ofCluster());
      case DEVICE_TAINT_RULE -> cluster.addTaintRule(object.ofCluster());
      case RESOURCE_CLAIM -> cluster.addClaim(object.ofNamespaced(), object.tree());
      case RESOURCE_CLAIM_TEMPLATE -> cluster.addClaimTemplate(object.ofNamespaced());
      case POD -> cluster.addPod(object.ofNamespaced(), object.tree());
      case PRIORITY_CLASS -> cluster.addPriorityClass(object.ofCluster());
      case POD_GROUP -> cluster.addPodGroup(object.ofNamespaced());
      case WORKLOAD -> {}
      case UNKNOWN -> cluster.skip(object);
      case OTHER_VERSION -> throw object.otherVersion();
    }
  }
}
