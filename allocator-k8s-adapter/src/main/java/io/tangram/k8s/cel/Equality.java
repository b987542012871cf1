package io.tangram.k8s.cel;

import dev.cel.common.values.NullValue;
import io.tangram.api.device.Quantity;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Equality of values of any types, as Kubernetes' CEL has it: values of different types differ
 * (R47), numbers compare across their types, and only a value of a type of Kubernetes on the left
 * of one of another type is an error. Such an error inside of lists and maps counts as equal.
 */
final class Equality {

  /** What a comparison says. */
  enum Verdict {
    EQUAL,
    DIFFERENT,
    /** The types cannot be compared in this order. */
    NO_OVERLOAD
  }

  private Equality() {}

  /** Compares two values. */
  static Verdict compare(Object left, Object right) {
    EvaluationMeter.work(EvaluationMeter.ELEMENT);
    if (left instanceof NullValue || right instanceof NullValue) {
      return verdict(left instanceof NullValue && right instanceof NullValue);
    }
    if (left instanceof Quantity || left instanceof SemanticVersion || left instanceof NamedValue) {
      return left.getClass() == right.getClass()
          ? verdict(left.equals(right))
          : Verdict.NO_OVERLOAD;
    }
    if (left instanceof Number number) {
      return verdict(right instanceof Number other && sameNumber(number, other));
    }
    if (left instanceof List<?> list) {
      return verdict(right instanceof List<?> other && sameElements(list, other));
    }
    if (left instanceof Map<?, ?> map) {
      return verdict(right instanceof Map<?, ?> other && sameEntries(map, other));
    }
    if (left instanceof Optional<?> optional) {
      return verdict(right instanceof Optional<?> other && sameContent(optional, other));
    }
    return verdict(Objects.equals(left, right));
  }

  private static Verdict verdict(boolean equal) {
    return equal ? Verdict.EQUAL : Verdict.DIFFERENT;
  }

  private static boolean sameElements(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    for (Object element : left) {
      if (compare(element, others.next()) == Verdict.DIFFERENT) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameEntries(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (var entry : left.entrySet()) {
      Optional<Object> other = Lookup.find(right, entry.getKey());
      if (other.isEmpty() || compare(entry.getValue(), other.get()) == Verdict.DIFFERENT) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameContent(Optional<?> left, Optional<?> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() && right.isEmpty();
    }
    return compare(left.get(), right.get()) == Verdict.EQUAL;
  }

  /** Whether a list holds a value; what cannot be compared with it is another. */
  static boolean contains(List<?> list, Object value) {
    for (Object element : list) {
      if (compare(value, element) == Verdict.EQUAL) {
        return true;
      }
    }
    return false;
  }

  /** Doubles compare as doubles, also with integers that they cannot represent. */
  private static boolean sameNumber(Number left, Number right) {
    if (left instanceof Double || right instanceof Double) {
      return left.doubleValue() == right.doubleValue();
    }
    // equal bits, and of different types only where the sign bit is clear
    return left.longValue() == right.longValue()
        && (left.getClass() == right.getClass() || left.longValue() >= 0);
  }
}
