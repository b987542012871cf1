package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many devices of one pool can be given to requests of one kind at once, tried out: each device
 * is given or not, a shared one until it is refused.
 */
final class PoolSupply {

  /** A device as one of its nodes sees it. */
  private record Seen(ImmutableList<ChosenDevice> chosen, NodeView view) {
    PublishedDevice device() {
      return chosen.get(0).device();
    }
  }

  private final DeviceRequest leaf;
  private final PoolId pool;
  private final UsageRules usages;
  private final Map<DeviceId, Seen> devices = new LinkedHashMap<>();
  private final Map<Usage, Long> known = new HashMap<>();
  private long worth = 1;

  PoolSupply(DeviceRequest leaf, PoolId pool, UsageRules usages) {
    this.leaf = leaf;
    this.pool = pool;
    this.usages = usages;
  }

  /** Adds a device that suits the request. */
  void add(PublishedDevice device, NodeView view) {
    ChosenDevice chosen = new ChosenDevice(new Request.Exactly(leaf), leaf, device);
    devices.putIfAbsent(device.id(), new Seen(ImmutableList.of(chosen), view));
  }

  /** Returns the least share that the request may be given here. */
  long leastShare(DeviceMeasures measures) {
    return devices.values().stream()
        .mapToLong(seen -> measures.share(seen.chosen().get(0)))
        .min()
        .orElseThrow();
  }

  /** Returns this, where every device counts so much. */
  PoolSupply worth(long each) {
    worth = each;
    return this;
  }

  /** Returns what can be given beside the usage; without end where a device gives nothing of it. */
  long supply(Usage usage) {
    Usage here = usage.only(id -> id.poolId().equals(pool));
    Long supply = known.get(here);
    if (supply == null) {
      supply = worth * most(List.copyOf(devices.values()), here);
      known.put(here, supply);
    }
    return supply;
  }

  private long most(List<Seen> left, Usage usage) {
    if (left.isEmpty()) {
      return 0;
    }
    Seen seen = left.get(0);
    List<Seen> others = left.subList(1, left.size());
    long given = 0;
    Usage after = usage;
    Optional<Usage> next = with(seen, after);
    while (next.isPresent()) {
      given++;
      after = next.get();
      next = with(seen, after);
    }
    long most = given + most(others, after);
    boolean mayBlockOthers = given > 0 && !seen.device().device().consumesCounters().isEmpty();
    return mayBlockOthers ? Math.max(most, most(others, usage)) : most;
  }

  private Optional<Usage> with(Seen seen, Usage usage) {
    return usages.after(usage, seen.chosen(), seen.view());
  }
}
