package io.tangram.k8s.cli;

import io.tangram.api.AllocationOptions;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.write.ResultFormat;
import java.time.Instant;
import java.util.Optional;

/**
 * How problems are worked on, the same for each of them.
 *
 * @param allocator the name of the allocator
 * @param compat the version of Kubernetes whose scheduler's defects are reproduced; none where
 *     absent
 * @param options what to optimise and how long; listener, cancellation and guidance apart
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
    Guidance guidance,
    ClusterView view,
    ResultFormat format,
    Instant now,
    boolean withPods,
    boolean requireAll) {

  /** Returns the same settings with what objectives go by. */
  AllocateSettings withGuidance(Guidance other) {
    return new AllocateSettings(
        allocator, compat, options, other, view, format, now, withPods, requireAll);
  }

  /** How values of the objectives are shown. */
  Amounts amounts() {
    return new Amounts(options.admission());
  }
}
