package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Remembers what equal trees were read as, so that equal parts of objects are read once and share
 * memory. What it read is a function of the tree alone. It forgets when it grows large.
 */
final class Memo<V> {

  private static final int CAPACITY = 1 << 11;

  private final Map<JsonNode, V> known = new HashMap<>();

  /** Returns what the part was read as, reading it with {@code reader} if it is new. */
  V get(Field part, Function<Field, V> reader) {
    V value = known.get(part.node());
    if (value == null) {
      value = reader.apply(part);
      if (known.size() >= CAPACITY) {
        known.clear();
      }
      known.put(part.node(), value);
    }
    return value;
  }
}
