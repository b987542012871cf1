package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.Stage;
import io.tangram.api.projection.FeatureProjection;
import io.tangram.api.reference.Defect;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a cluster is looked at, beside what its objects say.
 *
 * @param features which features are on
 * @param vanishedDevicesAreFree whether held devices that nobody publishes any more draw on no
 *     counters; by default that is unknown (R116)
 * @param defects what kube-scheduler takes objects for that they are not, as far as it is to be
 *     reproduced
 * @param listings how the devices of nodes are joined; of several for a node the first one counts
 * @param readsLinks whether it matters how devices are joined, also where no claim says so
 */
public record ClusterView(
    FeatureSet features,
    boolean vanishedDevicesAreFree,
    ImmutableSet<Defect> defects,
    ImmutableList<NodeListing> listings,
    boolean readsLinks) {

  /** All features on that {@link FeatureSet#DEFAULT} has on, and nothing assumed. */
  public static final ClusterView DEFAULT = new ClusterView(FeatureSet.DEFAULT, false);

  /** Makes a view without defects and listings. */
  public ClusterView(FeatureSet features, boolean vanishedDevicesAreFree) {
    this(features, vanishedDevicesAreFree, ImmutableSet.of(), ImmutableList.of(), false);
  }

  /** Returns the same view with defects. */
  public ClusterView reproducing(Set<Defect> reproduced) {
    return new ClusterView(
        features, vanishedDevicesAreFree, ImmutableSet.copyOf(reproduced), listings, readsLinks);
  }

  /** Returns the same view with listings. */
  public ClusterView listing(List<NodeListing> listed) {
    return new ClusterView(
        features, vanishedDevicesAreFree, defects, ImmutableList.copyOf(listed), readsLinks);
  }

  /** Returns the same view where it matters how devices are joined. */
  public ClusterView readingLinks() {
    return new ClusterView(features, vanishedDevicesAreFree, defects, listings, true);
  }

  /** Returns what turns a gate on that is off, as a clause that begins with a semicolon. */
  String remedy(FeatureGate gate) {
    if (gate.stageIn(features.version()) == Stage.ABSENT) {
      Optional<FeatureGate> before = gate.partedFrom();
      if (before.isPresent() && before.get().stageIn(features.version()) != Stage.ABSENT) {
        return remedy(before.get());
      }
      return "; Kubernetes " + features.version() + " doesn't have it";
    }
    String edits =
        Stream.of(gate.prerequisite(), gate.partOf(), Optional.of(gate))
            .flatMap(Optional::stream)
            .filter(each -> !features.isOn(each))
            .map(each -> each + "=true")
            .collect(Collectors.joining(","));
    return "; --feature-gates " + edits + " turns it on";
  }

  /**
   * Returns the problem that objects state, as it looks in this way. How devices are joined is
   * known where that matters.
   *
   * @param warnings where it is said what doesn't fit the problem
   */
  AllocationProblem of(AllocationProblem stated, ReadWarnings warnings) {
    AllocationProblem seen =
        FeatureProjection.of(features)
            .of(
                ImmutableAllocationProblem.copyOf(stated)
                    .withVanishedDevicesAreFree(vanishedDevicesAreFree));
    return listings.isEmpty() && !readsLinks && !asksForLinks(seen)
        ? seen
        : ImmutableAllocationProblem.copyOf(seen).withLinks(NodeLinks.of(seen, listings, warnings));
  }

  private static boolean asksForLinks(AllocationProblem problem) {
    return Stream.concat(problem.claims().stream(), problem.heldClaims().values().stream())
        .flatMap(claim -> claim.constraints().stream())
        .anyMatch(DeviceConstraint.Linked.class::isInstance);
  }
}
