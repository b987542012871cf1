package io.tangram.api.topology;

import java.util.Arrays;
import java.util.Optional;

/**
 * A generation of NVLink: how many links a GPU has, and what one carries in one direction.
 *
 * <p>The rates are those that drivers report: a little above the round numbers of data sheets,
 * which are for both directions (600 GB/s of an A100: 12 links with 25 GB/s each way). No source of
 * the catalogue gives that of the first generation; 20 GB/s is the data sheet's.
 */
public enum NvLinkGeneration {
  /** P100. */
  V1(4, 20_000),
  /** V100, and with two of the links Turing. */
  V2(6, 25_000),
  /** A100; an A800 has 8 of the links. */
  V3(12, 25_780),
  /** H100 and H200. */
  V4(18, 26_560),
  /** Blackwell GPUs. */
  V5(18, 53_125);

  private final int links;
  private final long mbPerSecond;

  NvLinkGeneration(int links, long mbPerSecond) {
    this.links = links;
    this.mbPerSecond = mbPerSecond;
  }

  /** How many links a GPU of this generation has, if none is cut off. */
  public int links() {
    return links;
  }

  /** What one link carries in one direction, in MB/s. */
  public long mbPerSecond() {
    return mbPerSecond;
  }

  /**
   * Returns the generation whose links GPUs of an architecture have, if they have any.
   *
   * @param architecture as the driver names it, such as {@code Hopper}
   */
  public static Optional<NvLinkGeneration> ofArchitecture(String architecture) {
    return switch (architecture) {
      case "Pascal" -> Optional.of(V1);
      case "Volta", "Turing" -> Optional.of(V2);
      case "Ampere" -> Optional.of(V3);
      case "Hopper" -> Optional.of(V4);
      case "Blackwell", "Blackwell Ultra" -> Optional.of(V5);
      default -> Optional.empty();
    };
  }

  /**
   * Returns the generation whose links have a rate, if any does.
   *
   * @param mbPerSecond what one link carries in one direction, in MB/s
   */
  static Optional<NvLinkGeneration> ofRate(long mbPerSecond) {
    return Arrays.stream(values()).filter(each -> each.mbPerSecond == mbPerSecond).findFirst();
  }
}
