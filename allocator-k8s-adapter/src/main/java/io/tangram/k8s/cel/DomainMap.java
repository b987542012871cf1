package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableMap;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes or capacities of a device, by domain and identifier. A domain that the device
 * lacks reads as an empty map and tests as present (R43); only {@code in}, which asks {@link
 * #hasDomain}, and iteration tell the difference (R44).
 */
final class DomainMap<V> extends AbstractMap<String, Map<String, V>> {

  private final Map<String, Map<String, V>> domains;

  DomainMap(Map<String, Map<String, V>> domains) {
    this.domains = domains;
  }

  /** Whether the device has a value in the domain. */
  boolean hasDomain(@Nullable Object domain) {
    return domains.containsKey(domain);
  }

  @Override
  public Map<String, V> get(@Nullable Object domain) {
    Map<String, V> values = domains.get(domain);
    return values == null ? ImmutableMap.of() : values;
  }

  @Override
  public boolean containsKey(@Nullable Object domain) {
    return true;
  }

  @Override
  public int size() {
    return domains.size();
  }

  @Override
  public Set<String> keySet() {
    return domains.keySet();
  }

  @Override
  public Set<Entry<String, Map<String, V>>> entrySet() {
    return domains.entrySet();
  }
}
