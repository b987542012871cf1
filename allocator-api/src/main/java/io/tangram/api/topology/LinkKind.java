package io.tangram.api.topology;

import io.tangram.api.catalog.PciePath;

/**
 * What joins two devices of a node, from near to far: NVLinks, else the way over PCIe. The words
 * and their rank are those of {@code nvidia-smi topo -m}.
 */
public enum LinkKind {
  /** One or more NVLinks, directly or through switches. */
  NVLINK,
  /** {@link PciePath#PIX}. */
  PIX,
  /** {@link PciePath#PXB}. */
  PXB,
  /** {@link PciePath#PHB}. */
  PHB,
  /** {@link PciePath#NODE}. */
  NODE,
  /** {@link PciePath#SYS}. */
  SYS;

  /** Returns the kind of a link that is this way over PCIe. */
  public static LinkKind of(PciePath path) {
    return switch (path) {
      case PIX -> PIX;
      case PXB -> PXB;
      case PHB -> PHB;
      case NODE -> NODE;
      case SYS -> SYS;
    };
  }
}
