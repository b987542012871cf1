package io.tangram.api.topology;

import io.tangram.api.catalog.PciePath;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is known of how two devices of a node are joined. Rates are in MB/s (10<sup>6</sup> bytes a
 * second) and for one direction.
 *
 * @param nvLinks how many NVLinks join them, 0 if it is known that none does
 * @param nvLinkMbPerSecond what each of these carries, more than 0
 * @param path the way over PCIe, which is there besides NVLinks
 * @param pcieMbPerSecond what 16 lanes of their PCIe carry, more than 0
 */
public record Link(
    OptionalInt nvLinks,
    OptionalLong nvLinkMbPerSecond,
    Optional<PciePath> path,
    OptionalLong pcieMbPerSecond) {

  /** Nothing is known: that which two devices of one node have at worst. */
  public static final Link UNKNOWN =
      new Link(OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), OptionalLong.empty());

  private static final int NEAREST = 5;
  private static final int MOST_NV_LINKS = 100;
  private static final long MOST_MB_PER_SECOND = 1_000_000;

  /**
   * Makes a link.
   *
   * @throws IllegalArgumentException unless 0 &lt;= nvLinks &lt;= 100 and 0 &lt; rates &lt;=
   *     1,000,000
   */
  public Link {
    nvLinks.ifPresent(count -> require("NVLinks", count, 0, MOST_NV_LINKS));
    nvLinkMbPerSecond.ifPresent(rate -> require("MB/s of an NVLink", rate, 1, MOST_MB_PER_SECOND));
    pcieMbPerSecond.ifPresent(rate -> require("MB/s of PCIe", rate, 1, MOST_MB_PER_SECOND));
  }

  private static void require(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "A link has " + value + " " + what + "; give " + least + " to " + most + ".");
    }
  }

  /** Returns a link of which only the number of NVLinks is known. */
  public static Link ofNvLinks(int count) {
    return UNKNOWN.withNvLinks(count);
  }

  /** Returns a link of which only the way over PCIe is known. */
  public static Link ofPath(PciePath path) {
    return UNKNOWN.withPath(path);
  }

  /**
   * Returns the rates that follow from what the two devices are.
   *
   * @param architectures those that are known of them; of several that differ nothing follows
   */
  static Link ofArchitectures(Set<String> architectures) {
    Link rates = UNKNOWN;
    if (architectures.size() == 1) {
      String architecture = architectures.iterator().next();
      Optional<PcieGeneration> pcie = PcieGeneration.ofArchitecture(architecture);
      Optional<NvLinkGeneration> nvLink = NvLinkGeneration.ofArchitecture(architecture);
      rates = pcie.isEmpty() ? rates : rates.withPcieMbPerSecond(pcie.get().mbPerSecond());
      rates = nvLink.isEmpty() ? rates : rates.withNvLinkMbPerSecond(nvLink.get().mbPerSecond());
    }
    return rates;
  }

  /** Returns this link with so many NVLinks. */
  public Link withNvLinks(int count) {
    return new Link(OptionalInt.of(count), nvLinkMbPerSecond, path, pcieMbPerSecond);
  }

  /** Returns this link with NVLinks of this rate, in MB/s in one direction. */
  public Link withNvLinkMbPerSecond(long rate) {
    return new Link(nvLinks, OptionalLong.of(rate), path, pcieMbPerSecond);
  }

  /** Returns this link with this way over PCIe. */
  public Link withPath(PciePath way) {
    return new Link(nvLinks, nvLinkMbPerSecond, Optional.of(way), pcieMbPerSecond);
  }

  /** Returns this link with PCIe of this rate, in MB/s in one direction for 16 lanes. */
  public Link withPcieMbPerSecond(long rate) {
    return new Link(nvLinks, nvLinkMbPerSecond, path, OptionalLong.of(rate));
  }

  /** Returns this link with what only the other one knows. */
  public Link completedBy(Link other) {
    return new Link(
        nvLinks.isPresent() ? nvLinks : other.nvLinks,
        nvLinkMbPerSecond.isPresent() ? nvLinkMbPerSecond : other.nvLinkMbPerSecond,
        path.isPresent() ? path : other.path,
        pcieMbPerSecond.isPresent() ? pcieMbPerSecond : other.pcieMbPerSecond);
  }

  /** The nearest that joins the two; {@link LinkKind#SYS} if nothing is known. */
  public LinkKind kind() {
    return nvLinks.orElse(0) > 0 ? LinkKind.NVLINK : LinkKind.of(knownPath());
  }

  /** The way over PCIe; the longest if it is not known, since that is always there. */
  private PciePath knownPath() {
    return path.orElse(PciePath.SYS);
  }

  /**
   * How near the two are over PCIe: 5 for {@link PciePath#PIX}, 4 for {@link PciePath#PXB}, 3 for
   * {@link PciePath#PHB}, 2 for {@link PciePath#NODE}, 1 for {@link PciePath#SYS} and what is not
   * known.
   */
  public int nearness() {
    return switch (knownPath()) {
      case PIX -> NEAREST;
      case PXB -> 4;
      case PHB -> 3;
      case NODE -> 2;
      case SYS -> 1;
    };
  }

  /** The generation of the NVLinks, by their rate, if that is one of a generation. */
  public Optional<NvLinkGeneration> nvLinkGeneration() {
    return nvLinkMbPerSecond.isPresent()
        ? NvLinkGeneration.ofRate(nvLinkMbPerSecond.getAsLong())
        : Optional.empty();
  }

  /**
   * What the two can send each other in one direction, in MB/s: over all of their NVLinks, or over
   * PCIe if there are none; not the sum, since a copy takes one of them.
   *
   * <p>Sources rank the ways over PCIe and give no numbers for the longer ones. These count as
   * shares of the rate of 16 lanes: as many fifths as the {@linkplain #nearness nearness} is, for
   * which NVIDIA's best-effort policy (go-gpuallocator) has as many tens of points. That keeps
   * their rank; it is no measurement.
   *
   * <p>Without a rate NVLinks count as those of generation 2, the slowest for which there is a
   * source, and PCIe as that of generation 3. NVLinks never count less than PCIe of the shortest
   * way: what is of a nearer kind is never slower.
   */
  public long mbPerSecond() {
    long pcie = pcieMbPerSecond.orElse(PcieGeneration.GEN3.mbPerSecond());
    if (kind() != LinkKind.NVLINK) {
      return pcie * nearness() / NEAREST;
    }
    long each = nvLinkMbPerSecond.orElse(NvLinkGeneration.V2.mbPerSecond());
    return Math.max(nvLinks.orElse(0) * each, pcie);
  }

  /** Returns the kind, how many NVLinks there are, and the rate, as {@code NV2 50000 MB/s}. */
  @Override
  public String toString() {
    String kind = kind() == LinkKind.NVLINK ? "NV" + nvLinks.orElse(0) : kind().name();
    return kind + " " + mbPerSecond() + " MB/s";
  }
}
