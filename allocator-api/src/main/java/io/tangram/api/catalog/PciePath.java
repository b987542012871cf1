package io.tangram.api.catalog;

/**
 * How PCIe joins two devices, in the words of {@code nvidia-smi topo -m}, from near to far. How far
 * is what {@link #compareTo} says.
 */
public enum PciePath {
  /** At most one PCIe bridge. */
  PIX("at most one PCIe bridge"),
  /** Several PCIe bridges, but no host bridge. */
  PXB("several PCIe bridges, no host bridge"),
  /** A PCIe host bridge, which is that of a processor. */
  PHB("through a PCIe host bridge (the processor)"),
  /** Host bridges inside one NUMA node. */
  NODE("between host bridges inside one NUMA node"),
  /** The interconnect of the sockets. */
  SYS("across the interconnect of the sockets");

  private final String meaning;

  PciePath(String meaning) {
    this.meaning = meaning;
  }

  /** What the word means, for people. */
  public String meaning() {
    return meaning;
  }
}
