package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counter sets of all usable pools as arrays of integers. Amounts of one counter name have one
 * {@link AmountUnit} over the whole problem, which makes equal GPUs equal.
 *
 * <p>A counter is numbered inside its set ({@code local}); the counters of set s are {@code base[s]
 * + local} in {@link #available}.
 */
public final class CounterTable {

  private final Map<String, AmountUnit> units;
  private final List<Map<String, Integer>> setNumbers = new ArrayList<>();
  private final List<Layout> layouts = new ArrayList<>();
  private final List<Integer> bases = new ArrayList<>();
  private final Map<List<String>, Layout> layoutsByNames = new HashMap<>();
  private final IdentityHashMap<ImmutableMap<String, Quantity>, Declared> declaredByIdentity =
      new IdentityHashMap<>();
  private final Map<Draw, Draw> draws = new HashMap<>();
  private final GroupTable groups = new GroupTable();
  private long[] declared = new long[0];
  private long[] available = new long[0];
  private int counters;

  /** The counter names of a set, with what has been worked out for sets like it. */
  private static final class Layout {
    final Map<String, Integer> local = new HashMap<>();
    final IdentityHashMap<ImmutableMap<String, Quantity>, Draw> drawsByIdentity =
        new IdentityHashMap<>();

    boolean hasAll(ImmutableMap<String, Quantity> counters) {
      return drawsByIdentity.containsKey(counters) || local.keySet().containsAll(counters.keySet());
    }
  }

  /** What sets declare that have the same counters: their layout and what there is of each. */
  private record Declared(Layout layout, ImmutableLongArray amounts) {}

  private CounterTable(Map<String, AmountUnit> units) {
    this.units = units;
  }

  /** Numbers the counters of all pool generations. */
  static CounterTable of(List<PoolGeneration> generations, Deadline deadline) {
    CounterTable table = new CounterTable(units(generations, deadline));
    for (PoolGeneration generation : generations) {
      deadline.requireTime();
      Map<String, Integer> numbers = new HashMap<>();
      table.setNumbers.add(numbers);
      for (ResourceSlice slice : generation.slices()) {
        for (CounterSet set : slice.sharedCounters()) {
          numbers.putIfAbsent(set.name(), table.add(set));
        }
      }
      table.numberGroups(generation);
    }
    table.available = Arrays.copyOf(table.declared, table.counters);
    return table;
  }

  private static Map<String, AmountUnit> units(
      List<PoolGeneration> generations, Deadline deadline) {
    Map<String, AmountUnit> units = new HashMap<>();
    Set<ImmutableMap<String, Quantity>> seen = Sets.newIdentityHashSet();
    for (PoolGeneration generation : generations) {
      deadline.requireTime();
      for (ResourceSlice slice : generation.slices()) {
        slice.sharedCounters().forEach(set -> mergeUnits(set.counters(), units, seen));
        for (Device device : slice.devices()) {
          for (CounterConsumption consumption : device.consumesCounters()) {
            mergeUnits(consumption.counters(), units, seen);
          }
        }
      }
    }
    return units;
  }

  private static void mergeUnits(
      ImmutableMap<String, Quantity> amounts,
      Map<String, AmountUnit> units,
      Set<ImmutableMap<String, Quantity>> seen) {
    if (seen.add(amounts)) {
      amounts.forEach(
          (name, amount) ->
              units.put(name, units.getOrDefault(name, AmountUnit.NONE).and(amount.value())));
    }
  }

  private void numberGroups(PoolGeneration generation) {
    Map<String, Integer> numbers = setNumbers.get(generation.index());
    for (ResourceSlice slice : byName(generation.slices())) {
      for (Device device : slice.devices()) {
        for (CounterConsumption consumption : device.consumesCounters()) {
          Integer set =
              consumption.compatibilityGroups().isEmpty()
                  ? null
                  : numbers.get(consumption.counterSet());
          if (set != null) {
            groups.numbers(set, consumption.compatibilityGroups());
          }
        }
      }
    }
  }

  private static ImmutableList<ResourceSlice> byName(List<ResourceSlice> slices) {
    return ImmutableList.sortedCopyOf(Comparator.comparing(ResourceSlice::name), slices);
  }

  /** The names of the counters whose amounts are not counted as they are, but rounded, sorted. */
  List<String> rounded() {
    return units.keySet().stream().filter(name -> !unit(name).isExact()).sorted().toList();
  }

  private AmountUnit unit(String counter) {
    return units.getOrDefault(counter, AmountUnit.NONE);
  }

  private int add(CounterSet set) {
    Declared of = declaredByIdentity.computeIfAbsent(set.counters(), this::declared);
    groups.addSet();
    layouts.add(of.layout());
    bases.add(counters);
    int base = counters;
    counters += of.amounts().length();
    declared = Longs.ensureCapacity(declared, counters, base);
    for (int local = 0; local < of.amounts().length(); local++) {
      declared[base + local] = of.amounts().get(local);
    }
    return layouts.size() - 1;
  }

  private Declared declared(ImmutableMap<String, Quantity> set) {
    Layout layout =
        layoutsByNames.computeIfAbsent(
            ImmutableList.sortedCopyOf(set.keySet()), CounterTable::layout);
    long[] amounts = new long[layout.local.size()];
    set.forEach(
        (name, amount) -> amounts[localNumber(layout, name)] = unit(name).down(amount.value()));
    return new Declared(layout, ImmutableLongArray.copyOf(amounts));
  }

  private static Layout layout(List<String> names) {
    Layout layout = new Layout();
    names.forEach(name -> layout.local.put(name, layout.local.size()));
    return layout;
  }

  private static int localNumber(Layout layout, String counter) {
    Integer local = layout.local.get(counter);
    if (local == null) {
      throw new IllegalStateException("Counter " + counter + " is not in its set.");
    }
    return local;
  }

  /** The number of a set, by pool generation and name. */
  public int set(PoolGeneration generation, String name) {
    Integer set = setNumbers.get(generation.index()).get(name);
    if (set == null) {
      throw new IllegalStateException("Pool " + generation.id() + " has no counter set " + name);
    }
    return set;
  }

  /** Whether the pool generation defines the set with all of these counters. */
  public boolean defines(PoolGeneration generation, CounterConsumption consumption) {
    Integer set = setNumbers.get(generation.index()).get(consumption.counterSet());
    return set != null && layouts.get(set).hasAll(consumption.counters());
  }

  /** What a device draws from a set; equal draws are the same object. */
  public Draw draw(int set, CounterConsumption consumption) {
    Layout layout = layouts.get(set);
    ImmutableMap<String, Quantity> amounts = consumption.counters();
    boolean grouped = !consumption.compatibilityGroups().isEmpty();
    Draw known = grouped ? null : layout.drawsByIdentity.get(amounts);
    if (known != null) {
      return known;
    }
    SortedMap<Integer, Long> drawn = new TreeMap<>();
    amounts.forEach(
        (name, amount) -> {
          int local = localNumber(layout, name);
          long scaled = unit(name).up(amount.value());
          if (scaled != 0) {
            drawn.put(local, scaled);
          }
        });
    Draw fresh =
        new Draw(
            Ints.toArray(drawn.keySet()),
            Longs.toArray(drawn.values()),
            groups.numbers(set, consumption.compatibilityGroups()));
    Draw interned = draws.computeIfAbsent(fresh, d -> d);
    if (!grouped) {
      layout.drawsByIdentity.put(amounts, interned);
    }
    return interned;
  }

  /**
   * Takes what a held device draws out of what is available.
   *
   * @param recorded the groups under which the claim was given the device; absent for those that
   *     the device lists
   */
  void commit(int set, Draw draw, Optional<ImmutableSet<String>> recorded) {
    groups.commit(set, recorded.map(names -> groups.numbers(set, names)).orElseGet(draw::groups));
    for (int i = 0; i < draw.size(); i++) {
      available[base(set) + draw.counter(i)] -= draw.amount(i);
    }
  }

  /** Whether any counter of the pool generation is overdrawn by what is held (R112). */
  boolean isOverdrawn(PoolGeneration generation) {
    for (int set : setNumbers.get(generation.index()).values()) {
      for (int counter = base(set); counter < base(set) + size(set); counter++) {
        if (available[counter] < 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** The compatibility groups of the sets. */
  public GroupTable groups() {
    return groups;
  }

  /** How many sets there are. */
  public int sets() {
    return layouts.size();
  }

  /** The number of the set's first counter. */
  public int base(int set) {
    return bases.get(set);
  }

  /** How many counters the set has. */
  public int size(int set) {
    return layouts.get(set).local.size();
  }

  /** What the set declares of a counter. */
  public long declared(int set, int local) {
    return declared[base(set) + local];
  }

  /** What is left of a set's counter after all that is held (R111); may be negative. */
  public long available(int set, int local) {
    return available[base(set) + local];
  }

  /** What is left of a counter after all that is held, by its number over all sets. */
  public long available(int counter) {
    return available[counter];
  }

  /** A copy of what the sets declare of all counters. */
  public long[] declaredCopy() {
    return Arrays.copyOf(declared, counters);
  }

  /** A copy of what is left of all counters, for a search that draws on them. */
  public long[] availableCopy() {
    return Arrays.copyOf(available, counters);
  }
}
