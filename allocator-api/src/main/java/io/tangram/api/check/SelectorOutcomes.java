package io.tangram.api.check;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.SelectorReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What selectors say of devices, and what attributes are derived of them. An expression costs
 * microseconds and a cluster has a million devices, so each is evaluated once per distinct set of
 * what it reads. Thread-safe.
 */
final class SelectorOutcomes {

  /** What a selector looks at, and what it said of that so far. */
  private record Said(SelectorReads reads, ConcurrentMap<Object, Outcome> outcomes) {

    static Said nothing(DeviceSelector selector) {
      return new Said(selector.reads(), new ConcurrentHashMap<>());
    }
  }

  private final ConcurrentMap<DeviceSelector, Said> known = new ConcurrentHashMap<>();
  private final ConcurrentMap<DerivedAttribute, ConcurrentMap<Object, DerivedAttribute.Outcome>>
      derived = new ConcurrentHashMap<>();

  /**
   * Returns why the device does not answer the request, if so: class selectors first, then the
   * request's, up to the first that does not match (R57), then its derived attributes, each of
   * which must have a value (R234).
   */
  Optional<Refusal> refusal(
      DeviceClass deviceClass, DeviceRequest request, String driver, Device device) {
    return first(deviceClass.selectors(), each -> refusal(each, driver, device))
        .or(() -> first(request.selectors(), each -> refusal(each, driver, device)))
        .or(
            () ->
                first(
                    request.derivedAttributes().entrySet(), each -> refusal(each, driver, device)));
  }

  /** Returns the first refusal that one of these gives; a loop, as it is asked for each device. */
  private static <T> Optional<Refusal> first(
      ImmutableCollection<T> all, Function<? super T, Optional<Refusal>> refusalOf) {
    for (T each : all) {
      Optional<Refusal> refusal = refusalOf.apply(each);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> refusal(
      Map.Entry<QualifiedName, DerivedAttribute> attribute, String driver, Device device) {
    if (attribute.getValue().defect().isPresent()) {
      return defect(attribute);
    }
    return derive(attribute.getValue(), driver, device)
            instanceof DerivedAttribute.Outcome.Failure f
        ? Optional.of(
            new Refusal(
                "R234",
                "derived attribute %s, %s, fails: %s"
                    .formatted(attribute.getKey(), attribute.getValue().shown(), f.message())))
        : Optional.empty();
  }

  /** Returns why one of the attributes has a value on no device, if so (R234). */
  static Optional<Refusal> defect(ImmutableMap<QualifiedName, DerivedAttribute> attributes) {
    return first(attributes.entrySet(), SelectorOutcomes::defect);
  }

  private static Optional<Refusal> defect(Map.Entry<QualifiedName, DerivedAttribute> attribute) {
    return attribute
        .getValue()
        .defect()
        .map(
            problem ->
                new Refusal(
                    "R234",
                    "derived attribute %s, %s, is broken: %s"
                        .formatted(attribute.getKey(), attribute.getValue().shown(), problem)));
  }

  /** Returns the attribute as constraints on the request see it (R28, R234); null without value. */
  @Nullable AttributeValue attribute(
      DeviceRequest request, QualifiedName name, String driver, Device device) {
    DerivedAttribute own = request.derivedAttributes().get(name);
    if (own == null) {
      return device.attribute(driver, name);
    }
    return own.defect().isEmpty()
            && derive(own, driver, device) instanceof DerivedAttribute.Outcome.Value value
        ? value.value()
        : null;
  }

  private DerivedAttribute.Outcome derive(DerivedAttribute own, String driver, Device device) {
    return derived
        .computeIfAbsent(own, each -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            whatIsRead(own.reads(), driver, device), read -> own.evaluate(driver, device));
  }

  private Optional<Refusal> refusal(DeviceSelector selector, String driver, Device device) {
    if (selector.defect().isPresent()) {
      return defect(selector);
    }
    Outcome outcome = evaluate(selector, driver, device);
    if (outcome instanceof Outcome.Failure failure) {
      return Optional.of(
          new Refusal(
              "R55", "selector %s fails: %s".formatted(selector.shown(), failure.message())));
    }
    return outcome instanceof Outcome.Match
        ? Optional.empty()
        : Optional.of(new Refusal("R57", "selector %s does not match".formatted(selector.shown())));
  }

  /** Returns why one of the selectors can be evaluated on no device, if so (R54). */
  static Optional<Refusal> defect(ImmutableList<DeviceSelector> selectors) {
    return first(selectors, SelectorOutcomes::defect);
  }

  private static Optional<Refusal> defect(DeviceSelector selector) {
    return selector
        .defect()
        .map(
            problem ->
                new Refusal(
                    "R54", "selector %s is broken: %s".formatted(selector.shown(), problem)));
  }

  private Outcome evaluate(DeviceSelector selector, String driver, Device device) {
    Said said = known.computeIfAbsent(selector, Said::nothing);
    return said.outcomes()
        .computeIfAbsent(
            whatIsRead(said.reads(), driver, device), read -> selector.evaluate(driver, device));
  }

  /** Returns what selectors get to see of a device that look at this: equal for equal outcomes. */
  static Object whatIsRead(SelectorReads reads, String driver, Device device) {
    if (reads.everything()) {
      return List.of(driver, ImmutableDevice.copyOf(device).withName(""));
    }
    List<@Nullable Object> read = new ArrayList<>();
    read.add(reads.driver() ? driver : null);
    read.add(reads.allowMultipleAllocations() ? device.allowMultipleAllocations() : null);
    for (QualifiedName name : reads.attributes()) {
      read.add(device.attributes().get(name));
      read.add(device.attributes().get(unqualified(name, driver)));
    }
    for (QualifiedName name : reads.capacities()) {
      read.add(device.capacity().get(name));
      read.add(device.capacity().get(unqualified(name, driver)));
    }
    for (AttributeValue value : device.attributes().values()) {
      if (value.type() == AttributeValue.Type.UNKNOWN
          || value.type() == AttributeValue.Type.UNREAD_LIST
          || value.type() == AttributeValue.Type.VERSION) {
        read.add(value); // on which selectors may fail that don't read it (R31, R32)
      }
    }
    return read;
  }

  /** Returns the other form in which the driver may publish the name (R27). */
  private static QualifiedName unqualified(QualifiedName name, String driver) {
    return name.domain().equals(driver) ? name.bare() : name;
  }
}
