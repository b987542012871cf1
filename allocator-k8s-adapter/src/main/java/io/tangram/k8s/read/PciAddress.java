package io.tangram.k8s.read;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a device is on PCIe; in the order in which {@code nvidia-smi} numbers GPUs.
 *
 * @param domain the domain
 * @param bus the bus in it
 * @param slot the device on the bus
 * @param function the function of the device
 */
record PciAddress(int domain, int bus, int slot, int function) implements Comparable<PciAddress> {

  private static final Pattern TEXT =
      Pattern.compile("(?:0{0,4}([0-9a-fA-F]{4}):)([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\\.([0-7])");
  private static final Comparator<PciAddress> ORDER =
      Comparator.comparingInt(PciAddress::domain)
          .thenComparingInt(PciAddress::bus)
          .thenComparingInt(PciAddress::slot)
          .thenComparingInt(PciAddress::function);

  private static final int HEXADECIMAL = 16;

  /** Returns the address that a text is, such as {@code 0000:4e:00.0}, if it is one. */
  static Optional<PciAddress> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new PciAddress(
                number(parts.group(1)),
                number(parts.group(2)),
                number(parts.group(3)),
                number(parts.group(4))))
        : Optional.empty();
  }

  private static int number(String text) {
    return Integer.parseInt(text, HEXADECIMAL);
  }

  @Override
  public int compareTo(PciAddress other) {
    return ORDER.compare(this, other);
  }
}
