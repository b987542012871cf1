package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.catalog.NodeTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * Nodes and claims to be. Objects are made while they are read, one node at a time, so that a
 * cluster of any size takes little memory. Immutable; equal clusters make equal objects.
 */
@Value.Immutable
public abstract class SampleCluster {

  private static final Instant FIRST_CLAIM = Instant.parse("2026-01-05T08:00:00Z");
  private static final String NAMESPACE = "ml";

  /** Nodes of one kind, named {@code prefix-1} and on, with as many digits as the last needs. */
  public record NodeGroup(NodeTemplate template, String prefix, int count) {}

  /** The nodes. */
  public abstract ImmutableList<NodeGroup> nodes();

  /** How many claims of each shape are pending. */
  public abstract ImmutableMultiset<ClaimShape> pending();

  /**
   * Whether every third GPU of a node is half used: half of its memory slices belong to partitions
   * that earlier claims hold, in a random legal layout. By default all GPUs are free.
   */
  @Value.Default
  public boolean halfUsed() {
    return false;
  }

  /** What the arrival of claims and the partitions that are held depend on. */
  @Value.Default
  public long seed() {
    return 1;
  }

  /** Returns a builder without nodes and claims. */
  public static ImmutableSampleCluster.Builder builder() {
    return ImmutableSampleCluster.builder();
  }

  /** Returns the objects: classes, each node with its slices and held claims, pending claims. */
  public Stream<ObjectNode> objects() {
    // concat, where flatMap would make all nodes before an iterator hands out the first
    Stream<ObjectNode> objects = classes();
    for (NodeGroup group : nodes()) {
      objects = Stream.concat(objects, objectsOf(group));
    }
    return Stream.concat(objects, pendingClaims());
  }

  private Stream<ObjectNode> classes() {
    boolean nics = nodes().stream().anyMatch(group -> group.template().withNics());
    return Stream.concat(
        PublishedObjects.gpuClasses(), nics ? PublishedObjects.nicClass() : Stream.empty());
  }

  private Stream<ObjectNode> objectsOf(NodeGroup group) {
    int digits = Integer.toString(group.count()).length();
    Optional<HalfUsedGpus> held =
        halfUsed()
            ? Optional.of(
                new HalfUsedGpus(group.template().machine(), NAMESPACE, FIRST_CLAIM, seed()))
            : Optional.empty();
    return IntStream.rangeClosed(1, group.count())
        .mapToObj(number -> group.prefix() + "-" + padded(number, digits))
        .flatMap(
            name ->
                Stream.concat(
                    PublishedObjects.node(group.template().publish(name)),
                    held.stream().flatMap(each -> each.claims(name))));
  }

  /** The claims in the order in which they arrive, a second after one another. */
  private Stream<ObjectNode> pendingClaims() {
    List<ClaimShape> arrivals = new ArrayList<>(pending());
    Collections.shuffle(arrivals, new Random(seed()));
    int digits = Integer.toString(arrivals.size()).length();
    return IntStream.range(0, arrivals.size())
        .mapToObj(
            index ->
                arrivals
                    .get(index)
                    .pending(
                        NAMESPACE,
                        arrivals.get(index).label() + "-" + padded(index + 1, digits),
                        FIRST_CLAIM.plusSeconds(index + 1L)));
  }

  private static String padded(int number, int digits) {
    return String.format("%0" + digits + "d", number);
  }
}
