package io.tangram.solver.compile;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What claims hold already, by pool and device; administrative uses hold nothing (R93). */
public final class HeldDevices {

  /** The uses of one device. */
  public static final class Use {
    private boolean dedicated;
    private int shares;
    private final Map<QualifiedName, BigDecimal> consumed = new LinkedHashMap<>();
    private final ImmutableMap<String, ImmutableSet<String>> compatibilityGroups;

    private Use(DeviceAllocation first) {
      this.compatibilityGroups = first.compatibilityGroups();
    }

    /** Whether someone holds the whole device. */
    public boolean isDedicated() {
      return dedicated;
    }

    /** How many shares of it are held. */
    public int shares() {
      return shares;
    }

    /** What the shares consume of a capacity. */
    public BigDecimal consumed(QualifiedName capacity) {
      return consumed.getOrDefault(capacity, BigDecimal.ZERO);
    }

    /** The compatibility groups recorded for a counter set when the device was given (R123). */
    Optional<ImmutableSet<String>> compatibilityGroups(String counterSet) {
      return Optional.ofNullable(compatibilityGroups.get(counterSet));
    }

    private void add(DeviceAllocation allocation) {
      if (allocation.shareId().isEmpty()) {
        dedicated = true;
        return;
      }
      shares++;
      allocation
          .consumedCapacity()
          .forEach((name, amount) -> consumed.merge(name, amount.value(), BigDecimal::add));
    }
  }

  private final Map<PoolId, Map<String, Use>> uses = new HashMap<>();

  private HeldDevices() {}

  /** Collects the uses of all held allocations. */
  static HeldDevices of(List<Allocation> held) {
    HeldDevices devices = new HeldDevices();
    for (Allocation allocation : held) {
      for (DeviceAllocation device : allocation.devices()) {
        if (!device.adminAccess()) {
          devices.use(device).add(device);
        }
      }
    }
    return devices;
  }

  private Use use(DeviceAllocation allocation) {
    DeviceId id = allocation.device();
    return uses.computeIfAbsent(id.poolId(), pool -> new LinkedHashMap<>())
        .computeIfAbsent(id.device(), name -> new Use(allocation));
  }

  /** The uses of the pool's held devices by their names, published or not. */
  Map<String, Use> in(PoolId pool) {
    return uses.getOrDefault(pool, Map.of());
  }
}
