package io.tangram.k8s.cel;

import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.StringFunction.StringOverload;
import java.util.List;
import java.util.Map;

/**
 * The standard functions at run time. Most are the library's. Equality, membership and indices are
 * Kubernetes' (R44, R47); regular expressions are bounded; doubles become text as in Go.
 */
final class StandardFunctions implements CelRuntimeLibrary {

  /** Those of the library that are kept. */
  static CelStandardFunctions kept() {
    return CelStandardFunctions.newBuilder()
        .filterFunctions(
            (function, overload) ->
                switch (function) {
                  case EQUALS, NOT_EQUALS, IN, INDEX, MATCHES -> false;
                  case STRING -> !overload.equals(StringOverload.DOUBLE_TO_STRING);
                  default -> true;
                })
        .build();
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from("equals", Object.class, Object.class, StandardFunctions::equal),
        CelFunctionBinding.from(
            "not_equals",
            Object.class,
            Object.class,
            (left, right) -> Equality.compare(left, right) != Equality.Verdict.EQUAL),
        CelFunctionBinding.from(
            "in_list",
            Object.class,
            List.class,
            (value, list) -> Equality.contains((List<?>) list, value)),
        CelFunctionBinding.from(
            "in_map", Object.class, Map.class, (key, map) -> Lookup.contains((Map<?, ?>) map, key)),
        CelFunctionBinding.from(
            "index_list",
            List.class,
            Number.class,
            (list, index) -> Lookup.get((List<?>) list, index)),
        CelFunctionBinding.from(
            "index_map", Map.class, Object.class, (map, key) -> Lookup.get((Map<?, ?>) map, key)),
        CelFunctionBinding.from("matches", String.class, String.class, RegularExpressions::matches),
        CelFunctionBinding.from(
            "matches_string", String.class, String.class, RegularExpressions::matches),
        CelFunctionBinding.from("double_to_string", Double.class, GoText::shortest));
  }

  private static boolean equal(Object left, Object right) {
    Equality.Verdict verdict = Equality.compare(left, right);
    if (verdict == Equality.Verdict.NO_OVERLOAD) {
      throw CelFailure.noSuchOverload("_==_", left, right);
    }
    return verdict == Equality.Verdict.EQUAL;
  }
}
