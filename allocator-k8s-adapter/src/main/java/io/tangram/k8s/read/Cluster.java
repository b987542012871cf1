package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;

/**
 * What was read.
 *
 * @param problem the cluster and its pending claims
 * @param claims every claim of the input, in input order
 * @param warnings what the owner of the input should know, each one line
 */
public record Cluster(
    AllocationProblem problem, ImmutableList<ClaimObject> claims, ImmutableList<String> warnings) {}
