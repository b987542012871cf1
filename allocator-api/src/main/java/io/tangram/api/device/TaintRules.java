package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the taints of {@linkplain TaintRule rules} on the devices of slices, behind those that
 * drivers publish (R152); where several rules taint a device, in the order of their names.
 * Immutable and thread-safe.
 */
public final class TaintRules {

  /** Rules by the driver and the pool that they name; an empty name is any. */
  private record Key(String driver, String pool) {}

  private final ImmutableListMultimap<Key, TaintRule> byPool;

  private TaintRules(ImmutableListMultimap<Key, TaintRule> byPool) {
    this.byPool = byPool;
  }

  /** Returns the rules; those that select no devices play no part (R153). */
  public static TaintRules of(Collection<TaintRule> rules) {
    ImmutableListMultimap.Builder<Key, TaintRule> byPool = ImmutableListMultimap.builder();
    for (TaintRule rule : rules) {
      rule.devices()
          .ifPresent(
              selection ->
                  byPool.put(
                      new Key(selection.driver().orElse(""), selection.pool().orElse("")), rule));
    }
    return new TaintRules(byPool.build());
  }

  /**
   * Returns the slices with the taints on their devices. What no rule taints is shared: a slice
   * without such a device is the same object, and so is every other device.
   *
   * <p>Complexity: the number of slices, and that of devices in pools that a rule may be about
   * times that of such rules.
   */
  public ImmutableList<ResourceSlice> applyTo(Collection<ResourceSlice> slices) {
    return slices.stream().map(this::tainted).collect(ImmutableList.toImmutableList());
  }

  private ResourceSlice tainted(ResourceSlice slice) {
    ImmutableList<TaintRule> rules = of(slice.pool());
    if (rules.isEmpty()) {
      return slice;
    }
    boolean changes = false;
    ImmutableList.Builder<Device> devices =
        ImmutableList.builderWithExpectedSize(slice.devices().size());
    for (Device device : slice.devices()) {
      ImmutableList<Taint> added = added(slice.idOf(device), rules);
      changes |= !added.isEmpty();
      devices.add(added.isEmpty() ? device : withTaints(device, added));
    }
    return changes ? ImmutableResourceSlice.copyOf(slice).withDevices(devices.build()) : slice;
  }

  /** The rules that may be about devices of a pool, in the order of their names. */
  private ImmutableList<TaintRule> of(PoolId pool) {
    ImmutableList.Builder<TaintRule> rules = ImmutableList.builder();
    for (String driver : List.of(pool.driver(), "")) {
      rules
          .addAll(byPool.get(new Key(driver, pool.pool())))
          .addAll(byPool.get(new Key(driver, "")));
    }
    return ImmutableList.sortedCopyOf(Comparator.comparing(TaintRule::name), rules.build());
  }

  private static ImmutableList<Taint> added(DeviceId id, List<TaintRule> rules) {
    ImmutableList.Builder<Taint> added = ImmutableList.builder();
    for (TaintRule rule : rules) {
      if (rule.devices().filter(selection -> selection.includes(id)).isPresent()) {
        added.add(rule.marked());
      }
    }
    return added.build();
  }

  private static Device withTaints(Device device, ImmutableList<Taint> added) {
    return ImmutableDevice.copyOf(device)
        .withTaints(ImmutableList.<Taint>builder().addAll(device.taints()).addAll(added).build());
  }
}
