package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code PodGroup}: pods that are placed together, and claims that they share (R229).
 *
 * @param label what messages call it
 * @param uid its uid; made from the seed for an object that no API server has seen
 * @param minCount how many of its pods have to run for any to be placed; 1 where each is placed for
 *     itself
 * @param claims the claims that its pods share, in order
 * @param priority its priority, where it says so
 * @param priorityClass the class of its priority, empty for none
 * @param topology where its pods have to be, or would rather be, in relation to each other
 * @param unsupported what it demands that is not implemented here, in words
 */
record PodGroup(
    ObjectLabel label,
    String uid,
    int minCount,
    ImmutableList<PodClaim> claims,
    Optional<Integer> priority,
    String priorityClass,
    ImmutableList<TopologyConstraint> topology,
    ImmutableList<String> unsupported) {

  /** The group of the API in which it is. */
  static final String API_GROUP = "scheduling.k8s.io";

  private static final String RULE = "R229";
  private static final int MAX_CLAIMS = 4;
  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.of(
          "disruptionMode",
          "parentCompositePodGroupName",
          "podGroupTemplateRef",
          "preemptionPolicy",
          "priority",
          "priorityClassName",
          "resourceClaims",
          "schedulingConstraints",
          "schedulingPolicy",
          "workloadRef");

  /**
   * Reads a group.
   *
   * @param shareClaims whether its claims count; else each pod has its own
   */
  static PodGroup parse(
      Metadata metadata, boolean shareClaims, ParseContext context, SeededUids uids) {
    Field object = metadata.object();
    Field spec = object.get("spec").required(RULE);
    context.expectOnly(KNOWN, spec);
    ObjectLabel label = object.label();
    spec.get("resourceClaims").entries(MAX_CLAIMS, RULE);
    return new PodGroup(
        label,
        metadata.uid().orElseGet(() -> uids.of("PodGroup", label.namespace(), label.name())),
        minCount(spec.get("schedulingPolicy")),
        shareClaims ? PodClaim.parse(object) : ImmutableList.of(),
        spec.get("priority").isPresent()
            ? Optional.of(spec.get("priority").int32(PriorityClasses.RULE))
            : Optional.empty(),
        spec.get("priorityClassName").text(),
        topology(object, context),
        unsupported(spec));
  }

  private static int minCount(Field policy) {
    Field gang = policy.get("gang");
    if (!gang.isPresent()) {
      return 1;
    }
    if (policy.get("basic").isPresent()) {
      throw policy.bad("has both basic and gang; set one of them (" + RULE + ").");
    }
    Field count = gang.get("minCount").required(RULE);
    int least = count.int32(RULE);
    if (least < 1) {
      throw count.bad(least + " must be greater than 0 (" + RULE + ").");
    }
    return least;
  }

  /** What Kubernetes has a field for is required; the rest is in annotations. */
  private static ImmutableList<TopologyConstraint> topology(Field object, ParseContext context) {
    Stream<TopologyConstraint> required =
        object
            .get("spec")
            .get("schedulingConstraints")
            .get("topology")
            .entries(Field.MANY, RULE)
            .stream()
            .map(each -> each.get("key").name(NameSyntax.LABEL_KEY, RULE))
            .map(key -> new TopologyConstraint.Together(key, true));
    return Stream.concat(required, TopologyAnnotations.parse(object, context).stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> unsupported(Field spec) {
    ImmutableList.Builder<String> found = ImmutableList.builder();
    Field constraints = spec.get("schedulingConstraints");
    for (Field topology : constraints.get("topology").entries(Field.MANY, RULE)) {
      for (String name : topology.names()) {
        if (!name.equals("key")) {
          found.add("the unknown constraint " + topology.get(name).path() + " of a group of pods");
        }
      }
    }
    for (String name : constraints.names()) {
      if (!name.equals("topology")) {
        found.add("the unknown constraint " + constraints.get(name).path() + " of a group of pods");
      }
    }
    if (!spec.get("parentCompositePodGroupName").text().isEmpty()) {
      found.add("a group of pods in a group of groups");
    }
    for (String name : spec.get("schedulingPolicy").names()) {
      if (!name.equals("basic") && !name.equals("gang")) {
        found.add("the unknown policy " + name + " of a group of pods");
      }
    }
    return found.build();
  }

  /** Whether it makes a difference to where its pods are placed. */
  boolean isBinding() {
    return minCount > 1 || !topology.isEmpty();
  }

  /**
   * Returns the group, with pods that are to be placed.
   *
   * @param members these pods
   * @param running the nodes of those that run, one entry each
   */
  WorkloadGroup with(List<WorkloadId> members, List<String> running) {
    return WorkloadGroup.builder()
        .id(id())
        .members(members)
        .minMembers(Math.max(1, minCount - running.size()))
        .topology(topology)
        .running(topology.isEmpty() ? List.of() : running)
        .build();
  }

  /** The identity. */
  WorkloadGroupId id() {
    return new WorkloadGroupId(label.namespace(), label.name());
  }

  /** The entry that an entry of one of its pods stands for, if any does: they are equal (R229). */
  Optional<PodClaim> entry(PodClaim ofPod) {
    return claims.stream().filter(each -> each.isSame(ofPod)).findFirst();
  }

  /** What a claim has in {@code reservedFor} in place of the pods of the group (R229). */
  Reservation reservation() {
    return new Reservation(API_GROUP, Reservation.POD_GROUPS, label.name(), uid);
  }
}
