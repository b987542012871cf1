package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.Matching;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What class and selectors of requests say of devices, each asked once: class selectors first, in
 * order, up to the first that does not hold (R57), then what the request derives (R234). Not
 * thread-safe.
 */
final class SelectorVerdicts {

  /** What they say of one device. */
  sealed interface Verdict {

    /** One doesn't hold. */
    record NoMatch() implements Verdict {}

    /**
     * All hold.
     *
     * @param derived what the request derives of the device
     */
    record Match(ImmutableMap<QualifiedName, AttributeValue> derived) implements Verdict {}

    /**
     * One could not be evaluated, or a value not be derived.
     *
     * @param failure which, and why
     */
    record Failed(Matching.Failure failure) implements Verdict {}
  }

  private record Filter(
      String deviceClass,
      ImmutableList<DeviceSelector> selectors,
      ImmutableMap<QualifiedName, DerivedAttribute> derived,
      String driver) {}

  private final Map<String, DeviceClass> classes = new HashMap<>();
  private final Map<Filter, Map<Device, Verdict>> known = new HashMap<>();

  SelectorVerdicts(Iterable<DeviceClass> classes) {
    classes.forEach(each -> this.classes.put(each.name(), each));
  }

  /** Returns what class and selectors of the request say of a device. */
  Verdict of(DeviceRequest request, String driver, Device device) {
    return known
        .computeIfAbsent(
            new Filter(
                request.deviceClass(), request.selectors(), request.derivedAttributes(), driver),
            filter -> new IdentityHashMap<>())
        .computeIfAbsent(device, unused -> ask(request, driver, device));
  }

  /** An attribute of a device as the request sees it: what it derives comes first (R234). */
  @Nullable AttributeValue attribute(
      DeviceRequest request, String driver, Device device, QualifiedName name) {
    AttributeValue derived =
        of(request, driver, device) instanceof Verdict.Match match
            ? match.derived().get(name)
            : null;
    return derived == null ? device.attribute(driver, name) : derived;
  }

  private Verdict ask(DeviceRequest request, String driver, Device device) {
    DeviceClass deviceClass = classes.get(request.deviceClass());
    ImmutableList<DeviceSelector> selectors =
        ImmutableList.<DeviceSelector>builder()
            .addAll(deviceClass == null ? ImmutableList.of() : deviceClass.selectors())
            .addAll(request.selectors())
            .build();
    for (DeviceSelector selector : selectors) {
      DeviceSelector.Outcome outcome =
          selector.defect().isPresent()
              ? new DeviceSelector.Outcome.Failure(selector.defect().get())
              : selector.evaluate(driver, device);
      if (outcome instanceof DeviceSelector.Outcome.Failure failure) {
        return failed(Optional.empty(), selector.shown(), failure.message());
      }
      if (outcome instanceof DeviceSelector.Outcome.NoMatch) {
        return new Verdict.NoMatch();
      }
    }
    return derive(request.derivedAttributes(), driver, device);
  }

  private static Verdict derive(
      ImmutableMap<QualifiedName, DerivedAttribute> attributes, String driver, Device device) {
    ImmutableMap.Builder<QualifiedName, AttributeValue> values = ImmutableMap.builder();
    for (Map.Entry<QualifiedName, DerivedAttribute> each : attributes.entrySet()) {
      DerivedAttribute attribute = each.getValue();
      DerivedAttribute.Outcome outcome =
          attribute.defect().isPresent()
              ? new DerivedAttribute.Outcome.Failure(attribute.defect().get())
              : attribute.evaluate(driver, device);
      if (outcome instanceof DerivedAttribute.Outcome.Value value) {
        values.put(each.getKey(), value.value());
      } else if (outcome instanceof DerivedAttribute.Outcome.Failure failure) {
        return failed(Optional.of(each.getKey()), attribute.shown(), failure.message());
      }
    }
    return new Verdict.Match(values.buildOrThrow());
  }

  private static Verdict failed(
      Optional<QualifiedName> attribute, String expression, String message) {
    return new Verdict.Failed(new Matching.Failure(attribute, expression, message));
  }
}
