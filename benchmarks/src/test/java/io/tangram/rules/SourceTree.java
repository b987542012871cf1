package io.tangram.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sources of the project's modules. */
final class SourceTree {

  private static final List<String> MODULES =
      List.of("allocator-api", "allocator-solver", "allocator-k8s-adapter", "benchmarks");

  /** The folder of the project; tests run in that of their module. */
  private final Path root;

  SourceTree(Path root) {
    this.root = root;
  }

  /** The folder of the module with the class, of production code or of tests. */
  Path module(String className, String sources) {
    return MODULES.stream()
        .map(root::resolve)
        .filter(module -> Files.exists(file(module, className, sources)))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("No module has " + sources + " of " + className));
  }

  /** The text of a class, of production code ({@code main}) or of tests ({@code test}). */
  String text(String className, String sources) {
    try {
      return Files.readString(file(module(className, sources), className, sources));
    } catch (IOException e) {
      throw new IllegalStateException("The source of " + className + " can't be read.", e);
    }
  }

  private static Path file(Path module, String className, String sources) {
    return module.resolve(
        Path.of("src", sources, "java", className.replace('.', '/').concat(".java")));
  }
}
