package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceTaint;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which devices class and selectors of each leaf request admit. Devices that agree in everything
 * the selectors read share a <em>look</em>; a selector is evaluated once for a look.
 */
public final class Matching {

  /** What class and selectors say of a device. */
  public enum Verdict {
    /** All hold. */
    MATCH,
    /** One does not. */
    NO_MATCH,
    /** One could not be evaluated (R55). */
    FAILURE
  }

  private record FilterKey(String deviceClass, ImmutableList<DeviceSelector> selectors) {}

  private record LookKey(String driver, boolean shared, List<Object> read) {}

  /** Two devices with the same objects in these places have the same look. */
  private record SameObjects(String driver, boolean shared, Object attributes, Object capacity) {
    @Override
    public boolean equals(Object other) {
      return other instanceof SameObjects same
          && driver.equals(same.driver)
          && shared == same.shared
          && attributes == same.attributes
          && capacity == same.capacity;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(attributes) * 31 + System.identityHashCode(capacity);
    }
  }

  /**
   * Why class and selectors say nothing of a device.
   *
   * @param selector the selector that fails
   * @param message why
   */
  public record Failure(DeviceSelector selector, String message) {}

  private final Map<String, DeviceClass> classes;
  private final Map<FilterKey, Integer> filterNumbers = new HashMap<>();
  private final List<ImmutableList<DeviceSelector>> filters = new ArrayList<>();
  private final Map<LookKey, Integer> lookNumbers = new HashMap<>();
  private final Map<SameObjects, Integer> looksByObjects = new HashMap<>();
  private final List<Device> examples = new ArrayList<>();
  private final List<String> exampleDrivers = new ArrayList<>();
  private final List<List<Object>> verdicts = new ArrayList<>();
  private SelectorReads reads = SelectorReads.NOTHING;
  private int[] looks = new int[0];

  Matching(Map<String, DeviceClass> classes) {
    this.classes = classes;
  }

  /** Registers class and selectors of a request; call before {@link #lookAt}. */
  int filter(DeviceRequest request) {
    FilterKey key = new FilterKey(request.deviceClass(), request.selectors());
    Integer known = filterNumbers.get(key);
    if (known != null) {
      return known;
    }
    DeviceClass deviceClass = classes.get(request.deviceClass());
    ImmutableList<DeviceSelector> all =
        ImmutableList.<DeviceSelector>builder()
            .addAll(deviceClass == null ? ImmutableList.of() : deviceClass.selectors())
            .addAll(request.selectors())
            .build();
    for (DeviceSelector selector : all) {
      if (selector.defect().isEmpty()) {
        reads = reads.plus(selector.reads());
      }
    }
    filterNumbers.put(key, filters.size());
    filters.add(all);
    verdicts.add(new ArrayList<>());
    return filters.size() - 1;
  }

  /** Finds the look of every device, once all filters are registered. */
  void lookAt(DeviceTable devices) {
    looks = new int[devices.size()];
    for (int device = 0; device < looks.length; device++) {
      looks[device] = look(devices.driver(device), devices.device(device));
    }
  }

  private int look(String driver, Device device) {
    SameObjects objects =
        new SameObjects(
            driver, device.allowMultipleAllocations(), device.attributes(), device.capacity());
    Integer known = looksByObjects.get(objects);
    if (known == null) {
      known = lookNumbers.computeIfAbsent(lookKey(driver, device), key -> newLook(driver, device));
      looksByObjects.put(objects, known);
    }
    return known;
  }

  private int newLook(String driver, Device device) {
    examples.add(device);
    exampleDrivers.add(driver);
    return examples.size() - 1;
  }

  private LookKey lookKey(String driver, Device device) {
    List<Object> read = new ArrayList<>();
    if (reads.everything()) {
      read.add(device.attributes());
      read.add(device.capacity());
    } else {
      for (QualifiedName name : reads.attributes()) {
        collectBothForms(driver, name, device.attributes(), read);
      }
      for (QualifiedName name : reads.capacities()) {
        collectBothForms(driver, name, device.capacity(), read);
      }
      collectUnreadable(device, read);
    }
    return new LookKey(driver, device.allowMultipleAllocations(), read);
  }

  /** A selector may see the qualified or the bare form (R28). */
  private static void collectBothForms(
      String driver, QualifiedName name, Map<QualifiedName, ?> values, List<Object> read) {
    Object qualified = values.get(name);
    read.add(qualified == null ? "" : qualified);
    if (name.domain().equals(driver)) {
      Object bare = values.get(QualifiedName.of("", name.id()));
      read.add(bare == null ? "" : bare);
    }
  }

  /** Values that may fail every selector, read or not, belong to the look (R31, R32). */
  private static void collectUnreadable(Device device, List<Object> read) {
    for (AttributeValue value : device.attributes().values()) {
      if (value.type() == AttributeValue.Type.UNKNOWN
          || value.type() == AttributeValue.Type.VERSION) {
        read.add(value);
      }
    }
  }

  /** The number of a device's look. */
  public int lookOf(int device) {
    return looks[device];
  }

  /** What class and selectors of the leaf say of a device. */
  public Verdict verdict(Leaf leaf, int device) {
    Object verdict = evaluated(leaf.filter(), looks[device]);
    return verdict instanceof Verdict plain ? plain : Verdict.FAILURE;
  }

  /**
   * The selector that fails on the device.
   *
   * @throws IllegalStateException if the verdict is not {@link Verdict#FAILURE}
   */
  public Failure failure(Leaf leaf, int device) {
    if (evaluated(leaf.filter(), looks[device]) instanceof Failure failure) {
      return failure;
    }
    throw new IllegalStateException("No selector of the request fails on device " + device);
  }

  private Object evaluated(int filter, int look) {
    List<Object> known = verdicts.get(filter);
    synchronized (known) {
      while (known.size() < examples.size()) {
        known.add(evaluate(filters.get(filter), known.size()));
      }
      return known.get(look);
    }
  }

  /** Class selectors first, in order; stops at the first that does not hold (R57). */
  private Object evaluate(ImmutableList<DeviceSelector> selectors, int look) {
    for (DeviceSelector selector : selectors) {
      DeviceSelector.Outcome outcome =
          selector.defect().isPresent()
              ? new DeviceSelector.Outcome.Failure(selector.defect().get())
              : selector.evaluate(exampleDrivers.get(look), examples.get(look));
      if (outcome instanceof DeviceSelector.Outcome.Failure failure) {
        return new Failure(selector, failure.message());
      }
      if (outcome instanceof DeviceSelector.Outcome.NoMatch) {
        return Verdict.NO_MATCH;
      }
    }
    return Verdict.MATCH;
  }

  /** Whether the request tolerates every taint that blocks allocation (R147). */
  public static boolean tolerates(DeviceRequest request, Device device) {
    for (DeviceTaint taint : device.taints()) {
      if (taint.blocksAllocation() && !isTolerated(taint, request.tolerations())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTolerated(DeviceTaint taint, List<Toleration> tolerations) {
    for (Toleration toleration : tolerations) {
      if (toleration.tolerates(taint)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a dedicated device offers the amounts that the request names (R127, R129). */
  public static boolean offers(DeviceRequest request, Device device) {
    for (var wanted : request.capacityRequests().entrySet()) {
      DeviceCapacity offered = device.capacity().get(wanted.getKey());
      if (offered == null
          || wanted.getValue().signum() < 0
          || wanted.getValue().compareTo(offered.value()) > 0) {
        return false;
      }
    }
    return true;
  }
}
