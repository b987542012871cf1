package io.tangram.k8s.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network, perhaps with an address in it.
 *
 * @param ip the address
 * @param prefixLength how many of its bits name the network
 */
record Cidr(IpAddress ip, int prefixLength) implements NamedValue {

  static final String TYPE_NAME = "net.CIDR";

  /** What expressions call by that name. */
  static final CelType TYPE = OpaqueType.create(TYPE_NAME);

  private static final Pattern TEXT = Pattern.compile("([^/]*)/(0|[1-9][0-9]{0,2})");

  /**
   * Reads a network in the form {@code address/bits}.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Cidr parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "network address parse error during conversion from string: \"" + text + "\"");
    }
    IpAddress ip = IpAddress.parse(parts.group(1));
    int bits = Integer.parseInt(parts.group(2));
    if (bits > Byte.SIZE * ip.size()) {
      throw new IllegalArgumentException(
          "network address parse error during conversion from string: prefix length out of range");
    }
    return new Cidr(ip, bits);
  }

  /** Returns the network with all other bits 0. */
  Cidr masked() {
    byte[] bytes = ip.address().getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, prefixLength - Byte.SIZE * i));
      bytes[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    return new Cidr(new IpAddress(address(bytes)), prefixLength);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes.", e);
    }
  }

  /** Whether the address is in the network. */
  boolean contains(IpAddress other) {
    return ip.size() == other.size() && masked().equals(new Cidr(other, prefixLength).masked());
  }

  /** Whether all of the other network is in this one. */
  boolean contains(Cidr other) {
    return prefixLength <= other.prefixLength && contains(other.ip);
  }

  @Override
  public String typeName() {
    return TYPE_NAME;
  }

  /** The number of bytes that the prefix touches. */
  @Override
  public long size() {
    return ((long) prefixLength + Byte.SIZE - 1) / Byte.SIZE;
  }

  @Override
  public String toString() {
    return ip + "/" + prefixLength;
  }
}
