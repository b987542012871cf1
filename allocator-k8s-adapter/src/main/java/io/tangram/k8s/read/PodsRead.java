package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;

/**
 * What was read of pods, beside the workloads that those are that can be placed.
 *
 * @param pending how many pods wait for a node and use devices
 * @param skipped how many pods wait for a node and use no devices
 * @param objects the pods among the workloads that use claims, by identity, in input order
 * @param leftOut why other pending pods are no workloads, in input order
 * @param claimsLeftOut why pending claims are not part of the problem: nobody can carry them
 * @param standings every pod, for judging who uses what, in input order
 * @param groups the groups of pods with topology of which some run, without those that wait
 */
public record PodsRead(
    int pending,
    int skipped,
    ImmutableMap<WorkloadId, PodObject> objects,
    ImmutableMap<WorkloadId, LeftOut> leftOut,
    ImmutableMap<ClaimId, LeftOut> claimsLeftOut,
    ImmutableList<PodStanding> standings,
    ImmutableList<WorkloadGroup> groups) {}
