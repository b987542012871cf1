package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.device.PoolId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many devices can still be given to each of the requests that are expected. */
final class SupplyMeasure {

  private final List<PoolSupply> supplies = new ArrayList<>();
  private final long before;

  SupplyMeasure(AllocationProblem problem, AllocationOptions options) {
    UsageRules usages = new UsageRules(problem);
    RequestRules rules = new RequestRules(problem);
    DeviceMeasures measures = new DeviceMeasures(problem);
    ImmutableList<NodeView> views = NodeView.ofAll(problem);
    ExpectedDemand demand =
        options
            .expectedDemand()
            .orElseGet(() -> ExpectedDemand.of(problem.claims()).equallyWeighted());
    demand
        .weights()
        .forEach(
            (leaf, weight) -> {
              if (!rules.isClassMissing(leaf)) {
                Collection<PoolSupply> pools = pools(leaf, rules, views, usages);
                long share =
                    pools.stream().mapToLong(pool -> pool.leastShare(measures)).min().orElse(0);
                if (share > 0) {
                  pools.forEach(pool -> supplies.add(pool.worth(weight * share)));
                }
              }
            });
    this.before = supply(usages.held());
  }

  /** Nodes may see several generations of a pool; each has devices of its own. */
  private static Collection<PoolSupply> pools(
      DeviceRequest leaf, RequestRules rules, List<NodeView> views, UsageRules usages) {
    record Generation(PoolId pool, long number) {}
    Map<Generation, PoolSupply> pools = new LinkedHashMap<>();
    for (NodeView view : views) {
      for (PublishedDevice device : rules.candidates(leaf, view)) {
        PoolContents contents = view.contentsOf(device.id());
        pools
            .computeIfAbsent(
                new Generation(contents.id(), contents.generation()),
                none -> new PoolSupply(leaf, contents.id(), usages))
            .add(device, view);
      }
    }
    return pools.values();
  }

  /** Returns the supply before any plan less the supply beside this usage, in millionths. */
  long loss(Usage usage) {
    return before - supply(usage);
  }

  private long supply(Usage usage) {
    return supplies.stream().mapToLong(pool -> pool.supply(usage)).sum();
  }
}
