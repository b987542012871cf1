package io.tangram.k8s.verify;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.check.Violation;
import io.tangram.k8s.read.Cluster;

/**
 * Judges where the pods of groups are that have a node: as the topology requires that their
 * PodGroups have. It may be that nodes got other labels since, so that what is found is drift.
 */
public final class GroupTopologyCheck {

  private GroupTopologyCheck() {}

  /** Returns what is against the topology of groups, in input order. */
  public static ImmutableList<Violation> findings(Cluster cluster) {
    PlanChecker checker = PlanChecker.of(cluster.problem());
    return cluster.pods().groups().stream()
        .flatMap(group -> checker.checkRunning(group).stream())
        .collect(ImmutableList.toImmutableList());
  }
}
