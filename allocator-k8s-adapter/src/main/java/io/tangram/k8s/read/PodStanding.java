package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.k8s.read.ClaimReferences.Existing;
import io.tangram.k8s.read.ClaimReferences.Reference;
import io.tangram.k8s.read.ClaimReferences.ToGenerate;
import io.tangram.k8s.read.ClaimReferences.Unusable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How far a pod has come, and the claims it uses.
 *
 * @param id the pod
 * @param uid its uid; absent for an object that no API server has seen
 * @param node the node it is bound to
 * @param running whether containers of it run
 * @param finished whether it ran to its end
 * @param group the group of pods of which it is a member
 * @param claims the claims it uses, as far as they are there
 * @param unreferenced those of these that no container references
 * @param defects why it can't use others
 */
public record PodStanding(
    WorkloadId id,
    Optional<String> uid,
    Optional<String> node,
    boolean running,
    boolean finished,
    Optional<WorkloadGroupId> group,
    ImmutableList<ClaimId> claims,
    ImmutableSet<ClaimId> unreferenced,
    ImmutableList<Defect> defects) {

  /**
   * Why the pod can't use a claim.
   *
   * @param rule the rule that keeps it from it
   * @param message why, as a sentence without the rule
   */
  public record Defect(String rule, String message) {}

  /**
   * Returns that of a pod.
   *
   * @param entries what the entries of the pod mean, in order
   * @param extended the claim for its extended resources, which come from containers
   */
  static PodStanding of(Pod pod, List<Reference> entries, Optional<Reference> extended) {
    List<Reference> claims = Stream.concat(entries.stream(), extended.stream()).toList();
    return new PodStanding(
        pod.id(),
        pod.uid(),
        pod.node().isEmpty() ? Optional.empty() : Optional.of(pod.node()),
        pod.running(),
        pod.phase() == Pod.Phase.FINISHED,
        pod.group(),
        claims.stream()
            .flatMap(reference -> existing(reference).stream())
            .collect(ImmutableList.toImmutableList()),
        unreferenced(pod, entries),
        claims.stream()
            .map(PodStanding::defect)
            .flatMap(Optional::stream)
            .collect(ImmutableList.toImmutableList()));
  }

  private static ImmutableSet<ClaimId> unreferenced(Pod pod, List<Reference> entries) {
    Set<ClaimId> referenced = new HashSet<>();
    Set<ClaimId> others = new LinkedHashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      boolean hasContainers = pod.containers().containsKey(pod.claims().get(i).name());
      existing(entries.get(i)).ifPresent(claim -> (hasContainers ? referenced : others).add(claim));
    }
    return ImmutableSet.copyOf(Sets.difference(others, referenced));
  }

  private static Optional<ClaimId> existing(Reference reference) {
    return reference instanceof Existing existing
        ? Optional.of(existing.claim().id())
        : Optional.empty();
  }

  private static Optional<Defect> defect(Reference reference) {
    if (reference instanceof Unusable unusable) {
      return Optional.of(new Defect(unusable.rule(), unusable.why()));
    }
    return reference instanceof ToGenerate entry
        ? Optional.of(new Defect("R226", "there is no claim for its entry " + entry.entry()))
        : Optional.empty();
  }
}
