package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/**
 * How large a part of a device can be, as Kubernetes declares it for estimates: the limits of the
 * API on names, and 64 for the value of an attribute, be it a string or a list.
 *
 * @param max the greatest size
 * @param key the keys, of a map
 * @param element the values, of a map
 * @param fields the fields, of an object
 */
record DeclaredSize(
    long max,
    @Nullable DeclaredSize key,
    @Nullable DeclaredSize element,
    ImmutableMap<String, DeclaredSize> fields) {

  private static final int MAX_NAMES = 32;
  private static final int MAX_DOMAIN = 63;
  private static final int MAX_ID = 32;
  private static final int MAX_DRIVER = 63;
  private static final int MAX_ATTRIBUTE = 64;

  private static final DeclaredSize ATTRIBUTE = value(MAX_ATTRIBUTE);

  /** The variable {@code device}. */
  static final DeclaredSize DEVICE =
      new DeclaredSize(
          0,
          null,
          null,
          ImmutableMap.of(
              DeviceType.DRIVER, value(MAX_DRIVER),
              DeviceType.ALLOW_MULTIPLE_ALLOCATIONS, value(1),
              DeviceType.ATTRIBUTES, byDomain(ATTRIBUTE),
              DeviceType.CAPACITY, byDomain(value(0))));

  private static DeclaredSize value(int max) {
    return new DeclaredSize(max, null, null, ImmutableMap.of());
  }

  private static DeclaredSize map(int maxKey, DeclaredSize element) {
    return new DeclaredSize(MAX_NAMES, value(maxKey), element, ImmutableMap.of());
  }

  private static DeclaredSize byDomain(DeclaredSize value) {
    return map(MAX_DOMAIN, map(MAX_ID, value));
  }

  /**
   * Returns what {@code .name} selects; null where that is not declared. Of maps only attributes
   * can be selected like that, and capacities not.
   */
  @Nullable DeclaredSize select(String name) {
    DeclaredSize field = fields.get(name);
    return field == null && ATTRIBUTE.equals(element) ? ATTRIBUTE : field;
  }

  /** The sizes it can have. */
  SizeRange range() {
    return SizeRange.upTo(max);
  }
}
