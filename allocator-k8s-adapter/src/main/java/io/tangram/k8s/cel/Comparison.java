package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;

/** The order of values, as Kubernetes' CEL has it. */
final class Comparison {

  /** The types whose values are ordered. */
  static final ImmutableSet<String> TYPES =
      ImmutableSet.of("int", "uint", "double", "bool", "duration", "timestamp", "string", "bytes");

  private Comparison() {}

  /** Whether values of its type are ordered. */
  static boolean isOrdered(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || value instanceof Duration
        || value instanceof Instant
        || value instanceof String
        || value instanceof CelByteString;
  }

  /**
   * Compares two values; numbers compare across their types.
   *
   * @return below, at or above 0; empty where their types have no order, or one is no number
   */
  static OptionalInt compare(Object left, Object right) {
    EvaluationMeter.work(EvaluationMeter.ELEMENT);
    if (left instanceof Number number && right instanceof Number other) {
      return compare(number, other);
    } else if (left instanceof String text && right instanceof String other) {
      EvaluationMeter.work(Math.min(text.length(), other.length()));
      return OptionalInt.of(compare(text, other));
    } else if (left instanceof Boolean bool && right instanceof Boolean other) {
      return OptionalInt.of(Boolean.compare(bool, other));
    } else if (left instanceof Duration duration && right instanceof Duration other) {
      return OptionalInt.of(duration.compareTo(other));
    } else if (left instanceof Instant instant && right instanceof Instant other) {
      return OptionalInt.of(instant.compareTo(other));
    } else if (left instanceof CelByteString bytes && right instanceof CelByteString other) {
      EvaluationMeter.work(Math.min(bytes.size(), other.size()));
      return OptionalInt.of(Arrays.compareUnsigned(bytes.toByteArray(), other.toByteArray()));
    }
    return OptionalInt.empty();
  }

  private static OptionalInt compare(Number left, Number right) {
    if (Double.isNaN(left.doubleValue()) || Double.isNaN(right.doubleValue())) {
      return OptionalInt.empty();
    }
    if (left instanceof Long number && right instanceof Long other) {
      return OptionalInt.of(Long.compare(number, other));
    }
    boolean isInfinite =
        Double.isInfinite(left.doubleValue()) || Double.isInfinite(right.doubleValue());
    return OptionalInt.of(
        isInfinite
            ? Double.compare(left.doubleValue(), right.doubleValue())
            : exact(left).compareTo(exact(right)));
  }

  private static BigDecimal exact(Number number) {
    return number instanceof UnsignedLong unsigned
        ? new BigDecimal(unsigned.bigIntegerValue())
        : number instanceof Double value
            ? new BigDecimal(value)
            : new BigDecimal(number.longValue());
  }

  /** By code points, as the bytes of UTF-8 are ordered. */
  private static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      int difference = rank(left.charAt(i)) - rank(right.charAt(i));
      if (difference != 0) {
        return difference;
      }
    }
    return left.length() - right.length();
  }

  /** Characters of two halves come behind all others. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }
}
