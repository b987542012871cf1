package io.tangram.solver.cpsat;

import com.google.ortools.sat.SatParameters;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * How CP-SAT searches. With the {@linkplain #defaults() defaults} the same model gives the same
 * answer in every run, as long as no wall-clock limit ends the search.
 */
@Value.Immutable
public interface CpParameters {

  /** Threads inside one solve; more than one is not repeatable. */
  @Value.Default
  default int searchWorkers() {
    return 1;
  }

  /** The seed; folded to the 31 bits that OR-Tools takes. */
  @Value.Default
  default long seed() {
    return 1;
  }

  /** A limit in the solver's deterministic seconds; none where absent. */
  OptionalDouble deterministicLimit();

  /** The gap |bound - objective| / max(1, |objective|) at which to stop; 0 asks for proof. */
  @Value.Default
  default double relativeGap() {
    return 0;
  }

  /** 0 for no linear relaxation, 1 for a light one, 2 for a full one. */
  @Value.Default
  default int linearizationLevel() {
    return 1;
  }

  /** Whether the model is simplified first. */
  @Value.Default
  default boolean presolve() {
    return true;
  }

  /** Whether any solution will do. */
  @Value.Default
  default boolean stopAtFirstSolution() {
    return false;
  }

  /** Whether only solutions count that agree with the hint, as far as it goes. */
  @Value.Default
  default boolean keepsToHint() {
    return false;
  }

  /**
   * How much memory outside the Java heap a solve may add to the process, in MiB. Watched on Linux
   * only; the solve then ends as if its time were over.
   */
  @Value.Default
  default int memoryMebibytes() {
    return 4096;
  }

  /** How large a model may be in its serialized form, in MiB. */
  @Value.Default
  default int modelMebibytes() {
    return 512;
  }

  /**
   * Refuses impossible parameters.
   *
   * @throws IllegalArgumentException if searchWorkers, the deterministic limit or a size is not
   *     positive, the model size is not below 2048 MiB, the gap is not in [0, 1], or the
   *     linearization level is not 0, 1 or 2
   */
  @Value.Check
  default void check() {
    require(searchWorkers() > 0, "searchWorkers", searchWorkers(), "at least 1");
    require(
        deterministicLimit().orElse(1) > 0, "deterministicLimit", deterministicLimit(), "positive");
    require(relativeGap() >= 0 && relativeGap() <= 1, "relativeGap", relativeGap(), "in [0, 1]");
    require(
        linearizationLevel() >= 0 && linearizationLevel() <= 2,
        "linearizationLevel",
        linearizationLevel(),
        "0, 1 or 2");
    require(memoryMebibytes() > 0, "memoryMebibytes", memoryMebibytes(), "positive");
    require(
        modelMebibytes() > 0 && modelMebibytes() < 2048,
        "modelMebibytes",
        modelMebibytes(),
        "in [1, 2047]");
  }

  private static void require(boolean condition, String name, Object value, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + rule + ".");
    }
  }

  /** Returns the defaults; their {@code with} methods give others. */
  static ImmutableCpParameters defaults() {
    return builder().build();
  }

  /** Returns a builder that starts from the defaults. */
  static ImmutableCpParameters.Builder builder() {
    return ImmutableCpParameters.builder();
  }

  /** Returns the parameters as a {@link CpHost} takes them. */
  default SatParameters toProto() {
    SatParameters.Builder proto =
        SatParameters.newBuilder()
            .setNumWorkers(searchWorkers())
            // The owner of the process handles its signals; OR-Tools' handler aborts the JVM.
            .setCatchSigintSignal(false)
            .setRandomSeed((int) (seed() ^ (seed() >>> 32)) & Integer.MAX_VALUE)
            .setRelativeGapLimit(relativeGap())
            .setLinearizationLevel(linearizationLevel())
            .setCpModelPresolve(presolve())
            .setStopAfterFirstSolution(stopAtFirstSolution())
            .setFixVariablesToTheirHintedValue(keepsToHint())
            .setMaxMemoryInMb(memoryMebibytes());
    deterministicLimit().ifPresent(proto::setMaxDeterministicTime);
    return proto.build();
  }
}
