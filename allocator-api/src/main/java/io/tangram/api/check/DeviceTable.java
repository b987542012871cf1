package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Device;
import io.tangram.api.device.ResourceSlice;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The devices of some slices of one pool by name. A device costs eight to sixteen bytes: the table
 * holds positions, not entries, since a large cluster has a million devices.
 *
 * <p>The position of a device is its rank in the order in which devices are offered: slices by
 * name, inside a slice in the driver's order (R23, R24).
 */
final class DeviceTable {

  private static final int FREE = -1;

  private final ImmutableList<ResourceSlice> slices;
  private final int[] firstPosition;
  private final int[] positionByHash;
  private final Optional<String> duplicate;
  private final boolean bindingConditions;

  private DeviceTable(ImmutableList<ResourceSlice> slices) {
    this.slices = slices;
    this.firstPosition = new int[slices.size() + 1];
    for (int i = 0; i < slices.size(); i++) {
      firstPosition[i + 1] = firstPosition[i] + slices.get(i).devices().size();
    }
    this.positionByHash = new int[tableSize(size())];
    Arrays.fill(positionByHash, FREE);
    this.duplicate = fill();
    this.bindingConditions = slices.stream().anyMatch(DeviceTable::hasBindingConditions);
  }

  private static boolean hasBindingConditions(ResourceSlice slice) {
    for (Device device : slice.devices()) {
      if (!device.bindingConditions().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Indexes the devices of the slices. Of two devices of one name the first is found. */
  static DeviceTable of(Iterable<ResourceSlice> slices) {
    return new DeviceTable(
        ImmutableList.sortedCopyOf(Comparator.comparing(ResourceSlice::name), slices));
  }

  /** At least twice as many places as devices, and a power of two. */
  private static int tableSize(int devices) {
    return Integer.highestOneBit(Math.max(1, devices)) << 2;
  }

  private Optional<String> fill() {
    Optional<String> twice = Optional.empty();
    int position = 0;
    for (ResourceSlice slice : slices) {
      for (Device device : slice.devices()) {
        int place = placeOf(device.name());
        if (positionByHash[place] == FREE) {
          positionByHash[place] = position;
        } else if (twice.isEmpty()) {
          twice = Optional.of(device.name());
        }
        position++;
      }
    }
    return twice;
  }

  /** Returns where the name is in the table, or the free place where it would be. */
  private int placeOf(String name) {
    int hash = name.hashCode();
    int place = (hash ^ (hash >>> 16)) & (positionByHash.length - 1);
    while (positionByHash[place] != FREE && !deviceAt(positionByHash[place]).name().equals(name)) {
      place = (place + 1) & (positionByHash.length - 1);
    }
    return place;
  }

  /** The number of devices. */
  int size() {
    return firstPosition[slices.size()];
  }

  /** Returns the device of this name, or null if there is none. */
  @Nullable Published find(String name) {
    int position = positionByHash[placeOf(name)];
    return position == FREE ? null : at(position);
  }

  /** Returns the device at a position in [0, size). */
  Published at(int position) {
    return new Published(slices.get(sliceAt(position)), deviceAt(position), position);
  }

  private Device deviceAt(int position) {
    int slice = sliceAt(position);
    return slices.get(slice).devices().get(position - firstPosition[slice]);
  }

  private int sliceAt(int position) {
    int found = Arrays.binarySearch(firstPosition, position);
    int slice = found >= 0 ? found : -found - 2;
    while (firstPosition[slice + 1] == position) {
      slice++; // skip slices without devices
    }
    return slice;
  }

  /** Returns all devices in the order of their positions. */
  ImmutableList<Published> all() {
    ImmutableList.Builder<Published> all = ImmutableList.builderWithExpectedSize(size());
    for (int position = 0; position < size(); position++) {
      all.add(at(position));
    }
    return all.build();
  }

  /** A name that two devices have, if any (R16). */
  Optional<String> duplicate() {
    return duplicate;
  }

  /** Whether any device has binding conditions, so that the pool is offered last (R22). */
  boolean hasBindingConditions() {
    return bindingConditions;
  }

  /**
   * A device and where it is published.
   *
   * @param slice the slice that carries it
   * @param device the device
   * @param position its rank among the devices of the table, from 0
   */
  record Published(ResourceSlice slice, Device device, int position) {}
}
