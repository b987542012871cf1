package io.tangram.k8s.cel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How the parts of a URL are escaped, as Go's {@code net/url} does it. */
enum PercentEncoding {
  USER("$&+,;=", ""),
  HOST("!$&'()*+,;=:[]<>\"", ""),
  /** What follows the percent sign in an address of version 6. */
  ZONE("!$&'()*+,;=:[]<>\"", ""),
  PATH("$&+,/:;=@", "!'()*[]"),
  QUERY("", ""),
  FRAGMENT("$&+,/:;=?@!()*", "'[]");

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

  private static final String DIGITS = "0123456789ABCDEF";

  private final String plain;
  private final String tolerated;

  /**
   * Creates an encoding.
   *
   * @param plain what is not escaped, beside letters, digits and some marks
   * @param tolerated what would be escaped, but may also stand as it is
   */
  PercentEncoding(String plain, String tolerated) {
    this.plain = plain;
    this.tolerated = tolerated;
  }

  private boolean isPlain(int c) {
    return UNRESERVED.indexOf(c) >= 0 || plain.indexOf(c) >= 0;
  }

  /** Keeps a text if all in it is escaped as it must be, else escapes it anew. */
  String normalized(String text) {
    String decoded = decode(text);
    boolean isEscaped =
        text.chars().allMatch(c -> c == '%' || isPlain(c) || tolerated.indexOf(c) >= 0);
    return isEscaped ? text : encode(decoded);
  }

  /** Returns the text with all escaped that is not plain. */
  String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      int c = each & 0xFF;
      if (isPlain(c)) {
        encoded.append((char) c);
      } else {
        encoded.append('%').append(DIGITS.charAt(c >> 4)).append(DIGITS.charAt(c & 0xF));
      }
    }
    return encoded.toString();
  }

  /**
   * Returns the text with nothing escaped.
   *
   * @throws IllegalArgumentException if a percent sign does not start an escape, or in a host, for
   *     a character that may not be there
   */
  String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xFF;
      if (c == '%') {
        c = escaped(bytes, i);
        i += 2;
      } else if (isOfHost() && c < 0x80 && !isPlain(c)) {
        throw new IllegalArgumentException("invalid character \"" + (char) c + "\" in host name");
      }
      decoded.write(c);
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private boolean isOfHost() {
    return this == HOST || this == ZONE;
  }

  /** The byte behind the percent sign. In hosts, only few may be escaped. */
  private int escaped(byte[] bytes, int percent) {
    int high = percent + 2 < bytes.length ? Character.digit(bytes[percent + 1], 16) : -1;
    int low = high < 0 ? -1 : Character.digit(bytes[percent + 2], 16);
    int c = high * 16 + low;
    boolean isAllowed =
        switch (this) {
          case HOST -> c >= 0x80 || c == '%';
          case ZONE -> c == '%' || c == ' ' || isPlain(c);
          default -> true;
        };
    if (low < 0 || !isAllowed) {
      throw new IllegalArgumentException("invalid URL escape at byte " + (percent + 1));
    }
    return c;
  }
}
