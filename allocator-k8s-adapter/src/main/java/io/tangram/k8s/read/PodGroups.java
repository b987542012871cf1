package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.plan.ReasonCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The groups of pods of one input, and which pods are members (R229). */
final class PodGroups {

  private final ClusterView view;
  private final boolean on;
  private final Map<WorkloadGroupId, PodGroup> groups = new HashMap<>();

  /** Starts without groups. There are none at all where their gate is off. */
  PodGroups(ClusterView view) {
    this.view = view;
    on = view.features().isOn(FeatureGate.GENERIC_WORKLOAD);
  }

  /** Adds a group. */
  void add(PodGroup group) {
    groups.put(group.id(), group);
  }

  /** Returns the group of which the pod is a member, if that is there. */
  Optional<PodGroup> of(Pod pod) {
    return on ? pod.group().map(groups::get) : Optional.empty();
  }

  /** Returns the entry of the pod's group that an entry of the pod stands for, if any. */
  Optional<PodGroup> sharing(Pod pod, PodClaim entry) {
    return of(pod).filter(group -> group.entry(entry).isPresent());
  }

  /** Whether it matters to others of its group where the pod is placed, or whether it is. */
  boolean binds(Pod pod) {
    return of(pod).filter(PodGroup::isBinding).isPresent();
  }

  /** Returns why a member of a group can't be placed at all, if so. */
  Optional<LeftOut> obstacle(Pod pod) {
    if (pod.group().isEmpty() || of(pod).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        on
            ? new LeftOut(
                ReasonCode.UNSUPPORTED_CONSTRAINT,
                "PodGroup " + pod.group().get() + ", of which it is a member, is not there (R229)")
            : new LeftOut(
                ReasonCode.FEATURE_OFF,
                "it is a member of PodGroup "
                    + pod.group().get()
                    + ", and feature gate "
                    + FeatureGate.GENERIC_WORKLOAD
                    + " is off (R229)"
                    + view.remedy(FeatureGate.GENERIC_WORKLOAD)));
  }

  /**
   * Returns the groups of which several pods have to run for any to be placed, or that say where
   * pods are in relation to each other.
   *
   * @param pods every pod
   * @param workloads those that can be placed
   */
  ImmutableList<WorkloadGroup> gangs(List<Pod> pods, List<Workload> workloads) {
    Map<WorkloadId, PodGroup> groupOf = new HashMap<>();
    pods.forEach(pod -> of(pod).ifPresent(group -> groupOf.put(pod.id(), group)));
    ListMultimap<WorkloadGroupId, String> running = running(pods);
    ListMultimap<PodGroup, WorkloadId> members = LinkedListMultimap.create();
    for (Workload workload : workloads) {
      PodGroup group = groupOf.get(workload.id());
      if (group != null) {
        members.put(group, workload.id());
      }
    }
    ImmutableList.Builder<WorkloadGroup> gangs = ImmutableList.builder();
    for (PodGroup group : members.keySet()) {
      WorkloadGroup gang = group.with(members.get(group), running.get(group.id()));
      if (gang.isBinding()) {
        gangs.add(gang);
      }
    }
    return gangs.build();
  }

  /** Returns the groups that say where pods are in relation to each other, of those that run. */
  ImmutableList<WorkloadGroup> ofRunning(List<Pod> pods) {
    ListMultimap<WorkloadGroupId, String> running = running(pods);
    return running.keySet().stream()
        .flatMap(id -> Stream.ofNullable(groups.get(id)))
        .filter(group -> !group.topology().isEmpty())
        .map(group -> group.with(List.of(), running.get(group.id())))
        .collect(ImmutableList.toImmutableList());
  }

  /** The nodes of the pods of each group that run. */
  private ListMultimap<WorkloadGroupId, String> running(List<Pod> pods) {
    ListMultimap<WorkloadGroupId, String> running = LinkedListMultimap.create();
    for (Pod pod : pods) {
      if (pod.phase() == Pod.Phase.BOUND) {
        of(pod).ifPresent(group -> running.put(group.id(), pod.node()));
      }
    }
    return running;
  }
}
