package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.PoolContents.Counter;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that are tied by the counter sets they draw on, directly or through others: a GPU and all
 * its partitions. A device that draws on none is a component by itself.
 *
 * @param devices the devices
 * @param counters the counters that one of them draws on, in the order of names
 */
record Component(ImmutableList<Published> devices, ImmutableList<Counter> counters) {

  private static final Comparator<Counter> BY_NAME =
      Comparator.comparing(Counter::set).thenComparing(Counter::counter);

  /** Returns the components of devices of one generation of a pool. */
  static ImmutableList<Component> of(Collection<Published> devices) {
    Map<String, String> parents = new HashMap<>();
    for (Published published : devices) {
      List<CounterConsumption> draws = published.device().consumesCounters();
      draws.forEach(
          draw -> parents.put(root(draw.counterSet(), parents), root(draws.get(0), parents)));
    }
    ImmutableList.Builder<Component> components = ImmutableList.builder();
    ListMultimap<String, Published> tied =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (Published published : devices) {
      List<CounterConsumption> draws = published.device().consumesCounters();
      if (draws.isEmpty()) {
        components.add(new Component(ImmutableList.of(published), ImmutableList.of()));
      } else {
        tied.put(root(draws.get(0), parents), published);
      }
    }
    tied.asMap().values().forEach(each -> components.add(tied(each)));
    return components.build();
  }

  private static String root(CounterConsumption draw, Map<String, String> parents) {
    return root(draw.counterSet(), parents);
  }

  private static String root(String set, Map<String, String> parents) {
    String root = set;
    for (String parent = parents.get(root); parent != null && !parent.equals(root); ) {
      root = parent;
      parent = parents.get(root);
    }
    return root;
  }

  private static Component tied(Collection<Published> devices) {
    ImmutableSortedSet.Builder<Counter> counters = ImmutableSortedSet.orderedBy(BY_NAME);
    for (Published published : devices) {
      for (CounterConsumption consumption : published.device().consumesCounters()) {
        for (String counter : consumption.counters().keySet()) {
          counters.add(new Counter(consumption.counterSet(), counter));
        }
      }
    }
    return new Component(ImmutableList.copyOf(devices), counters.build().asList());
  }

  /** Returns the names of the counter sets that its devices draw on. */
  ImmutableSet<String> counterSets() {
    return devices.stream()
        .flatMap(published -> published.device().consumesCounters().stream())
        .map(CounterConsumption::counterSet)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Returns what a device of the component draws of each counter when it comes into use. */
  ImmutableList<BigDecimal> draws(Device device) {
    Map<Counter, BigDecimal> draws = new HashMap<>();
    for (CounterConsumption consumption : device.consumesCounters()) {
      consumption
          .counters()
          .forEach(
              (name, amount) ->
                  draws.merge(
                      new Counter(consumption.counterSet(), name),
                      amount.value(),
                      BigDecimal::add));
    }
    return counters.stream()
        .map(counter -> draws.getOrDefault(counter, BigDecimal.ZERO))
        .collect(ImmutableList.toImmutableList());
  }
}
