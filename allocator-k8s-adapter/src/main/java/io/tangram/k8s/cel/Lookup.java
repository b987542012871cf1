package io.tangram.k8s.cel;

import com.google.common.primitives.UnsignedLong;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks things up in values of any type, as the selections of Kubernetes' CEL do: a key or an index
 * that is absent is an error of a selection, nothing for an optional one and false for a test of
 * presence; for the last two a value that has no parts lacks every part.
 */
final class Lookup {

  private Lookup() {}

  /** Finds the value of a key; numbers are looked up by value. */
  static Optional<Object> find(Map<?, ?> map, Object key) {
    @Nullable Object value = map.get(key);
    if (value == null && key instanceof Number number && !(map instanceof DomainMap)) {
      @Nullable Long whole = whole(number);
      value = whole == null ? null : map.get(whole);
      if (value == null && whole != null && whole >= 0) {
        value = map.get(UnsignedLong.valueOf(whole));
      }
    }
    return Optional.ofNullable(value);
  }

  /** The number as an int, or null where it is none. */
  private static @Nullable Long whole(Number number) {
    if (number instanceof Double value) {
      boolean isInt = value == Math.rint(value) && Math.abs(value) < 0x1p63;
      return isInt ? Long.valueOf(value.longValue()) : null;
    }
    boolean fits = !(number instanceof UnsignedLong) || number.longValue() >= 0;
    return fits ? Long.valueOf(number.longValue()) : null;
  }

  /** {@code map[key]}. */
  static Object get(Map<?, ?> map, Object key) {
    return find(map, key).orElseThrow(() -> new CelFailure("no such key: " + key));
  }

  /** {@code list[index]}. */
  static Object get(List<?> list, Object index) {
    return at(list, index).orElseThrow(() -> new CelFailure("index out of bounds: " + index));
  }

  private static Optional<Object> at(List<?> list, Object index) {
    @Nullable Long position = index instanceof Number number ? whole(number) : null;
    if (position == null) {
      throw new CelFailure("unsupported index of type " + TypeNames.of(index) + " in list");
    }
    return position >= 0 && position < list.size()
        ? Optional.of(list.get(position.intValue()))
        : Optional.empty();
  }

  /** {@code key in map} (R44). */
  static boolean contains(Map<?, ?> map, Object key) {
    return map instanceof DomainMap<?> domains
        ? domains.hasDomain(key)
        : find(map, key).isPresent();
  }

  /**
   * {@code value.?key} and {@code value[?key]}, also on what an earlier optional selection gave.
   */
  static Optional<?> optional(Object value, Object key) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? optional(optional.get(), key) : optional;
    } else if (value instanceof Map<?, ?> map) {
      return find(map, key);
    } else if (value instanceof List<?> list) {
      return at(list, key);
    }
    return Optional.empty();
  }

  /** {@code has(value.field)}. */
  static boolean isPresent(Object value, String field) {
    if (value instanceof Map<?, ?> map) {
      return map.containsKey(field);
    }
    return optional(value, field).isPresent();
  }
}
