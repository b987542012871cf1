package io.tangram.k8s.cli;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.Table;
import io.tangram.api.AllocationProblem;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Looks for claims by capability that could move to a smaller partition which is free, one at a
 * time. What a claim needs is read from its name, which {@link
 * io.tangram.k8s.generate.ClaimShape#capability} makes.
 */
final class SmallerPartitions {

  private static final Pattern NAME = Pattern.compile("cap-(\\d+)gi-(\\d+)-\\d+");

  private final AllocationProblem problem;
  private final Map<DeviceId, Device> devices = new LinkedHashMap<>();
  private final Map<QualifiedName, Quantity> greatest = new HashMap<>();
  private final Map<DeviceId, Double> sizes = new HashMap<>();
  private final Table<PoolId, String, Quantity> free = HashBasedTable.create();

  /** Takes stock of a cluster whose claims hold what they were given. */
  SmallerPartitions(AllocationProblem problem) {
    this.problem = problem;
    problem.slices().forEach(this::publish);
    devices.forEach((id, device) -> sizes.put(id, size(device)));
    for (Allocation allocation : problem.held()) {
      for (DeviceAllocation each : allocation.devices()) {
        draw(each.device(), Quantity::minus);
      }
    }
  }

  private void publish(ResourceSlice slice) {
    slice
        .sharedCounters()
        .forEach(
            set ->
                set.counters()
                    .forEach(
                        (name, value) -> free.put(slice.pool(), set.name() + "/" + name, value)));
    for (Device device : slice.devices()) {
      devices.put(new DeviceId(slice.pool().driver(), slice.pool().pool(), device.name()), device);
      device
          .capacity()
          .forEach(
              (name, capacity) ->
                  greatest.merge(name, capacity.value(), (a, b) -> a.compareTo(b) >= 0 ? a : b));
    }
  }

  private void draw(DeviceId id, BinaryOperator<Quantity> change) {
    for (CounterConsumption consumption : devices.get(id).consumesCounters()) {
      consumption
          .counters()
          .forEach(
              (name, value) ->
                  free.row(id.poolId())
                      .computeIfPresent(
                          consumption.counterSet() + "/" + name,
                          (counter, left) -> change.apply(left, value)));
    }
  }

  /** How many claims by capability have a partition. */
  long capabilityClaims() {
    return problem.held().stream().filter(held -> need(held).isPresent()).count();
  }

  /** Returns the claims that could move, each with one place where it could go. */
  List<String> possibleMoves() {
    List<String> moves = new ArrayList<>();
    for (Allocation held : problem.held()) {
      Optional<MatchResult> need = need(held);
      if (need.isPresent()) {
        DeviceId taken = held.devices().get(0).device();
        draw(taken, Quantity::plus);
        devices.keySet().stream()
            .filter(other -> sizes.get(other) < sizes.get(taken))
            .filter(other -> isSufficient(devices.get(other), need.get()))
            .filter(this::isFree)
            .findFirst()
            .ifPresent(other -> moves.add(held.claim() + ": " + taken + " -> " + other));
        draw(taken, Quantity::minus);
      }
    }
    return moves;
  }

  private static Optional<MatchResult> need(Allocation held) {
    return NAME.matcher(held.claim().name()).results().findFirst();
  }

  private static boolean isSufficient(Device device, MatchResult need) {
    return device.attribute(NvidiaDriver.NAME, NvidiaDriver.PROFILE) != null
        && has(device, NvidiaDriver.MEMORY, Quantity.gibibytes(Long.parseLong(need.group(1))))
        && has(device, NvidiaDriver.MULTIPROCESSORS, Quantity.parse(need.group(2)));
  }

  private static boolean has(Device device, QualifiedName name, Quantity least) {
    DeviceCapacity capacity = device.capacity(NvidiaDriver.NAME, name);
    return capacity != null && capacity.value().compareTo(least) >= 0;
  }

  private boolean isFree(DeviceId id) {
    return devices.get(id).consumesCounters().stream()
        .allMatch(
            consumption ->
                consumption.counters().entrySet().stream()
                    .allMatch(
                        counter ->
                            free.get(id.poolId(), consumption.counterSet() + "/" + counter.getKey())
                                    .compareTo(counter.getValue())
                                >= 0));
  }

  /** The largest part of the greatest value of a capacity. */
  private double size(Device device) {
    return device.capacity().entrySet().stream()
        .mapToDouble(
            capacity ->
                capacity.getValue().value().value().doubleValue()
                    / greatest.get(capacity.getKey()).value().doubleValue())
        .max()
        .orElse(1);
  }
}
