package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * Nodes, claims and pods to be. Objects are made while they are read, one node at a time, so that a
 * cluster of any size takes little memory. Immutable; equal clusters make equal objects.
 */
@Value.Immutable
public abstract class SampleCluster {

  /** When the cluster was made and earlier claims came; pending ones come in the seconds after. */
  static final Instant BEGINNING = Instant.parse("2026-01-05T08:00:00Z");

  /** The nodes. */
  public abstract ImmutableList<NodeGroup> nodes();

  /** How many zones the nodes of each group are spread over; by default nodes tell no zone. */
  @Value.Default
  public int zones() {
    return 0;
  }

  /** How many claims of each shape are pending. They arrive in an order that the seed decides. */
  public abstract ImmutableMultiset<ClaimShape> pending();

  /** What belongs to earlier claims; by default nothing. */
  @Value.Default
  public HeldFill held() {
    return HeldFill.NOTHING;
  }

  /** The part of the GPUs that the driver has found a fault with; by default 0. */
  @Value.Default
  public double unhealthy() {
    return 0;
  }

  /** Who uses the claims; by default nobody. */
  public abstract Optional<PodPlan> pods();

  /** The namespace of claims and pods. */
  @Value.Default
  public String namespace() {
    return "ml";
  }

  /** What everything that is left to chance depends on. */
  @Value.Default
  public long seed() {
    return 1;
  }

  /**
   * Refuses what can't be made.
   *
   * @throws IllegalArgumentException if the unhealthy part is not between 0 and 1, there are fewer
   *     than 0 zones, or the claims are too few or too many for the pods
   */
  @Value.Check
  protected void check() {
    if (!(unhealthy() >= 0 && unhealthy() <= 1)) {
      throw new IllegalArgumentException(
          "The unhealthy part is " + unhealthy() + "; it must be between 0 and 1.");
    }
    if (zones() < 0) {
      throw new IllegalArgumentException("There are " + zones() + " zones; 0 means none.");
    }
    pods().ifPresent(plan -> PendingPods.check(plan, pending().size()));
  }

  /** Returns a builder without nodes and claims. */
  public static ImmutableSampleCluster.Builder builder() {
    return ImmutableSampleCluster.builder();
  }

  /**
   * Returns the objects: classes, each node with its slices, held claims and their pods, pending
   * claims and pods.
   */
  public Stream<ObjectNode> objects() {
    // concat, where flatMap would make all nodes before an iterator hands out the first
    Stream<ObjectNode> objects = classes();
    for (NodeGroup group : nodes()) {
      objects = Stream.concat(objects, new NodeObjects(this, group).objects());
    }
    PendingClaims claims = new PendingClaims(this);
    return Stream.concat(
        objects,
        pods().isPresent()
            ? new PendingPods(this, pods().get(), claims).objects()
            : claims.objects());
  }

  private Stream<ObjectNode> classes() {
    boolean nics = nodes().stream().anyMatch(group -> group.template().withNics());
    return Stream.of(
            nodes().isEmpty() ? Stream.<ObjectNode>empty() : PublishedObjects.gpuClasses(),
            nics ? PublishedObjects.nicClass() : Stream.<ObjectNode>empty(),
            pods().stream()
                .flatMap(plan -> plan.priorities().entrySet().stream())
                .map(each -> PodObjects.priorityClass(each.getKey(), each.getValue())))
        .flatMap(each -> each);
  }

  /** Returns a number with as many digits as the last one of its kind has. */
  static String padded(int number, int last) {
    return String.format("%0" + Integer.toString(last).length() + "d", number);
  }
}
