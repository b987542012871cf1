package io.tangram.k8s.cli;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.Objective;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.write.ResultFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How problems are worked on, the same for each of them.
 *
 * @param allocator the name of the allocator
 * @param compat the version of Kubernetes whose scheduler's defects are reproduced; none where
 *     absent
 * @param options what to optimise and how long; listener, cancellation and guidance apart
 * @param addsTopology whether topology is optimised as well, after preference, where a group of
 *     pods prefers one
 * @param guidance what objectives go by beside the cluster
 * @param view how clusters are looked at
 * @param format how results are written
 * @param now the time that results carry
 * @param withPods whether pods that change are written too
 * @param requireAll whether a claim or a pod that stays out makes the command fail
 */
record AllocateSettings(
    String allocator,
    Optional<KubernetesVersion> compat,
    AllocationOptions options,
    boolean addsTopology,
    Guidance guidance,
    ClusterView view,
    ResultFormat format,
    Instant now,
    boolean withPods,
    boolean requireAll) {

  /** Returns the same settings with what objectives go by. */
  AllocateSettings withGuidance(Guidance other) {
    return new AllocateSettings(
        allocator, compat, options, addsTopology, other, view, format, now, withPods, requireAll);
  }

  /**
   * Returns the options for one problem.
   *
   * @throws io.tangram.k8s.read.InputException if the guidance lacks something for the problem
   */
  AllocationOptions optionsFor(AllocationProblem problem) {
    AllocationOptions guided = guidance.apply(options, problem);
    boolean anyPrefers =
        problem.groups().stream()
            .flatMap(group -> group.topology().stream())
            .anyMatch(constraint -> !constraint.required());
    if (!addsTopology || !anyPrefers) {
      return guided;
    }
    List<Objective> objectives = new ArrayList<>(guided.objectives());
    objectives.add(objectives.indexOf(Objective.PREFERENCE) + 1, Objective.TOPOLOGY);
    return ImmutableAllocationOptions.copyOf(guided).withObjectives(objectives);
  }

  /** How values of the objectives are shown. */
  Amounts amounts() {
    return new Amounts(options.admission());
  }
}
