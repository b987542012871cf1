package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.PoolContents.Counter;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is taken from the counters of one pool (R109 to R116), and beside whom (R122). A device in
 * use takes its amounts once, however many shares it has (R113). A change costs what the device
 * consumes, not what the pool holds: the counters that are overdrawn are counted, not searched. Not
 * thread-safe.
 */
final class CounterLedger {

  private final PoolContents contents;
  private final boolean vanishedDevicesAreFree;
  private final Map<String, Map<String, BigDecimal>> taken = new HashMap<>();
  private final GroupLedger groups = new GroupLedger();
  private final Set<String> vanished = new HashSet<>(0);
  private int overdrawn;

  CounterLedger(PoolContents contents, boolean vanishedDevicesAreFree) {
    this.contents = contents;
    this.vanishedDevicesAreFree = vanishedDevicesAreFree;
    for (CounterSet set : contents.counterSets().values()) {
      for (Quantity declared : set.counters().values()) {
        overdrawn += declared.signum() < 0 ? 1 : 0;
      }
    }
  }

  /** The pool. */
  PoolContents contents() {
    return contents;
  }

  /** Under which groups devices take from the counter sets. */
  GroupLedger groups() {
    return groups;
  }

  /**
   * Records that a device of this name came into use. If it was in use before any change and is not
   * published, what it takes is unknown; others are published for nodes that see another
   * generation.
   */
  void charge(String device, DeviceUse use) {
    Published published = contents.devices().find(device);
    if (published != null) {
      book(published.device(), 1);
      groups.place(published.device(), use.first());
    } else if (use.isSinceBefore()) {
      vanished.add(device);
    }
  }

  /** Records that a device of this name is no longer in use. */
  void refund(String device) {
    Published published = contents.devices().find(device);
    if (published != null) {
      book(published.device(), -1);
      groups.remove(device);
    }
    vanished.remove(device);
  }

  private void book(Device device, int sign) {
    for (CounterConsumption consumption : device.consumesCounters()) {
      CounterSet set = contents.counterSets().get(consumption.counterSet());
      Map<String, BigDecimal> takenOfSet =
          taken.computeIfAbsent(consumption.counterSet(), each -> new HashMap<>());
      consumption
          .counters()
          .forEach(
              (name, amount) -> {
                BigDecimal before = takenOfSet.getOrDefault(name, BigDecimal.ZERO);
                BigDecimal after =
                    sign > 0 ? before.add(amount.value()) : before.subtract(amount.value());
                takenOfSet.put(name, after);
                Quantity declared = set == null ? null : set.counters().get(name);
                overdrawn +=
                    (isOverdrawn(declared, after) ? 1 : 0)
                        - (isOverdrawn(declared, before) ? 1 : 0);
              });
    }
  }

  private static boolean isOverdrawn(@Nullable Quantity declared, BigDecimal taken) {
    return declared != null && taken.compareTo(declared.value()) > 0;
  }

  /** Whether nobody knows what is left, since devices have vanished that may draw on it (R116). */
  boolean isUnknown() {
    return !vanished.isEmpty() && !vanishedDevicesAreFree;
  }

  /** The names of devices in use that are published no more. */
  ImmutableSortedSet<String> vanished() {
    return ImmutableSortedSet.copyOf(vanished);
  }

  /** Whether no device can come into use that consumes counters, whatever it takes of them. */
  boolean isClosed() {
    return isUnknown() || overdrawn > 0;
  }

  /** Returns what is left of a counter of the pool, less than nothing where it is overdrawn. */
  BigDecimal left(Counter counter) {
    Quantity declared = contents.declared(counter.set(), counter.counter());
    return declared == null ? BigDecimal.ZERO : declared.value().subtract(taken(counter));
  }

  private BigDecimal taken(Counter counter) {
    return taken(counter.set()).getOrDefault(counter.counter(), BigDecimal.ZERO);
  }

  private Map<String, BigDecimal> taken(String counterSet) {
    return taken.getOrDefault(counterSet, Map.of());
  }

  /** Returns why a device that nobody uses yet can't come into use, if so (R112, R116, R122). */
  Optional<Refusal> refusal(Device device) {
    if (device.consumesCounters().isEmpty()) {
      return Optional.empty();
    }
    if (isUnknown()) {
      return Optional.of(
          new Refusal(
              "R116",
              "consumes counters of a pool in which nobody knows what is left, since devices in use"
                  + " are no longer published: "
                  + vanished()));
    }
    if (overdrawn > 0) {
      return Optional.of(
          new Refusal("R112", "consumes counters of a pool that is overdrawn already"));
    }
    for (CounterConsumption consumption : device.consumesCounters()) {
      CounterSet set = contents.counterSets().get(consumption.counterSet());
      Map<String, BigDecimal> takenOfSet = taken(consumption.counterSet());
      for (Map.Entry<String, Quantity> wanted : consumption.counters().entrySet()) {
        Quantity declared = set == null ? null : set.counters().get(wanted.getKey());
        if (set == null || declared == null) {
          return Optional.of(
              new Refusal("R18", "consumes counter " + wanted.getKey() + ", which is not there"));
        }
        BigDecimal left =
            declared.value().subtract(takenOfSet.getOrDefault(wanted.getKey(), BigDecimal.ZERO));
        if (wanted.getValue().value().compareTo(left) > 0) {
          return Optional.of(
              new Refusal(
                  "R112",
                  "takes %s of counter %s of set %s, of which %s is left"
                      .formatted(
                          wanted.getValue(),
                          wanted.getKey(),
                          set.name(),
                          Quantity.of(left, declared.format()))));
        }
      }
    }
    return groups.refusal(device);
  }

  /** Returns a line for each counter of which more is taken than there is (R111). */
  ImmutableMap<Counter, String> overdrawn() {
    ImmutableMap.Builder<Counter, String> lines = ImmutableMap.builder();
    for (CounterSet set : contents.counterSets().values()) {
      set.counters()
          .forEach(
              (name, declared) -> {
                Counter counter = new Counter(set.name(), name);
                if (isOverdrawn(declared, taken(counter))) {
                  lines.put(
                      counter,
                      "counter %s of set %s is overdrawn: %s of %s are taken"
                          .formatted(
                              name,
                              set.name(),
                              Quantity.of(taken(counter), declared.format()),
                              declared));
                }
              });
    }
    return lines.buildOrThrow();
  }
}
