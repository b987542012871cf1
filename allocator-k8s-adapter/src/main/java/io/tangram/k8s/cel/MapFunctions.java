package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelComprehensionsExtensions;
import dev.cel.parser.CelParserBuilder;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The macros of two variables ({@code all(i, v, ...)}, {@code transformMap(k, v, ...)} and so on;
 * section 4.2 of the rules). They are the library's; what they call is bound here, where it is
 * bounded.
 */
final class MapFunctions implements CelCompilerLibrary, CelRuntimeLibrary {

  private final CelComprehensionsExtensions library;

  MapFunctions(CelComprehensionsExtensions library) {
    this.library = library;
  }

  @Override
  public void setParserOptions(CelParserBuilder parser) {
    library.setParserOptions(parser);
  }

  @Override
  public void setCheckerOptions(CelCheckerBuilder checker) {
    library.setCheckerOptions(checker);
  }

  @Override
  public void setRuntimeOptions(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(
            "cel_@mapInsert_map_map",
            Map.class,
            Map.class,
            (map, added) -> merged((Map<?, ?>) map, (Map<?, ?>) added)),
        CelFunctionBinding.from(
            "cel_@mapInsert_map_key_value",
            ImmutableList.of(Map.class, Object.class, Object.class),
            given -> merged((Map<?, ?>) given[0], Map.of(given[1], given[2]))));
  }

  private static Map<Object, Object> merged(Map<?, ?> map, Map<?, ?> added) {
    EvaluationMeter.work(EvaluationMeter.ELEMENT * ((long) map.size() + added.size()));
    Map<Object, Object> merged = new LinkedHashMap<>(map);
    added.forEach(
        (key, value) -> {
          if (Lookup.find(merged, key).isPresent()) {
            throw new CelFailure("insert failed: key " + key + " already exists");
          }
          merged.put(key, value);
        });
    return merged;
  }
}
