package io.tangram.k8s.cel;

import com.google.common.net.InetAddresses;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * An IP address as Kubernetes takes it: no zone, and no address of version 4 in one of version 6.
 *
 * @param address the address
 */
record IpAddress(InetAddress address) implements NamedValue {

  static final String TYPE_NAME = "net.IP";

  /** What expressions call by that name. */
  static final CelType TYPE = OpaqueType.create(TYPE_NAME);

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static IpAddress parse(String text) {
    if (text.indexOf('%') >= 0) {
      throw new IllegalArgumentException(
          "IP address \"" + text + "\" with zone value is not allowed");
    }
    if (!InetAddresses.isInetAddress(text)) {
      throw new IllegalArgumentException("IP Address \"" + text + "\" parse error");
    }
    InetAddress address = InetAddresses.forString(text);
    if (address instanceof Inet4Address && text.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
    }
    return new IpAddress(address);
  }

  /** The version, 4 or 6. */
  long family() {
    return address instanceof Inet4Address ? 4 : 6;
  }

  /** Whether it is unicast and valid beyond a link; private addresses are. */
  boolean isGlobalUnicast() {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !address.isLinkLocalAddress()
        && !InetAddresses.toAddrString(address).equals("255.255.255.255");
  }

  @Override
  public String typeName() {
    return TYPE_NAME;
  }

  /** The number of bytes. */
  @Override
  public long size() {
    return address.getAddress().length;
  }

  /** Returns the canonical form. */
  @Override
  public String toString() {
    return InetAddresses.toAddrString(address);
  }
}
