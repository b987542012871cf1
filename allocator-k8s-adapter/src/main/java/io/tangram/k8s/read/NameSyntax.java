package io.tangram.k8s.read;

import com.google.common.base.Ascii;

/** The kinds of names that Kubernetes knows. */
public enum NameSyntax {
  /** At most 63 of a-z, 0-9 and inner hyphens. */
  LABEL("a DNS label: at most 63 lower-case letters, digits and inner hyphens"),
  /** Labels with dots between, at most 253 characters. */
  SUBDOMAIN("a DNS subdomain: at most 253 lower-case letters, digits, inner hyphens and dots"),
  /** A subdomain of at most 63 characters, in any case. */
  DRIVER("a driver's name: a DNS subdomain of at most 63 characters"),
  /** Subdomains with slashes between, at most 253 characters. */
  POOL("a pool's name: DNS subdomains joined by /, at most 253 characters"),
  /** {@code id} or {@code domain/id} (R25); a name with more slashes is not looked at (R26). */
  QUALIFIED(
      "a qualified name: an identifier of at most 32 characters, or a domain, / and an identifier"),
  /** {@code name} or {@code subdomain/name}. */
  LABEL_KEY("a label's key: name or subdomain/name"),
  /** Empty, or at most 63 of letters, digits and inner {@code -_.}. */
  LABEL_VALUE("a label's value: at most 63 letters, digits and inner -_.");

  private static final int LABEL_MAX = 63;
  private static final int SUBDOMAIN_MAX = 253;
  private static final int DRIVER_MAX = 63;
  private static final int ID_MAX = 32;

  private final String description;

  NameSyntax(String description) {
    this.description = description;
  }

  /** What such a name is, for messages. */
  public String description() {
    return description;
  }

  /** Returns whether the name is one of this kind. */
  public boolean accepts(String name) {
    return switch (this) {
      case LABEL -> isLabel(name);
      case SUBDOMAIN -> isSubdomain(name);
      case DRIVER -> isDriver(name);
      case POOL -> isPool(name);
      case QUALIFIED -> isQualified(name);
      case LABEL_KEY -> isLabelKey(name);
      case LABEL_VALUE -> isLabelValue(name);
    };
  }

  private static boolean isLabel(String name) {
    return name.length() <= LABEL_MAX && isSubdomainPart(name, 0, name.length());
  }

  private static boolean isSubdomainPart(String name, int from, int to) {
    if (from >= to || name.charAt(from) == '-' || name.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = name.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !isDigit(c) && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isSubdomain(String name) {
    if (name.length() > SUBDOMAIN_MAX) {
      return false;
    }
    int from = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      if (!isSubdomainPart(name, from, dot)) {
        return false;
      }
      from = dot + 1;
    }
    return isSubdomainPart(name, from, name.length());
  }

  private static boolean isDriver(String name) {
    return name.length() <= DRIVER_MAX && isSubdomain(asciiLowerCase(name));
  }

  private static String asciiLowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (isUpper(name.charAt(i))) {
        return Ascii.toLowerCase(name);
      }
    }
    return name;
  }

  private static boolean isPool(String name) {
    if (name.length() > SUBDOMAIN_MAX) {
      return false;
    }
    for (String part : name.split("/", -1)) {
      if (!isSubdomain(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isQualified(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      return isIdentifier(name);
    }
    return slash != name.lastIndexOf('/')
        ? slash > 0
        : isDriver(name.substring(0, slash)) && isIdentifier(name.substring(slash + 1));
  }

  private static boolean isIdentifier(String id) {
    if (id.isEmpty() || id.length() > ID_MAX || isDigit(id.charAt(0))) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!isLetter(c) && !isDigit(c) && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabelKey(String key) {
    int slash = key.indexOf('/');
    return (slash < 0 || isSubdomain(key.substring(0, slash)))
        && !key.substring(slash + 1).isEmpty()
        && isLabelValue(key.substring(slash + 1));
  }

  private static boolean isLabelValue(String value) {
    if (value.isEmpty()) {
      return true;
    }
    if (value.length() > LABEL_MAX
        || !isAlphanumeric(value.charAt(0))
        || !isAlphanumeric(value.charAt(value.length() - 1))) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || isUpper(c);
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
