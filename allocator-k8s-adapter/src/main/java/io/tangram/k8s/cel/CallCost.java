package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableMap;
import com.google.common.math.LongMath;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.values.CelByteString;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call of a function costs, by its arguments and result, as Kubernetes counts (R52). Reading
 * a character of a string costs a tenth.
 */
enum CallCost {
  /** Reads the first argument. */
  READ_FIRST {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(sizeOf(arguments[0]));
    }
  },
  /** Reads the first argument and writes as much. */
  REWRITE_FIRST {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(2 * sizeOf(arguments[0]));
    }
  },
  /** Reads and writes the result. */
  WRITE_RESULT {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(2 * sizeOf(result));
    }
  },
  /** Reads both up to the end of the shorter. */
  COMPARISON {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(Math.min(sizeOf(arguments[0]), sizeOf(arguments[1])));
    }
  },
  /** Compares like {@link #COMPARISON}; values of the types of Kubernetes cost 1. */
  EQUALITY {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      boolean atOnce =
          arguments[0] instanceof Quantity
              || arguments[0] instanceof SemanticVersion
              || arguments[0] instanceof NamedValue;
      return atOnce ? 1 : COMPARISON.of(arguments, result);
    }
  },
  /** Adds numbers or lists for 1, strings for the length of both. */
  ADDITION {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return result instanceof String ? tenths(sizeOf(arguments[0]) + sizeOf(arguments[1])) : 1;
    }
  },
  /** Adds values whose types are known only now. */
  DYNAMIC_ADDITION {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return 1;
    }
  },
  /** Looks through a list, or into a map for 1. */
  MEMBERSHIP {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return arguments[1] instanceof List<?> list ? list.size() : 1;
    }
  },
  /** Runs the second argument, a regular expression, over the first. */
  MATCHING {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(1 + sizeOf(arguments[0])) * quarters(sizeOf(arguments[1]));
    }
  },
  /** Looks for the second argument everywhere in the first. */
  SUBSTRING {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(sizeOf(arguments[0])) * tenths(sizeOf(arguments[1]));
    }
  },
  /** Makes a list as long as the result. */
  NEW_LIST {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return NEW_LIST_COST + sizeOf(result);
    }
  },
  /** Makes a list of the first argument, going as deep as the second says. */
  FLATTENING {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      long depth = arguments.length > 1 && arguments[1] instanceof Long given ? given : 1;
      return NEW_LIST_COST + LongMath.saturatedMultiply(Math.max(0, depth), sizeOf(arguments[0]));
    }
  },
  /** Makes a list of the first argument, comparing each pair of its elements. */
  PAIRWISE {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return NEW_LIST_COST + pairs(arguments[0]);
    }
  },
  /** Makes a list, comparing each pair of the keys that are the last argument. */
  PAIRWISE_BY_KEYS {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return NEW_LIST_COST + pairs(arguments[1]);
    }
  },
  /** Looks for each element of one list in another. */
  SUBSET {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return 1 + sizeOf(arguments[0]) * sizeOf(arguments[1]);
    }
  },
  /** Looks for each element of two lists in the other. */
  EQUIVALENCE {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return 1 + 2 * sizeOf(arguments[0]) * sizeOf(arguments[1]);
    }
  },
  /** Runs the pattern of a format, the first argument, over the second. */
  VALIDATION {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      long pattern =
          arguments[0] instanceof NamedFormat format ? quarters(format.patternLength()) : 1;
      return tenths(1 + sizeOf(arguments[1])) * pattern;
    }
  },
  /** Compares a network with an address, reading what is still text. */
  NETWORK_OF_ADDRESS {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return tenths(2 * sizeOf(arguments[0])) + parsing(arguments[1]);
    }
  },
  /** Compares a network with another, reading what is still text. */
  NETWORK_OF_NETWORK {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      long size = sizeOf(arguments[0]);
      return tenths(2 * size) + tenths(size) + 1 + parsing(arguments[1]);
    }
  },
  /** Visits everything in the first argument. */
  TRAVERSAL {
    @Override
    long of(@Nullable Object[] arguments, Object result) {
      return traversal(arguments[0]);
    }
  };

  /** The base cost of a function that makes a list. */
  private static final int NEW_LIST_COST = 11;

  private static final ImmutableMap<String, CallCost> BY_FUNCTION =
      ImmutableMap.<String, CallCost>builder()
          .put(Operator.EQUALS.getFunction(), EQUALITY)
          .put(Operator.NOT_EQUALS.getFunction(), COMPARISON)
          .put("indexOf", TRAVERSAL)
          .put("lastIndexOf", TRAVERSAL)
          .put("includes", TRAVERSAL)
          .put("lowerAscii", READ_FIRST)
          .put("upperAscii", READ_FIRST)
          .put("substring", READ_FIRST)
          .put("trim", READ_FIRST)
          .put("quantity", READ_FIRST)
          .put("isQuantity", READ_FIRST)
          .put("semver", READ_FIRST)
          .put("isSemver", READ_FIRST)
          .put("replace", REWRITE_FIRST)
          .put("split", REWRITE_FIRST)
          .put("join", WRITE_RESULT)
          .put("url", READ_FIRST)
          .put("validate", VALIDATION)
          .put("isIP", READ_FIRST)
          .put("ip.isCanonical", REWRITE_FIRST)
          .put("cidr", READ_FIRST)
          .put("isCIDR", READ_FIRST)
          .put("containsIP", NETWORK_OF_ADDRESS)
          .put("containsCIDR", NETWORK_OF_NETWORK)
          .put("isSorted", TRAVERSAL)
          .put("sum", TRAVERSAL)
          .put("min", TRAVERSAL)
          .put("max", TRAVERSAL)
          .put("slice", NEW_LIST)
          .put("lists.range", NEW_LIST)
          .put("reverse", NEW_LIST)
          .put("flatten", FLATTENING)
          .put("distinct", PAIRWISE)
          .put("sort", PAIRWISE)
          .put("@sortByAssociatedKeys", PAIRWISE_BY_KEYS)
          .put("sets.contains", SUBSET)
          .put("sets.intersects", SUBSET)
          .put("sets.equivalent", EQUIVALENCE)
          .put("find", MATCHING)
          .put("findAll", MATCHING)
          .buildOrThrow();

  /** Counted only where the types, and so the overload, were known when compiled. */
  private static final ImmutableMap<String, CallCost> BY_OVERLOAD =
      ImmutableMap.<String, CallCost>builder()
          .put("add_string", ADDITION)
          .put("add_bytes", READ_FIRST)
          .put("add_list", ADDITION)
          .put("in_list", MEMBERSHIP)
          .put("less_string", COMPARISON)
          .put("less_equals_string", COMPARISON)
          .put("greater_string", COMPARISON)
          .put("greater_equals_string", COMPARISON)
          .put("less_bytes", COMPARISON)
          .put("less_equals_bytes", COMPARISON)
          .put("greater_bytes", COMPARISON)
          .put("greater_equals_bytes", COMPARISON)
          .put("starts_with_string", READ_FIRST)
          .put("ends_with_string", READ_FIRST)
          .put("string_to_bytes", READ_FIRST)
          .put("bytes_to_string", READ_FIRST)
          .put("strings_quote", READ_FIRST)
          .put("string_to_ip", READ_FIRST)
          .put("string_format", READ_FIRST)
          .put("matches", MATCHING)
          .put("matches_string", MATCHING)
          .put("contains_string", SUBSTRING)
          .buildOrThrow();

  /** Returns the rule of a call, or null where its cost is fixed. */
  static @Nullable CallCost of(CelCall call, List<String> overloads) {
    if (call.function().equals(Operator.IN.getFunction())
        && Constants.isConstant(call.args().get(1))) {
      return null;
    }
    CallCost byFunction = BY_FUNCTION.get(call.function());
    if (byFunction != null) {
      return byFunction;
    }
    if (overloads.size() == 1) {
      return BY_OVERLOAD.get(overloads.get(0));
    }
    return call.function().equals(Operator.ADD.getFunction()) ? DYNAMIC_ADDITION : null;
  }

  /** The cost of a call that has no rule. */
  static int fixed(CelCall call) {
    return switch (call.function()) {
      case "_&&_", "_||_", "or", "orValue" -> 0;
      case "@in" -> Constants.isConstant(call.args().get(1)) ? 0 : 1;
      default -> 1;
    };
  }

  /** The cost of one call. */
  abstract long of(@Nullable Object[] arguments, Object result);

  /** Two for each pair of elements, and a tenth more where they are strings or bytes. */
  private static long pairs(@Nullable Object list) {
    long pairs = sizeOf(list) * sizeOf(list);
    Object first = list instanceof List<?> elements && !elements.isEmpty() ? elements.get(0) : null;
    boolean hasText = first instanceof String || first instanceof CelByteString;
    return 2 * pairs + (hasText ? pairs / 10 : 0);
  }

  private static long tenths(long size) {
    return (size + 9) / 10;
  }

  private static long parsing(@Nullable Object address) {
    return address instanceof String text ? tenths(sizeOf(text)) : 0;
  }

  private static long quarters(long size) {
    return (size + 3) / 4;
  }

  /** The characters of a string, the elements of a list; 1 for what has no size. */
  private static long sizeOf(@Nullable Object value) {
    if (value instanceof String string) {
      return string.codePointCount(0, string.length());
    } else if (value instanceof List<?> list) {
      return list.size();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      return sizeOf(optional.get());
    } else if (value instanceof NamedValue named) {
      return named.size();
    }
    return value instanceof CelByteString bytes ? bytes.size() : 1;
  }

  private static long traversal(@Nullable Object value) {
    long cost = 0;
    if (value instanceof String string) {
      return string.codePointCount(0, string.length()) / 10;
    } else if (value instanceof List<?> list) {
      for (Object element : list) {
        cost += traversal(element);
      }
      return cost;
    } else if (value instanceof Map<?, ?> map) {
      for (var entry : map.entrySet()) {
        cost += traversal(entry.getKey()) + traversal(entry.getValue());
      }
      return cost;
    }
    return 1;
  }
}
