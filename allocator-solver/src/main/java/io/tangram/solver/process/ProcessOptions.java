package io.tangram.solver.process;

import java.nio.file.Path;
import org.immutables.value.Value;

/**
 * What the child processes of an allocator are like. By default they run this process's Java on its
 * class path.
 */
@Value.Immutable
public interface ProcessOptions {

  /** The defaults. */
  ProcessOptions DEFAULTS = builder().build();

  /** The Java to run, 17 or later: by default the one that runs this process. */
  @Value.Default
  default Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * The class path, with this library, OR-Tools and what they need: by default the system property
   * {@code java.class.path}. Where a class loader of the application's own has loaded this library,
   * the class path has to be given.
   */
  @Value.Default
  default String classPath() {
    return System.getProperty("java.class.path", "");
  }

  /**
   * The largest Java heap of a child in MiB. It holds a model on its way to the solver, whose own
   * memory is outside of it; a child takes no more of it than its models need.
   */
  @Value.Default
  default int heapMebibytes() {
    return 1024;
  }

  /**
   * How many children wait for the next search when there is none; more may search at a time. By
   * default one for each processor.
   */
  @Value.Default
  default int idleProcesses() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Refuses impossible options.
   *
   * @throws IllegalArgumentException if the class path is empty, the heap has less than 16 MiB, or
   *     the number of idle processes is negative
   */
  @Value.Check
  default void check() {
    require(!classPath().isEmpty(), "The class path is empty; say where this library is.");
    require(
        heapMebibytes() >= 16, "The heap has " + heapMebibytes() + " MiB; at least 16 are needed.");
    require(idleProcesses() >= 0, idleProcesses() + " processes wait; at least 0 are needed.");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns a builder that starts from the defaults. */
  static ImmutableProcessOptions.Builder builder() {
    return ImmutableProcessOptions.builder();
  }
}
