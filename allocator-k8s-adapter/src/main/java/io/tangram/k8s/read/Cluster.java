package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.feature.FeatureSet;

/**
 * What was read.
 *
 * @param problem the cluster, its pending claims and the pods to place
 * @param hasNodeObjects whether the nodes are objects of the input, rather than names in slices
 * @param features which features are on
 * @param claims every claim of the input, in input order, then those generated for pods
 * @param pods what else was read of pods
 * @param warnings what the owner of the input should know, each one line
 */
public record Cluster(
    AllocationProblem problem,
    boolean hasNodeObjects,
    FeatureSet features,
    ImmutableList<ClaimObject> claims,
    PodsRead pods,
    ImmutableList<String> warnings) {}
