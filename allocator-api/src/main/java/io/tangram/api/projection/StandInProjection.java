package io.tangram.api.projection;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;

/**
 * Problems without claims that stand for extended resources, where devices don't back these: what
 * workloads take of them has to be offered by nodes (R216).
 */
final class StandInProjection {

  private final boolean devicesBackResources;

  StandInProjection(FeatureSet features) {
    this.devicesBackResources =
        features.isOn(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION)
            && features.isOn(FeatureGate.EXTENDED_RESOURCE);
  }

  AllocationProblem of(AllocationProblem problem) {
    ImmutableSet<ClaimId> standIns =
        problem.claims().stream()
            .filter(claim -> !claim.extendedResources().isEmpty())
            .map(Claim::id)
            .collect(ImmutableSet.toImmutableSet());
    return devicesBackResources || standIns.isEmpty()
        ? problem
        : ImmutableAllocationProblem.copyOf(problem)
            .withWorkloads(
                FeatureProjection.each(
                    problem.workloads(), workload -> without(standIns, workload)))
            .withClaims(
                problem.claims().stream()
                    .filter(claim -> !standIns.contains(claim.id()))
                    .collect(ImmutableList.toImmutableList()));
  }

  private static Workload without(ImmutableSet<ClaimId> standIns, Workload workload) {
    return workload.claims().stream().noneMatch(standIns::contains)
        ? workload
        : ImmutableWorkload.copyOf(workload)
            .withClaims(
                workload.claims().stream()
                    .filter(claim -> !standIns.contains(claim))
                    .collect(ImmutableList.toImmutableList()));
  }
}
