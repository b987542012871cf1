package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What giving devices takes from the supply of expected requests, see {@link
 * io.tangram.api.plan.Objective#FRAGMENTATION}. Thread-safe.
 */
public final class SupplyLoss {

  /**
   * A device that is given, in whole or in part.
   *
   * @param device its number
   * @param consumed what is taken of the capacities of a shared device
   */
  public record Given(int device, Map<QualifiedName, Quantity> consumed) {}

  private record State(ImmutableList<Offer> offers, ImmutableLongArray remaining) {}

  private final CompiledProblem problem;
  private final DeviceTable devices;
  private final Expectation expectation;
  private final DisjointSets tied;
  private final Map<Integer, List<Integer>> offered = new HashMap<>();
  private final Map<Integer, List<Integer>> sets = new HashMap<>();
  private final Map<State, Long> known = new HashMap<>();

  /** Sorts what could be given into components. */
  public SupplyLoss(CompiledProblem problem, Expectation expectation) {
    this.problem = problem;
    this.devices = problem.devices();
    this.expectation = expectation;
    boolean needed = !expectation.isEmpty();
    this.tied = new DisjointSets(needed ? problem.counters().sets() : 0);
    if (needed) {
      sortIntoComponents();
    }
  }

  private void sortIntoComponents() {
    BitSet drawing = new BitSet();
    for (int device = 0; device < devices.size(); device++) {
      int[] drawn = devices.sets(device);
      if (drawn.length > 0 && isOffered(device)) {
        drawing.set(device);
        for (int set : drawn) {
          tied.union(drawn[0], set);
        }
      }
    }
    drawing.stream()
        .forEach(
            device ->
                offered
                    .computeIfAbsent(tied.find(devices.sets(device)[0]), root -> new ArrayList<>())
                    .add(device));
    for (int set = 0; set < problem.counters().sets(); set++) {
      sets.computeIfAbsent(tied.find(set), root -> new ArrayList<>()).add(set);
    }
  }

  /** Whether the device suits someone and is not held as a whole, counters aside. */
  private boolean isOffered(int device) {
    HeldDevices.Use use = devices.use(device);
    boolean free = devices.isShared(device) ? use == null || !use.isDedicated() : use == null;
    boolean open = !devices.isClosed(device) || isPaid(device);
    return free && open && !expectation.suits(device).isEmpty();
  }

  /** Whether someone holds a share, so that the device draws on its counters already. */
  private boolean isPaid(int device) {
    HeldDevices.Use use = devices.use(device);
    return use != null && use.shares() > 0;
  }

  /** Returns what the supply is worth before less what it is worth after these are given. */
  public synchronized long of(Collection<Given> given) {
    if (expectation.isEmpty()) {
      return 0;
    }
    Map<Integer, List<Given>> byDevice = new TreeMap<>();
    given.forEach(
        each -> byDevice.computeIfAbsent(each.device(), d -> new ArrayList<>()).add(each));
    Map<Integer, Map<Integer, List<Given>>> byComponent = new LinkedHashMap<>();
    long loss = 0;
    for (Map.Entry<Integer, List<Given>> each : byDevice.entrySet()) {
      int device = each.getKey();
      if (devices.sets(device).length == 0) {
        loss += lossOfLone(device, each.getValue());
      }
      for (int set : devices.sets(device)) {
        byComponent
            .computeIfAbsent(tied.find(set), root -> new TreeMap<>())
            .put(device, each.getValue());
      }
    }
    for (Map.Entry<Integer, Map<Integer, List<Given>>> each : byComponent.entrySet()) {
      loss += worth(each.getKey(), Map.of()) - worth(each.getKey(), each.getValue());
    }
    return loss;
  }

  /** Returns what the supply of the components of some devices is worth before any is given. */
  public synchronized long before(Collection<Integer> some) {
    if (expectation.isEmpty()) {
      return 0;
    }
    long worth = 0;
    Set<Integer> components = new TreeSet<>();
    for (int device : some) {
      if (devices.sets(device).length > 0) {
        for (int set : devices.sets(device)) {
          components.add(tied.find(set));
        }
      } else if (isOffered(device)) {
        worth += expectation.worth(units(device, List.of()));
      }
    }
    for (int component : components) {
      worth += worth(component, Map.of());
    }
    return worth;
  }

  /** How many shares of a shared device an expected request could be given now, counters aside. */
  public long shares(int request, int device) {
    return expectation.suits(device).get(request) ? shares(request, device, List.of()) : 0;
  }

  private long lossOfLone(int device, List<Given> given) {
    if (!isOffered(device)) {
      return 0;
    }
    return expectation.worth(units(device, List.of())) - expectation.worth(units(device, given));
  }

  /** What the component's supply is worth when these devices of it are given. */
  private long worth(int root, Map<Integer, List<Given>> given) {
    long[] remaining = remaining(root, given.keySet());
    Map<List<ImmutableLongArray>, Long> alike = new LinkedHashMap<>();
    for (int device : offered.getOrDefault(root, List.of())) {
      List<Given> ofDevice = given.getOrDefault(device, List.of());
      boolean paid = !ofDevice.isEmpty() || isPaid(device);
      ImmutableLongArray draws =
          paid ? nothing(remaining.length) : draws(root, device, remaining.length);
      alike.merge(List.of(draws, units(device, ofDevice)), 1L, Long::sum);
    }
    ImmutableList.Builder<Offer> offers = ImmutableList.builder();
    alike.forEach((key, count) -> offers.add(new Offer(count, key.get(0), key.get(1))));
    return known.computeIfAbsent(
        new State(offers.build(), ImmutableLongArray.copyOf(remaining)),
        state -> expectation.worth(state.offers(), remaining));
  }

  private long[] remaining(int root, Collection<Integer> given) {
    CounterTable counters = problem.counters();
    long[] remaining = new long[size(root)];
    int first = 0;
    for (int set : sets.getOrDefault(root, List.of())) {
      for (int local = 0; local < counters.size(set); local++) {
        remaining[first + local] = counters.available(set, local);
      }
      first += counters.size(set);
    }
    for (int device : given) {
      if (!isPaid(device)) {
        addDraws(root, device, remaining, -1);
      }
    }
    return remaining;
  }

  private int size(int root) {
    return sets.getOrDefault(root, List.of()).stream().mapToInt(problem.counters()::size).sum();
  }

  private static ImmutableLongArray nothing(int counters) {
    return ImmutableLongArray.copyOf(new long[counters]);
  }

  private ImmutableLongArray draws(int root, int device, int counters) {
    long[] draws = new long[counters];
    addDraws(root, device, draws, 1);
    return ImmutableLongArray.copyOf(draws);
  }

  private void addDraws(int root, int device, long[] into, int sign) {
    int[] drawn = devices.sets(device);
    for (int s = 0; s < drawn.length; s++) {
      int first = 0;
      for (int set : sets.getOrDefault(root, List.of())) {
        if (set == drawn[s]) {
          Draw draw = devices.draws(device)[s];
          for (int i = 0; i < draw.size(); i++) {
            into[first + draw.counter(i)] += sign * draw.amount(i);
          }
        }
        first += problem.counters().size(set);
      }
    }
  }

  /** How many requests of each kind the device can serve when these parts of it are given. */
  private ImmutableLongArray units(int device, List<Given> given) {
    BitSet suited = expectation.suits(device);
    if (!devices.isShared(device)) {
      return expectation.units(given.isEmpty() ? suited : new BitSet());
    }
    long[] units = new long[expectation.requests().size()];
    Arrays.setAll(units, request -> suited.get(request) ? shares(request, device, given) : 0);
    return ImmutableLongArray.copyOf(units);
  }

  /** How many shares for requests of a kind find room. */
  private long shares(int request, int device, List<Given> given) {
    Map<QualifiedName, Quantity> wanted =
        ConsumedCapacity.of(
                devices.device(device),
                expectation.requests().get(request).leaf().request().capacityRequests())
            .orElseThrow();
    HeldDevices.Use held = devices.use(device);
    BigDecimal most = null;
    for (Map.Entry<QualifiedName, DeviceCapacity> each :
        devices.device(device).capacity().entrySet()) {
      BigDecimal left = each.getValue().value().value();
      if (held != null) {
        left = left.subtract(held.consumed(each.getKey()));
      }
      for (Given part : given) {
        left = left.subtract(part.consumed().getOrDefault(each.getKey(), Quantity.ZERO).value());
      }
      BigDecimal one = wanted.getOrDefault(each.getKey(), Quantity.ZERO).value();
      if (left.signum() < 0) {
        return 0;
      }
      if (one.signum() > 0) {
        BigDecimal fits = left.divide(one, 0, RoundingMode.FLOOR);
        most = most == null ? fits : most.min(fits);
      }
    }
    // Without an end only where a share takes nothing, and then it counts for nothing.
    return most == null ? 0 : most.longValueExact();
  }
}
