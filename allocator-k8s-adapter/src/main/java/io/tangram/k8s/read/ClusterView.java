package io.tangram.k8s.read;

import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.projection.FeatureProjection;

/**
 * How a cluster is looked at, beside what its objects say.
 *
 * @param features which features are on
 * @param vanishedDevicesAreFree whether held devices that nobody publishes any more draw on no
 *     counters; by default that is unknown (R116)
 */
public record ClusterView(FeatureSet features, boolean vanishedDevicesAreFree) {

  /** All features on that {@link FeatureSet#DEFAULT} has on, and nothing assumed. */
  public static final ClusterView DEFAULT = new ClusterView(FeatureSet.DEFAULT, false);

  /** Returns the problem that objects state, as it looks in this way. */
  AllocationProblem of(AllocationProblem stated) {
    return FeatureProjection.of(features)
        .of(
            ImmutableAllocationProblem.copyOf(stated)
                .withVanishedDevicesAreFree(vanishedDevicesAreFree));
  }
}
