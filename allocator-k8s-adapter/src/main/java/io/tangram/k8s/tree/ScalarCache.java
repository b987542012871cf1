package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes nodes of ASCII texts, the same node for a short text that was there before: most of a large
 * file repeats itself. Of texts that share a place in the table the last one is kept.
 *
 * @param <N> the nodes
 */
final class ScalarCache<N extends JsonNode> {

  private static final int PLACES = 1 << 12;
  private static final int MAX_LENGTH = 64;

  private final Function<String, N> maker;
  private final @Nullable Known<N>[] known;

  private record Known<N>(String text, N node) {}

  private ScalarCache(Function<String, N> maker, @Nullable Known<N>[] known) {
    this.maker = maker;
    this.known = known;
  }

  /** Makes a cache of what {@code maker} makes; that must be immutable. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a type with parameters
  static <N extends JsonNode> ScalarCache<N> of(Function<String, N> maker) {
    return new ScalarCache<>(maker, new Known[PLACES]);
  }

  /** Returns the node of the text between two places of an array of bytes. */
  N get(byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH) {
      return maker.apply(text(bytes, from, to));
    }
    int place = place(bytes, from, to);
    Known<N> there = known[place];
    if (there == null || !matches(there.text(), bytes, from, to)) {
      String text = text(bytes, from, to);
      there = new Known<>(text, maker.apply(text));
      known[place] = there;
    }
    return there.node();
  }

  private static int place(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ (hash >>> 15)) & (PLACES - 1);
  }

  private static boolean matches(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }
}
