package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.topology.DeviceLinks;
import io.tangram.api.topology.LinkGraph;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongBiFunction;

/** What a legal plan reaches of each objective, by the definitions in {@link Objective}. */
final class ObjectiveValues {

  private final AllocationProblem problem;
  private final AllocationPlan plan;
  private final AllocationOptions options;
  private final ClusterIndex cluster;
  private final CheckedState before;
  private final CheckedState after;

  /**
   * Prepares to measure a plan.
   *
   * @param before what is held
   * @param after what is held and what the plan gives
   */
  ObjectiveValues(
      AllocationProblem problem,
      AllocationPlan plan,
      AllocationOptions options,
      ClusterIndex cluster,
      CheckedState before,
      CheckedState after) {
    this.problem = problem;
    this.plan = plan;
    this.options = options;
    this.cluster = cluster;
    this.before = before;
    this.after = after;
  }

  /** Returns the value of admission by tier, highest first, for tiers with claims admitted. */
  Map<Integer, Long> admission() {
    Map<ClaimId, Integer> tiers = tiers();
    Map<Integer, Long> values = new TreeMap<>(Comparator.reverseOrder());
    for (Claim claim : problem.claims()) {
      Allocation allocation = plan.allocations().get(claim.id());
      if (allocation != null) {
        long value = options.admission() == Admission.MOST_DEVICE_SHARE ? share(allocation) : 1;
        values.merge(tiers.getOrDefault(claim.id(), 0), value, Long::sum);
      }
    }
    return values;
  }

  /** Returns the highest priority of a placed workload that references each claim. */
  private Map<ClaimId, Integer> tiers() {
    Map<ClaimId, Integer> tiers = new HashMap<>();
    for (Workload workload : problem.workloads()) {
      if (plan.placements().containsKey(workload.id())) {
        workload.claims().forEach(claim -> tiers.merge(claim, workload.priority(), Math::max));
      }
    }
    return tiers;
  }

  /** Returns the value of an objective after admission. */
  long of(Objective objective) {
    return switch (objective) {
      case PREFERENCE -> overClaims(ObjectiveValues::preference);
      case TOPOLOGY -> GroupSpread.all(problem, plan, cluster).mapToLong(GroupSpread::missed).sum();
      case BANDWIDTH -> overClaims((claim, allocation) -> bandwidth(allocation));
      case FIT -> overClaims((claim, allocation) -> size(allocation));
      case FRAGMENTATION -> supplyLoss();
      case PACKING -> nodes().newlyUsed().size();
      case COST -> nodes().newlyUsed().stream().mapToLong(this::price).sum();
      case SPREAD -> nodes().unevenness();
      case STABILITY -> overClaims(this::kept);
    };
  }

  private long overClaims(ToLongBiFunction<Claim, Allocation> measure) {
    return SideBySide.runs(problem.claims(), options.workers())
        .flatMap(List::stream)
        .mapToLong(
            claim -> {
              Allocation allocation = plan.allocations().get(claim.id());
              return allocation == null ? 0 : measure.applyAsLong(claim, allocation);
            })
        .sum();
  }

  private long supplyLoss() {
    ExpectedDemand demand =
        options
            .expectedDemand()
            .orElseGet(() -> ExpectedDemand.of(problem.claims()).equallyWeighted());
    return new SupplyLoss(new ExpectedRequests(demand, cluster), cluster, before, after)
        .in(
            plan.allocations().values().stream()
                .flatMap(allocation -> allocation.devices().stream())
                .map(result -> result.device().poolId())
                .collect(ImmutableSet.toImmutableSet()));
  }

  private NodeUse nodes() {
    return new NodeUse(problem, plan, cluster);
  }

  private long price(String node) {
    return Objects.requireNonNull(options.prices().get(node));
  }

  /** A device beside the name of the request that it is given to (R79). */
  private record Given(String request, DeviceId device) {}

  private long kept(Claim claim, Allocation allocation) {
    Allocation earlier = options.start().get(claim.id());
    return earlier != null && given(earlier).equals(given(allocation)) ? 1 : 0;
  }

  private static ImmutableMultiset<Given> given(Allocation allocation) {
    return allocation.devices().stream()
        .map(result -> new Given(result.request(), result.device()))
        .collect(ImmutableMultiset.toImmutableMultiset());
  }

  private static long preference(Claim claim, Allocation allocation) {
    ImmutableMap<String, LeafRequest> leaves = LeafRequest.byResultName(claim);
    Set<String> seen = new HashSet<>();
    long score = 0;
    for (DeviceAllocation result : allocation.devices()) {
      LeafRequest leaf = leaves.get(result.request());
      if (leaf != null
          && leaf.request() instanceof FirstAvailable
          && seen.add(leaf.request().name())) {
        score += FirstAvailable.score(leaf.alternativeIndex());
      }
    }
    return score;
  }

  private long share(Allocation allocation) {
    long sum = 0;
    for (DeviceAllocation result : allocation.devices()) {
      PoolView pool = pool(allocation, result);
      Published published = pool.devices().find(result.device().device());
      sum += published == null ? 0 : cluster.measures().share(result, pool, published);
    }
    return sum;
  }

  private long size(Allocation allocation) {
    long sum = 0;
    for (DeviceAllocation result : allocation.devices()) {
      Published published = pool(allocation, result).devices().find(result.device().device());
      sum += published == null ? 0 : cluster.measures().size(result, published.device());
    }
    return sum;
  }

  private long bandwidth(Allocation allocation) {
    Map<DeviceId, Device> own = new LinkedHashMap<>();
    NodeSelection ofNode = NodeSelection.node(node(allocation).name());
    for (DeviceAllocation result : allocation.devices()) {
      Published published = pool(allocation, result).devices().find(result.device().device());
      if (published != null
          && !result.adminAccess()
          && !published.device().allowMultipleAllocations()
          && PoolView.selection(published).equals(ofNode)) {
        own.put(result.device(), published.device());
      }
    }
    if (own.size() < 2) {
      return 0;
    }
    LinkGraph<DeviceId> given = cluster.links().get(node(allocation).name());
    LinkGraph<DeviceId> graph = given == null ? DeviceLinks.among(node(allocation), own) : given;
    return options
        .linkObjective()
        .mbPerSecond(graph, Sets.intersection(own.keySet(), graph.asGraph().nodes()));
  }

  private Node node(Allocation allocation) {
    return allocation.node().map(cluster::node).orElseThrow();
  }

  private PoolView pool(Allocation allocation, DeviceAllocation result) {
    return cluster.pools().seenFrom(node(allocation), result.device().poolId()).orElseThrow();
  }
}
