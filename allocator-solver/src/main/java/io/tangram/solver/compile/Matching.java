package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Reason;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which devices class and selectors of each leaf request admit, and what attributes the request
 * derives of them (R234). Devices that agree in everything that any of these read share a
 * {@linkplain Looks look}. Class, selectors and derived attributes of a request are a
 * <em>filter</em>; it is evaluated once for looks that agree in what it reads itself.
 */
public final class Matching {

  /** What class and selectors say of a device. */
  public enum Verdict {
    /** All hold. */
    MATCH,
    /** One does not. */
    NO_MATCH,
    /** One, or a derived attribute, could not be evaluated (R55, R234). */
    FAILURE
  }

  private record FilterKey(
      String deviceClass,
      ImmutableList<DeviceSelector> selectors,
      ImmutableMap<QualifiedName, DerivedAttribute> derived) {}

  /** Class selectors first, in order, then what is derived, and all that they read. */
  private record Filter(
      ImmutableList<DeviceSelector> selectors,
      ImmutableMap<QualifiedName, DerivedAttribute> derived,
      SelectorReads reads) {

    static Filter of(
        ImmutableList<DeviceSelector> selectors,
        ImmutableMap<QualifiedName, DerivedAttribute> derived) {
      SelectorReads reads = SelectorReads.NOTHING;
      for (DeviceSelector selector : selectors) {
        if (selector.defect().isEmpty()) {
          reads = reads.plus(selector.reads());
        }
      }
      for (DerivedAttribute attribute : derived.values()) {
        if (attribute.defect().isEmpty()) {
          reads = reads.plus(attribute.reads());
        }
      }
      return new Filter(selectors, derived, reads);
    }
  }

  /** The verdict on a device that matches, with what is derived of it. */
  private record MatchWith(ImmutableMap<QualifiedName, AttributeValue> derived) {}

  /**
   * What fails on a device.
   *
   * @param attribute the name of the derived attribute; absent if it is a selector
   * @param expression it, as messages show it
   * @param message why
   */
  public record Failure(Optional<QualifiedName> attribute, String expression, String message) {

    static Failure of(DeviceSelector selector, String message) {
      return new Failure(Optional.empty(), selector.shown(), message);
    }

    static Failure of(QualifiedName name, DerivedAttribute attribute, String message) {
      return new Failure(Optional.of(name), attribute.shown(), message);
    }

    /** Returns the same with words after the message. */
    public Failure on(String where) {
      return new Failure(attribute, expression, message + where);
    }

    /** Returns the reason why the request is not met. */
    public Reason reason(String request) {
      return attribute
          .<Reason>map(name -> new Reason.DerivationFailed(request, name, expression, message))
          .orElseGet(() -> new Reason.SelectorFailed(request, expression, message));
    }
  }

  private final Map<String, DeviceClass> classes;
  private final Map<FilterKey, Integer> filterNumbers = new HashMap<>();
  private final List<Filter> filters = new ArrayList<>();
  private final List<Object[]> verdicts = new ArrayList<>();
  private final BitSet hidden = new BitSet();
  private Looks looks = Looks.NONE;

  Matching(Map<String, DeviceClass> classes) {
    this.classes = classes;
  }

  /** Registers class and selectors of a request; call before {@link #lookAt}. */
  int filter(DeviceRequest request) {
    FilterKey key =
        new FilterKey(request.deviceClass(), request.selectors(), request.derivedAttributes());
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
    filterNumbers.put(key, filters.size());
    filters.add(Filter.of(all, request.derivedAttributes()));
    return filters.size() - 1;
  }

  /**
   * Finds the look of every device and what each filter says of it, once all filters are
   * registered.
   *
   * @param workers how many threads may look at a time
   * @throws io.tangram.api.DeadlineExceededException if the deadline passes before
   */
  void lookAt(DeviceTable devices, int workers, Deadline deadline) {
    SelectorReads reads = SelectorReads.NOTHING;
    for (Filter filter : filters) {
      reads = reads.plus(filter.reads());
    }
    looks = Looks.of(devices, reads, workers, deadline);
    for (int device = 0; device < devices.size(); device++) {
      hidden.set(device, devices.device(device).isHidden());
    }
    for (Filter filter : filters) {
      verdicts.add(verdicts(filter, devices, deadline));
    }
  }

  private Object[] verdicts(Filter filter, DeviceTable devices, Deadline deadline) {
    Map<Looks.Key, Object> known = new HashMap<>();
    Object[] verdicts = new Object[looks.size()];
    for (int look = 0; look < verdicts.length; look++) {
      int example = looks.example(look);
      Looks.Key key = Looks.Key.of(devices, example, filter.reads());
      Object verdict = known.get(key);
      if (verdict == null) {
        deadline.requireTime();
        verdict = evaluate(filter, devices.driver(example), devices.device(example));
        known.put(key, verdict);
      }
      verdicts[look] = verdict;
    }
    return verdicts;
  }

  /** The number of a device's look. */
  public int lookOf(int device) {
    return looks.of(device);
  }

  /** What class and selectors of the leaf say of a device; a hidden one matches nothing (R161). */
  public Verdict verdict(Leaf leaf, int device) {
    if (hidden.get(device)) {
      return Verdict.NO_MATCH;
    }
    Object verdict = verdicts.get(leaf.filter())[looks.of(device)];
    if (verdict instanceof Verdict plain) {
      return plain;
    }
    return verdict instanceof MatchWith ? Verdict.MATCH : Verdict.FAILURE;
  }

  /** The value that the leaf derives of a device that it matches, or null if it derives none. */
  @Nullable AttributeValue derived(Leaf leaf, int device, QualifiedName name) {
    return verdicts.get(leaf.filter())[looks.of(device)] instanceof MatchWith match
        ? match.derived().get(name)
        : null;
  }

  /**
   * What fails on the device.
   *
   * @throws IllegalStateException if the verdict is not {@link Verdict#FAILURE}
   */
  public Failure failure(Leaf leaf, int device) {
    if (verdicts.get(leaf.filter())[looks.of(device)] instanceof Failure failure) {
      return failure;
    }
    throw new IllegalStateException("No selector of the request fails on device " + device);
  }

  /** Class selectors first, in order; stops at the first that does not hold (R57). */
  private static Object evaluate(Filter filter, String driver, Device device) {
    for (DeviceSelector selector : filter.selectors()) {
      DeviceSelector.Outcome outcome =
          selector.defect().isPresent()
              ? new DeviceSelector.Outcome.Failure(selector.defect().get())
              : selector.evaluate(driver, device);
      if (outcome instanceof DeviceSelector.Outcome.Failure failure) {
        return Failure.of(selector, failure.message());
      }
      if (outcome instanceof DeviceSelector.Outcome.NoMatch) {
        return Verdict.NO_MATCH;
      }
    }
    return filter.derived().isEmpty() ? Verdict.MATCH : derive(filter.derived(), driver, device);
  }

  private static Object derive(
      ImmutableMap<QualifiedName, DerivedAttribute> attributes, String driver, Device device) {
    ImmutableMap.Builder<QualifiedName, AttributeValue> values = ImmutableMap.builder();
    for (Map.Entry<QualifiedName, DerivedAttribute> each : attributes.entrySet()) {
      DerivedAttribute attribute = each.getValue();
      DerivedAttribute.Outcome outcome =
          attribute.defect().isPresent()
              ? new DerivedAttribute.Outcome.Failure(attribute.defect().get())
              : attribute.evaluate(driver, device);
      if (outcome instanceof DerivedAttribute.Outcome.Failure failure) {
        return Failure.of(each.getKey(), attribute, failure.message());
      }
      values.put(each.getKey(), ((DerivedAttribute.Outcome.Value) outcome).value());
    }
    return new MatchWith(values.buildOrThrow());
  }

  /** Whether neither a barrier nor a taint keeps a matching device from the request (R73, R147). */
  public static boolean mayTake(DeviceRequest request, Device device) {
    return device.barrier().isEmpty() && tolerates(request, device);
  }

  /** Whether the request tolerates every taint that blocks allocation (R147). */
  public static boolean tolerates(DeviceRequest request, Device device) {
    for (Taint taint : device.taints()) {
      if (taint.blocksAllocation() && !isTolerated(taint, request.tolerations())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTolerated(Taint taint, List<Toleration> tolerations) {
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
