package io.tangram.api.topology;

import java.util.Optional;

/**
 * A generation of PCIe, and what it carries between two devices with 16 lanes each, in one
 * direction.
 *
 * <p>Sources give 16 GB/s for generation 3; each generation doubles it.
 */
public enum PcieGeneration {
  /** That of machines with Pascal, Volta and Turing GPUs. */
  GEN3(16_000),
  /** That of machines with Ampere and Ada GPUs. */
  GEN4(32_000),
  /** That of machines with Hopper and Blackwell GPUs. */
  GEN5(64_000);

  private final long mbPerSecond;

  PcieGeneration(long mbPerSecond) {
    this.mbPerSecond = mbPerSecond;
  }

  /** What 16 lanes carry in one direction, in MB/s. */
  public long mbPerSecond() {
    return mbPerSecond;
  }

  /**
   * Returns the generation that GPUs of an architecture have.
   *
   * @param architecture as the driver names it, such as {@code Hopper}
   */
  public static Optional<PcieGeneration> ofArchitecture(String architecture) {
    return switch (architecture) {
      case "Pascal", "Volta", "Turing" -> Optional.of(GEN3);
      case "Ampere", "Ada Lovelace" -> Optional.of(GEN4);
      case "Hopper", "Blackwell", "Blackwell Ultra" -> Optional.of(GEN5);
      default -> Optional.empty();
    };
  }
}
