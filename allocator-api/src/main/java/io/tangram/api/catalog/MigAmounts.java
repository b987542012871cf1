package io.tangram.api.catalog;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The capacities and counters of one GPU model and its partitions (R240). Equal ones are the same
 * object, whatever the GPU: a large cluster holds each once.
 */
final class MigAmounts {

  private final GpuModel model;
  private final Map<MigProfile, ImmutableMap<QualifiedName, DeviceCapacity>> capacities =
      new HashMap<>();
  private final Map<MigInstance, ImmutableMap<String, Quantity>> counters = new HashMap<>();
  private final ImmutableMap<String, Quantity> allCounters;

  /**
   * Prepares the model.
   *
   * @throws IllegalArgumentException if a source is missing for something that the driver publishes
   */
  MigAmounts(GpuModel model) {
    requireSourced(model);
    this.model = model;
    this.allCounters = counters(model.totals(), new Placement(0, memorySlices(model)));
  }

  private static void requireSourced(GpuModel model) {
    for (MigProfile profile : model.profiles()) {
      for (MigResource resource : MigResource.values()) {
        if (!profile.amounts().containsKey(resource)) {
          throw new IllegalArgumentException(
              "GPU model "
                  + model.key()
                  + " can't be published with partitions: no source says the "
                  + resource.counterName()
                  + " of profile "
                  + profile.name()
                  + ". Publish whole GPUs, or take a verified model.");
        }
      }
      if (profile.placements().isEmpty() || profile.id().isEmpty()) {
        throw new IllegalArgumentException(
            "GPU model "
                + model.key()
                + " can't be published with partitions: no source says the placements of profile "
                + profile.name()
                + ". Publish whole GPUs, or take a verified model.");
      }
    }
  }

  /** The driver takes the greatest placement for the number of memory slices. */
  private static int memorySlices(GpuModel model) {
    return model.profiles().stream()
        .flatMap(profile -> profile.placements().stream())
        .mapToInt(Placement::size)
        .max()
        .orElse(0);
  }

  /** The counters that a GPU declares and a whole GPU consumes. */
  ImmutableMap<String, Quantity> wholeGpuCounters() {
    return allCounters;
  }

  /** The capacities of a whole GPU that is published beside its partitions. */
  ImmutableMap<QualifiedName, DeviceCapacity> wholeGpuCapacity() {
    return capacity(model.totals());
  }

  /** The capacities of a partition. */
  ImmutableMap<QualifiedName, DeviceCapacity> capacity(MigProfile profile) {
    return capacities.computeIfAbsent(profile, each -> capacity(each.amounts()));
  }

  /** The capacities of a partition made beforehand, which names its memory slices. */
  ImmutableMap<QualifiedName, DeviceCapacity> capacityWithSlices(MigInstance instance) {
    TreeMap<QualifiedName, DeviceCapacity> sorted = new TreeMap<>(capacity(instance.profile()));
    for (int slice = instance.placement().start(); slice < instance.placement().end(); slice++) {
      sorted.put(QualifiedName.of("", "memorySlice" + slice), DeviceCapacity.of(Quantity.ONE));
    }
    return ImmutableMap.copyOf(sorted);
  }

  /** The counters that a partition consumes. */
  ImmutableMap<String, Quantity> counters(MigInstance instance) {
    return counters.computeIfAbsent(
        instance, each -> counters(each.profile().amounts(), each.placement()));
  }

  private static ImmutableMap<QualifiedName, DeviceCapacity> capacity(
      Map<MigResource, Quantity> amounts) {
    TreeMap<QualifiedName, DeviceCapacity> sorted = new TreeMap<>();
    amounts.forEach(
        (resource, amount) ->
            sorted.put(QualifiedName.of("", resource.capacityName()), DeviceCapacity.of(amount)));
    return ImmutableMap.copyOf(sorted);
  }

  private static ImmutableMap<String, Quantity> counters(
      Map<MigResource, Quantity> amounts, Placement placement) {
    TreeMap<String, Quantity> sorted = new TreeMap<>();
    amounts.forEach((resource, amount) -> sorted.put(resource.counterName(), amount));
    for (int slice = placement.start(); slice < placement.end(); slice++) {
      sorted.put("memory-slice-" + slice, Quantity.ONE);
    }
    return ImmutableMap.copyOf(sorted);
  }
}
