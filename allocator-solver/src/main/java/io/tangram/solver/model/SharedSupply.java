package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.AmountUnit;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.result.ConsumedCapacity;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Part;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shared devices of a part by class: those that nobody needs to tell apart. Devices of which
 * more is held than they have are left out, since nobody gets a share of them (R128).
 */
final class SharedSupply {

  /**
   * Shared devices that are equal in who may take them, in their capacities and in what is left of
   * these.
   */
  static final class SharedClass {
    private final Device example;
    private final BitSet admittedBy;
    private final ImmutableMap<QualifiedName, BigDecimal> left;
    private final IntList devices = new IntList();
    private final Map<QualifiedName, AmountUnit> units = new LinkedHashMap<>();

    private SharedClass(
        Device example, BitSet admittedBy, ImmutableMap<QualifiedName, BigDecimal> left) {
      this.example = example;
      this.admittedBy = admittedBy;
      this.left = left;
      left.forEach((name, amount) -> units.put(name, AmountUnit.NONE.and(amount)));
    }

    /** The devices. */
    IntList devices() {
      return devices;
    }

    /** How many capacities there are. */
    int dimensions() {
      return left.size();
    }

    /** What is left of each capacity of a device, in units of its own; none negative. */
    long[] left() {
      return left.entrySet().stream()
          .mapToLong(each -> unit(each.getKey()).down(each.getValue()))
          .toArray();
    }

    /** Whether amounts are counted without rounding: else what is counted is not the best. */
    boolean isExact() {
      return units.values().stream().allMatch(AmountUnit::isExact);
    }

    private AmountUnit unit(QualifiedName name) {
      return units.getOrDefault(name, AmountUnit.NONE);
    }

    /** What a share for the leaf takes of each capacity, in the same units. */
    ImmutableLongArray taken(Map<QualifiedName, Quantity> amounts) {
      return ImmutableLongArray.copyOf(
          left.keySet().stream().mapToLong(name -> unit(name).up(amount(amounts, name))));
    }

    private static BigDecimal amount(Map<QualifiedName, Quantity> amounts, QualifiedName name) {
      Quantity amount = amounts.get(name);
      return amount == null ? BigDecimal.ZERO : amount.value();
    }
  }

  private record Key(
      String driver, BitSet admittedBy, Object capacity, ImmutableMap<?, BigDecimal> left) {}

  private final ImmutableList<SharedClass> classes;
  private final Map<List<Object>, Optional<ImmutableMap<QualifiedName, Quantity>>> amounts =
      new LinkedHashMap<>();

  private SharedSupply(ImmutableList<SharedClass> classes) {
    this.classes = classes;
  }

  /** Sorts the shared devices of a part, of which the leaves are all that may take them. */
  static SharedSupply of(
      CompiledProblem problem, Candidates candidates, Part part, List<Leaf> leaves) {
    Map<Key, SharedClass> classes = new LinkedHashMap<>();
    for (int device : part.shared()) {
      Device published = problem.devices().device(device);
      ImmutableMap<QualifiedName, BigDecimal> left = left(published, problem.devices().use(device));
      if (left.values().stream().anyMatch(amount -> amount.signum() < 0)) {
        continue;
      }
      BitSet admittedBy = candidates.admittedBy(device);
      String driver = problem.devices().driver(device);
      classes
          .computeIfAbsent(
              new Key(driver, admittedBy, published.capacity(), left),
              key -> new SharedClass(published, admittedBy, left))
          .devices
          .add(device);
    }
    SharedSupply supply = new SharedSupply(ImmutableList.copyOf(classes.values()));
    for (SharedClass each : supply.classes) {
      for (Leaf leaf : leaves) {
        supply
            .amounts(leaf, each)
            .ifPresent(
                taken ->
                    each.units.replaceAll(
                        (name, unit) -> unit.and(SharedClass.amount(taken, name))));
      }
    }
    return supply;
  }

  private static ImmutableMap<QualifiedName, BigDecimal> left(
      Device device, HeldDevices.@Nullable Use held) {
    ImmutableMap.Builder<QualifiedName, BigDecimal> left = ImmutableMap.builder();
    for (Map.Entry<QualifiedName, DeviceCapacity> each : device.capacity().entrySet()) {
      BigDecimal consumed = held == null ? BigDecimal.ZERO : held.consumed(each.getKey());
      left.put(
          each.getKey(), each.getValue().value().value().subtract(consumed).stripTrailingZeros());
    }
    return left.buildOrThrow();
  }

  /** The classes. */
  ImmutableList<SharedClass> classes() {
    return classes;
  }

  /** What a share for the leaf takes; nothing if no device of the class can serve it. */
  Optional<ImmutableMap<QualifiedName, Quantity>> amounts(Leaf leaf, SharedClass of) {
    return amounts.computeIfAbsent(
        List.of(leaf, of),
        key ->
            of.admittedBy.get(leaf.index())
                ? ConsumedCapacity.of(of.example, leaf.request().capacityRequests())
                    .filter(amounts -> fits(amounts, of))
                : Optional.empty());
  }

  private static boolean fits(Map<QualifiedName, Quantity> amounts, SharedClass of) {
    return of.left.entrySet().stream()
        .allMatch(
            each -> SharedClass.amount(amounts, each.getKey()).compareTo(each.getValue()) <= 0);
  }

  /** A device of the class, as good as any other. */
  static int anyDevice(SharedClass of) {
    return of.devices.get(0);
  }
}
