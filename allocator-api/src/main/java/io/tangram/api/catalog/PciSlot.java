package io.tangram.api.catalog;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a device sits in its machine.
 *
 * @param busId its PCI address, as {@code 0000:18:00.0}
 * @param root its PCIe root complex, as {@code pci0000:17}
 * @param numaNode its NUMA node
 */
public record PciSlot(Optional<String> busId, Optional<String> root, OptionalInt numaNode) {

  /** Nothing is known of the place. */
  public static final PciSlot UNKNOWN =
      new PciSlot(Optional.empty(), Optional.empty(), OptionalInt.empty());

  private static final int MOST_ROOTS = 15;
  private static final int BUSES_OF_A_ROOT = 16;

  /**
   * Makes up addresses for a device of which only the grouping matters.
   *
   * @param root which root complex, from 0 to 14
   * @param position which of the devices on it, from 0 to 14
   * @param numaNode its NUMA node
   * @throws IllegalArgumentException if root or position is out of range
   */
  public static PciSlot onRoot(int root, int position, OptionalInt numaNode) {
    if (root < 0 || root >= MOST_ROOTS || position < 0 || position >= BUSES_OF_A_ROOT - 1) {
      throw new IllegalArgumentException(
          "There is no device "
              + position
              + " on PCIe root "
              + root
              + "; both count from 0 to "
              + (MOST_ROOTS - 1)
              + ".");
    }
    int bus = (root + 1) * BUSES_OF_A_ROOT;
    return new PciSlot(
        Optional.of(String.format("0000:%02x:00.0", bus + 1 + position)),
        Optional.of(String.format("pci0000:%02x", bus)),
        numaNode);
  }
}
