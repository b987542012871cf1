package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The devices that suit expected requests, sorted into components, and what the supply of a
 * component is worth in whatever state it is, see {@link
 * io.tangram.api.plan.Objective#FRAGMENTATION}. A state is looked at once for all components that
 * are alike. Not thread-safe.
 */
final class SupplyComponents {

  /** What is left to give. */
  interface Remains {

    /** What is left of a counter, by its number over all sets. */
    long left(int counter);

    /**
     * The numbers of the compatibility groups of a counter set that all devices in use on it list;
     * all of them where there are none.
     */
    BitSet open(int set);

    /** Whether a device that is given as a whole is not given yet. */
    boolean isFree(int device);

    /** Whether someone has a share of a shared device, so that it draws on its counters already. */
    boolean hasShares(int device);

    /** What shares consume of a capacity of a shared device. */
    BigDecimal consumed(int device, QualifiedName capacity);
  }

  /** Devices tied by the counter sets they draw on. */
  private static final class Component {
    final int[] sets;
    final int[] devices;
    final Kind kind;

    Component(int[] sets, int[] devices, Kind kind) {
      this.sets = sets;
      this.devices = devices;
      this.kind = kind;
    }
  }

  /** What components that are alike have in common: all but their state. */
  private static final class Kind {
    final int counters;
    final List<Item> items;
    final int stateSize;
    final Map<ImmutableLongArray, Long> worth = new HashMap<>();

    Kind(int counters, List<Item> items, int requests) {
      this.counters = counters;
      this.items = items;
      int size = counters;
      for (Item item : items) {
        size += item.shared() ? 1 + requests : 1;
      }
      this.stateSize = size;
    }
  }

  /** A device but for its number; what it serves if it is dedicated. */
  private record Item(
      ImmutableLongArray draws,
      ImmutableList<Listing> listings,
      boolean shared,
      ImmutableLongArray units) {}

  /** The groups that a device lists for a set of its component, by the place of the set. */
  private record Listing(int set, ImmutableIntArray groups) {}

  private record KindKey(int counters, ImmutableList<Item> items) {}

  private final CompiledProblem problem;
  private final DeviceTable devices;
  private final Expectation expectation;
  private final DisjointSets tied;
  private final Map<Integer, Component> components = new HashMap<>();
  private final Map<List<Object>, Map<QualifiedName, Quantity>> amounts = new HashMap<>();

  SupplyComponents(CompiledProblem problem, Expectation expectation) {
    this.problem = problem;
    this.devices = problem.devices();
    this.expectation = expectation;
    boolean needed = !expectation.isEmpty();
    this.tied = new DisjointSets(needed ? problem.counters().sets() : 0);
    if (needed) {
      sort();
    }
  }

  private void sort() {
    IntList drawing = new IntList();
    for (int device = 0; device < devices.size(); device++) {
      int[] drawn = devices.sets(device);
      if (drawn.length > 0 && isOffered(device)) {
        drawing.add(device);
        for (int set : drawn) {
          tied.union(drawn[0], set);
        }
      }
    }
    Map<Integer, IntList> setsOf = new TreeMap<>();
    for (int set = 0; set < problem.counters().sets(); set++) {
      setsOf.computeIfAbsent(tied.find(set), root -> new IntList()).add(set);
    }
    Map<Integer, IntList> devicesOf = new HashMap<>();
    for (int i = 0; i < drawing.size(); i++) {
      int root = tied.find(devices.sets(drawing.get(i))[0]);
      devicesOf.computeIfAbsent(root, r -> new IntList()).add(drawing.get(i));
    }
    Map<KindKey, Kind> kinds = new HashMap<>();
    setsOf.forEach(
        (root, sets) -> {
          int[] own = devicesOf.getOrDefault(root, new IntList()).toArray();
          KindKey key = key(sets.toArray(), own);
          Kind kind =
              kinds.computeIfAbsent(
                  key, k -> new Kind(k.counters(), k.items(), expectation.requests().size()));
          components.put(root, new Component(sets.toArray(), own, kind));
        });
  }

  private KindKey key(int[] sets, int[] own) {
    Map<Integer, Integer> firstOf = new HashMap<>();
    Map<Integer, Integer> placeOf = new HashMap<>();
    int counters = 0;
    for (int set : sets) {
      placeOf.put(set, firstOf.size());
      firstOf.put(set, counters);
      counters += problem.counters().size(set);
    }
    ImmutableList.Builder<Item> items = ImmutableList.builder();
    for (int device : own) {
      long[] draws = new long[counters];
      ImmutableList.Builder<Listing> listings = ImmutableList.builder();
      for (int s = 0; s < devices.sets(device).length; s++) {
        int set = devices.sets(device)[s];
        int first = firstOf.getOrDefault(set, 0);
        Draw draw = devices.draws(device)[s];
        if (!problem.counters().groups().isEmpty()) {
          listings.add(new Listing(placeOf.getOrDefault(set, 0), draw.groups()));
        }
        for (int i = 0; i < draw.size(); i++) {
          draws[first + draw.counter(i)] += draw.amount(i);
        }
      }
      boolean shared = devices.isShared(device);
      items.add(
          new Item(
              ImmutableLongArray.copyOf(draws),
              listings.build(),
              shared,
              shared ? ImmutableLongArray.of() : expectation.units(expectation.suits(device))));
    }
    return new KindKey(counters, items.build());
  }

  /** Whether the device suits someone and is not held as a whole, counters aside. */
  boolean isOffered(int device) {
    HeldDevices.Use use = devices.use(device);
    boolean free = devices.isShared(device) ? use == null || !use.isDedicated() : use == null;
    boolean open = !devices.isClosed(device) || (use != null && use.shares() > 0);
    return free && open && !expectation.suits(device).isEmpty();
  }

  /** The component that a counter set is of. */
  int of(int set) {
    return tied.find(set);
  }

  /** What the supply of a device that draws on nothing is worth. */
  long worthOfLone(int device, Remains remains) {
    return isOffered(device) ? expectation.worth(units(device, remains)) : 0;
  }

  /** What the supply of a component is worth. */
  long worth(int number, Remains remains) {
    Component component = components.get(number);
    if (component == null) {
      throw new IllegalArgumentException("There is no component " + number + ".");
    }
    Kind kind = component.kind;
    ImmutableLongArray.Builder state = ImmutableLongArray.builder(kind.stateSize);
    long[] remaining = remaining(component, remains);
    state.addAll(remaining);
    for (int i = 0; i < kind.items.size(); i++) {
      Item item = kind.items.get(i);
      int device = component.devices[i];
      if (item.shared()) {
        ImmutableLongArray units = units(device, remains);
        state.add(remains.hasShares(device) ? 1 : 0);
        state.addAll(units);
      } else {
        state.add(remains.isFree(device) && fits(device, remains) ? 1 : 0);
      }
    }
    if (!problem.counters().groups().isEmpty()) {
      for (int set : component.sets) {
        long[] open = remains.open(set).toLongArray();
        state.add(open.length).addAll(open);
      }
    }
    return kind.worth.computeIfAbsent(state.build(), key -> worth(component, remaining, remains));
  }

  private long[] remaining(Component component, Remains remains) {
    long[] remaining = new long[component.kind.counters];
    int at = 0;
    for (int set : component.sets) {
      int base = problem.counters().base(set);
      for (int local = 0; local < problem.counters().size(set); local++) {
        remaining[at++] = remains.left(base + local);
      }
    }
    return remaining;
  }

  private boolean fits(int device, Remains remains) {
    for (int s = 0; s < devices.sets(device).length; s++) {
      int base = problem.counters().base(devices.sets(device)[s]);
      Draw draw = devices.draws(device)[s];
      for (int i = 0; i < draw.size(); i++) {
        if (draw.amount(i) > remains.left(base + draw.counter(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private long worth(Component component, long[] remaining, Remains remains) {
    List<List<Offer>> alternatives = new ArrayList<>();
    for (BitSet together : together(component, remains)) {
      alternatives.add(offers(component, together, remaining.length, remains));
    }
    return expectation.worth(alternatives, remaining);
  }

  /** The largest sets of devices that may be in use at a time, by their places. */
  private List<BitSet> together(Component component, Remains remains) {
    BitSet all = new BitSet();
    all.set(0, component.devices.length);
    if (problem.counters().groups().isEmpty()) {
      return List.of(all);
    }
    List<Integer> places =
        all.stream().filter(place -> !isPaid(component, place, remains)).boxed().toList();
    List<Integer> numbers = places.stream().map(place -> component.devices[place]).toList();
    List<BitSet> together = new ArrayList<>();
    for (BitSet set : Compatibility.of(problem, numbers, remains::open)) {
      BitSet may = (BitSet) all.clone();
      places.forEach(may::clear);
      set.stream().forEach(i -> may.set(places.get(i)));
      together.add(may);
    }
    return together;
  }

  /** Whether the device draws on its counters already, whoever gets a share of it. */
  private static boolean isPaid(Component component, int place, Remains remains) {
    return component.kind.items.get(place).shared() && remains.hasShares(component.devices[place]);
  }

  private List<Offer> offers(Component component, BitSet places, int counters, Remains remains) {
    Map<List<ImmutableLongArray>, Long> alike = new LinkedHashMap<>();
    ImmutableLongArray nothing = ImmutableLongArray.copyOf(new long[counters]);
    for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
      Item item = component.kind.items.get(i);
      int device = component.devices[i];
      boolean paid = isPaid(component, i, remains);
      ImmutableLongArray units = item.shared() ? units(device, remains) : item.units();
      if (item.shared() || remains.isFree(device)) {
        alike.merge(List.of(paid ? nothing : item.draws(), units), 1L, Long::sum);
      }
    }
    List<Offer> offers = new ArrayList<>();
    alike.forEach((key, count) -> offers.add(new Offer(count, key.get(0), key.get(1))));
    return offers;
  }

  /** How many requests of each kind the device can serve, counters aside. */
  private ImmutableLongArray units(int device, Remains remains) {
    if (!devices.isShared(device)) {
      return remains.isFree(device)
          ? expectation.units(expectation.suits(device))
          : ImmutableLongArray.copyOf(new long[expectation.requests().size()]);
    }
    long[] units = new long[expectation.requests().size()];
    for (int request = 0; request < units.length; request++) {
      units[request] = shares(request, device, remains);
    }
    return ImmutableLongArray.copyOf(units);
  }

  /** How many shares of a shared device find room, each for a request of a kind. */
  long shares(int request, int device, Remains remains) {
    // What is worth nothing is not counted: a share that takes next to nothing fits more often than
    // can be counted.
    if (expectation.worth(request) == 0 || !expectation.suits(device).get(request)) {
      return 0;
    }
    Map<QualifiedName, Quantity> wanted = amounts(request, device);
    BigDecimal most = null;
    for (Map.Entry<QualifiedName, DeviceCapacity> each :
        devices.device(device).capacity().entrySet()) {
      BigDecimal left =
          each.getValue().value().value().subtract(remains.consumed(device, each.getKey()));
      BigDecimal one = wanted.getOrDefault(each.getKey(), Quantity.ZERO).value();
      if (left.signum() < 0) {
        return 0;
      }
      if (one.signum() > 0) {
        BigDecimal fits = left.divide(one, 0, RoundingMode.FLOOR);
        most = most == null ? fits : most.min(fits);
      }
    }
    return most == null ? 0 : most.longValueExact();
  }

  private Map<QualifiedName, Quantity> amounts(int request, int device) {
    return amounts.computeIfAbsent(
        List.of(request, devices.device(device).capacity()),
        key ->
            ConsumedCapacity.of(
                    devices.device(device),
                    expectation.requests().get(request).leaf().request().capacityRequests())
                .orElseThrow());
  }
}
