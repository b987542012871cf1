package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.BoolList;
import io.tangram.api.device.AttributeValue.BoolValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringList;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.UnknownValue;
import io.tangram.api.device.AttributeValue.UnreadList;
import io.tangram.api.device.AttributeValue.VersionList;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.feature.FeatureGate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Turns a device into the values that an expression sees. */
final class DeviceValues {

  /** How many versions are kept; drivers publish few, on many devices. */
  private static final int MAX_KEPT = 1024;

  private static final Map<String, SemanticVersion> VERSIONS = new ConcurrentHashMap<>();

  private DeviceValues() {}

  /** The variables of an evaluation. */
  static ImmutableMap<String, Object> variables(String driver, Device device) {
    return ImmutableMap.of(
        DeviceType.VARIABLE,
        ImmutableMap.of(
            DeviceType.DRIVER,
            driver,
            DeviceType.ALLOW_MULTIPLE_ALLOCATIONS,
            device.allowMultipleAllocations(),
            DeviceType.ATTRIBUTES,
            byDomain(driver, device.attributes(), DeviceValues::value),
            DeviceType.CAPACITY,
            byDomain(driver, device.capacity(), capacity -> capacity.value())));
  }

  /** Where a driver wrote a name in both forms, the qualified one counts, as for constraints. */
  private static <T, V> DomainMap<V> byDomain(
      String driver, Map<QualifiedName, T> published, Function<T, V> value) {
    Map<String, Map<String, V>> domains = new LinkedHashMap<>();
    for (var entry : published.entrySet()) {
      QualifiedName name = entry.getKey();
      QualifiedName qualified = name.in(driver);
      if (name.equals(qualified) || !published.containsKey(qualified)) {
        domains
            .computeIfAbsent(qualified.domain(), domain -> Maps.newLinkedHashMap())
            .put(name.id(), value.apply(entry.getValue()));
      }
    }
    return new DomainMap<>(domains);
  }

  private static Object value(AttributeValue value) {
    if (value instanceof BoolValue bool) {
      return bool.value();
    } else if (value instanceof IntValue number) {
      return number.value();
    } else if (value instanceof StringValue string) {
      return string.value();
    } else if (value instanceof VersionValue version) {
      return version(version.value());
    } else if (value instanceof BoolList bools) {
      return bools.values();
    } else if (value instanceof IntList numbers) {
      return numbers.values();
    } else if (value instanceof StringList strings) {
      return strings.values();
    } else if (value instanceof VersionList versions) {
      return versions.values().stream()
          .map(DeviceValues::version)
          .collect(ImmutableList.toImmutableList());
    }
    throw new IllegalArgumentException(
        "unsupported attribute value"
            + (value instanceof UnreadList
                ? ", a list while feature gate " + FeatureGate.LIST_TYPE_ATTRIBUTES + " is off"
                : ""));
  }

  /**
   * Returns the attribute that a value of an expression makes, if it is of a type that can (R234).
   */
  static Optional<AttributeValue> attribute(Object value) {
    if (value instanceof List<?> list) {
      return list(list);
    } else if (value instanceof String text) {
      return Optional.of(new StringValue(text));
    } else if (value instanceof Long number) {
      return Optional.of(new IntValue(number));
    } else if (value instanceof Boolean bool) {
      return Optional.of(new BoolValue(bool));
    } else if (value instanceof SemanticVersion version) {
      return Optional.of(new VersionValue(version.text()));
    }
    return Optional.empty();
  }

  /** Of an empty list nobody can say of what; it is no value to any constraint. */
  private static Optional<AttributeValue> list(List<?> list) {
    if (list.stream().allMatch(String.class::isInstance)) {
      return Optional.of(new StringList(elements(list, String.class)));
    } else if (list.stream().allMatch(Long.class::isInstance)) {
      return Optional.of(new IntList(elements(list, Long.class)));
    } else if (list.stream().allMatch(Boolean.class::isInstance)) {
      return Optional.of(new BoolList(elements(list, Boolean.class)));
    } else if (list.stream().allMatch(SemanticVersion.class::isInstance)) {
      return Optional.of(
          new VersionList(
              elements(list, SemanticVersion.class).stream()
                  .map(SemanticVersion::text)
                  .collect(ImmutableList.toImmutableList())));
    }
    return Optional.empty();
  }

  private static <T> ImmutableList<T> elements(List<?> list, Class<T> type) {
    return list.stream().map(type::cast).collect(ImmutableList.toImmutableList());
  }

  private static SemanticVersion version(String text) {
    SemanticVersion known = VERSIONS.get(text);
    if (known != null) {
      return known;
    }
    SemanticVersion version = SemanticVersion.parse(text);
    if (VERSIONS.size() >= MAX_KEPT) {
      VERSIONS.clear();
    }
    VERSIONS.put(text, version);
    return version;
  }

  /**
   * Why no selector can be evaluated on the device, if so: an attribute has no known value (R31), a
   * list where lists are off, or a version that is none (R32). The first such attribute counts,
   * whatever an expression reads.
   */
  static Optional<String> unreadable(Device device) {
    for (var entry : device.attributes().entrySet()) {
      if (mayBeUnreadable(entry.getValue())) {
        try {
          value(entry.getValue());
        } catch (IllegalArgumentException e) {
          return Optional.of("attribute " + entry.getKey() + ": " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mayBeUnreadable(AttributeValue value) {
    return value instanceof VersionValue
        || value instanceof VersionList
        || value instanceof UnreadList
        || value instanceof UnknownValue;
  }
}
