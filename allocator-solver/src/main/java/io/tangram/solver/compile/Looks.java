package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which devices look alike: those that agree in everything that is read of them. Looks are numbered
 * from 0 in the order of the first devices that have them.
 */
final class Looks {

  private static final int DEVICES_BETWEEN_LOOKS_AT_THE_CLOCK = 256;

  /** No devices. */
  static final Looks NONE = new Looks(new int[0], new int[0]);

  /**
   * What is read of a device: equal for devices that look alike.
   *
   * @param driver its driver
   * @param shared whether it is shared
   * @param read the values, where there is none an empty text
   */
  record Key(String driver, boolean shared, List<Object> read) {

    /** Reads a device. */
    static Key of(DeviceTable devices, int device, SelectorReads reads) {
      String driver = devices.driver(device);
      Device published = devices.device(device);
      List<Object> read = new ArrayList<>();
      if (reads.everything()) {
        read.add(published.attributes());
        read.add(published.capacity());
      } else {
        for (QualifiedName name : reads.attributes()) {
          collectBothForms(driver, name, published.attributes(), read);
        }
        for (QualifiedName name : reads.capacities()) {
          collectBothForms(driver, name, published.capacity(), read);
        }
        collectUnreadable(published, read);
      }
      return new Key(driver, published.allowMultipleAllocations(), read);
    }

    /** A selector may see the qualified or the bare form (R28). */
    private static void collectBothForms(
        String driver, QualifiedName name, Map<QualifiedName, ?> values, List<Object> read) {
      Object qualified = values.get(name);
      read.add(qualified == null ? "" : qualified);
      if (name.domain().equals(driver)) {
        Object bare = values.get(name.bare());
        read.add(bare == null ? "" : bare);
      }
    }

    /** Values that may fail every selector, read or not, belong to the look (R31, R32). */
    private static void collectUnreadable(Device device, List<Object> read) {
      for (AttributeValue value : device.attributes().values()) {
        if (value.type() == AttributeValue.Type.UNKNOWN
            || value.type() == AttributeValue.Type.UNREAD_LIST
            || value.type() == AttributeValue.Type.VERSION) {
          read.add(value);
        }
      }
    }
  }

  /** Two devices with the same objects in these places look alike. */
  @SuppressWarnings("ReferenceEquality") // as it says
  private record SameObjects(String driver, boolean shared, Object attributes, Object capacity) {

    static SameObjects of(String driver, Device device) {
      return new SameObjects(
          driver, device.allowMultipleAllocations(), device.attributes(), device.capacity());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SameObjects same
          && attributes == same.attributes
          && capacity == same.capacity
          && shared == same.shared
          && driver.equals(same.driver);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(attributes) + System.identityHashCode(capacity);
    }
  }

  /** The looks of the devices from one number up to, not including, another, numbered anew. */
  private static final class Range {
    private final int from;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final Map<SameObjects, Integer> byObjects = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final IntList examples = new IntList();
    private final int[] lookOf;

    Range(DeviceTable devices, int from, int to, SelectorReads reads, Deadline deadline) {
      this.from = from;
      this.lookOf = new int[to - from];
      for (int device = from; device < to; device++) {
        if (device % DEVICES_BETWEEN_LOOKS_AT_THE_CLOCK == 0) {
          deadline.requireTime();
        }
        SameObjects objects = SameObjects.of(devices.driver(device), devices.device(device));
        Integer known = byObjects.get(objects);
        if (known == null) {
          known = number(Key.of(devices, device, reads), device);
          byObjects.put(objects, known);
        }
        lookOf[device - from] = known;
      }
    }

    private int number(Key key, int device) {
      return numbers.computeIfAbsent(
          key,
          fresh -> {
            keys.add(fresh);
            examples.add(device);
            return keys.size() - 1;
          });
    }
  }

  private final int[] lookOf;
  private final int[] examples;

  private Looks(int[] lookOf, int[] examples) {
    this.lookOf = lookOf;
    this.examples = examples;
  }

  /**
   * Looks at all devices.
   *
   * @param reads what is read of them
   * @param workers how many threads may look at a time; the numbers don't depend on it
   * @throws io.tangram.api.DeadlineExceededException if the deadline passes before
   */
  static Looks of(DeviceTable devices, SelectorReads reads, int workers, Deadline deadline) {
    long all = devices.size();
    int parts = Math.min(workers, devices.size() / DEVICES_BETWEEN_LOOKS_AT_THE_CLOCK + 1);
    ImmutableList<Range> ranges =
        IntStream.range(0, parts)
            .parallel()
            .mapToObj(
                i ->
                    new Range(
                        devices,
                        Ints.checkedCast(all * i / parts),
                        Ints.checkedCast(all * (i + 1) / parts),
                        reads,
                        deadline))
            .collect(ImmutableList.toImmutableList());
    return together(devices.size(), ranges);
  }

  private static Looks together(int devices, List<Range> ranges) {
    int[] lookOf = new int[devices];
    Map<Key, Integer> numbers = new HashMap<>();
    IntList examples = new IntList();
    for (Range range : ranges) {
      int[] numberOf = new int[range.keys.size()];
      for (int look = 0; look < numberOf.length; look++) {
        int example = range.examples.get(look);
        numberOf[look] =
            numbers.computeIfAbsent(range.keys.get(look), key -> examples.add(example).size() - 1);
      }
      for (int i = 0; i < range.lookOf.length; i++) {
        lookOf[range.from + i] = numberOf[range.lookOf[i]];
      }
    }
    return new Looks(lookOf, examples.toArray());
  }

  /** The number of a device's look. */
  int of(int device) {
    return lookOf[device];
  }

  /** How many looks there are. */
  int size() {
    return examples.length;
  }

  /** The first device that has the look. */
  int example(int look) {
    return examples[look];
  }
}
