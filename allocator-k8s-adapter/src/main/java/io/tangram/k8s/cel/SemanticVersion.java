package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.errorprone.annotations.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version 2.0.0 as the selectors of Kubernetes read and compare it: by precedence, build
 * metadata left aside (R33). Numbers have up to 64 bits, unsigned.
 *
 * @see <a href="https://semver.org">semver.org</a>
 */
@Immutable
final class SemanticVersion implements Comparable<SemanticVersion> {

  private final String text;
  private final long major;
  private final long minor;
  private final long patch;
  private final ImmutableList<String> prerelease;

  private SemanticVersion(
      String text, long major, long minor, long patch, ImmutableList<String> prerelease) {
    this.text = text;
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.prerelease = prerelease;
  }

  /**
   * Reads a version.
   *
   * @throws IllegalArgumentException if the text is not {@code major.minor.patch} without leading
   *     zeros, with optional prerelease and build metadata
   */
  static SemanticVersion parse(String text) {
    List<String> parts = split(text);
    if (parts.size() != 3) {
      throw malformed(text, "it does not have the form major.minor.patch");
    }
    String last = parts.get(2);
    int plus = last.indexOf('+');
    if (plus >= 0) {
      checkBuild(text, last.substring(plus + 1));
      last = last.substring(0, plus);
    }
    int dash = last.indexOf('-');
    ImmutableList<String> prerelease =
        dash < 0 ? ImmutableList.of() : prerelease(text, last.substring(dash + 1));
    return new SemanticVersion(
        text,
        number(text, parts.get(0)),
        number(text, parts.get(1)),
        number(text, dash < 0 ? last : last.substring(0, dash)),
        prerelease);
  }

  /**
   * Reads a version with what people leave out or add: a leading {@code v}, missing minor and patch
   * numbers, leading zeros.
   *
   * @throws IllegalArgumentException if it is no version even so, or a short one with a prerelease
   *     or build metadata
   */
  static SemanticVersion parseNormalized(String text) {
    List<String> parts = Lists.newArrayList(split(text.startsWith("v") ? text.substring(1) : text));
    parts.replaceAll(SemanticVersion::withoutLeadingZeros);
    if (parts.size() < 3) {
      String last = parts.get(parts.size() - 1);
      if (last.indexOf('+') >= 0 || last.indexOf('-') >= 0) {
        throw malformed(text, "a short version has no prerelease and no build metadata");
      }
      while (parts.size() < 3) {
        parts.add("0");
      }
    }
    return parse(String.join(".", parts));
  }

  /** At most three parts; the last keeps its dots. */
  private static List<String> split(String text) {
    return List.of(text.split("\\.", 3));
  }

  private static String withoutLeadingZeros(String part) {
    int start = 0;
    while (start < part.length() - 1
        && part.charAt(start) == '0'
        && isDigit(part.charAt(start + 1))) {
      start++;
    }
    return part.substring(start);
  }

  private static ImmutableList<String> prerelease(String text, String identifiers) {
    ImmutableList<String> split = ImmutableList.copyOf(identifiers.split("\\.", -1));
    for (String identifier : split) {
      if (isNumeric(identifier)) {
        number(text, identifier);
      } else {
        checkIdentifier(text, identifier);
      }
    }
    return split;
  }

  private static void checkBuild(String text, String identifiers) {
    for (String identifier : identifiers.split("\\.", -1)) {
      checkIdentifier(text, identifier);
    }
  }

  private static void checkIdentifier(String text, String identifier) {
    if (identifier.isEmpty() || !identifier.chars().allMatch(SemanticVersion::isIdentifierPart)) {
      throw malformed(text, "\"" + identifier + "\" is not an identifier of letters, digits and -");
    }
  }

  private static long number(String text, String digits) {
    if (!isNumeric(digits) || (digits.length() > 1 && digits.charAt(0) == '0')) {
      throw malformed(text, "\"" + digits + "\" is not a number without leading zeros");
    }
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw malformed(text, digits + " has more than 64 bits");
    }
  }

  private static boolean isNumeric(String text) {
    return !text.isEmpty() && text.chars().allMatch(SemanticVersion::isDigit);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isIdentifierPart(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }

  private static IllegalArgumentException malformed(String text, String why) {
    return new IllegalArgumentException("\"" + text + "\" is not a semantic version: " + why);
  }

  /** The version in full, with its build metadata. */
  String text() {
    return text;
  }

  /** The major number; one above 2^63 - 1 wraps, as in Kubernetes. */
  long major() {
    return major;
  }

  /** The minor number; one above 2^63 - 1 wraps, as in Kubernetes. */
  long minor() {
    return minor;
  }

  /** The patch number; one above 2^63 - 1 wraps, as in Kubernetes. */
  long patch() {
    return patch;
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int byNumbers = Long.compareUnsigned(major, other.major);
    byNumbers = byNumbers != 0 ? byNumbers : Long.compareUnsigned(minor, other.minor);
    byNumbers = byNumbers != 0 ? byNumbers : Long.compareUnsigned(patch, other.patch);
    if (byNumbers != 0) {
      return byNumbers;
    }
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
      int byIdentifier = compareIdentifiers(prerelease.get(i), other.prerelease.get(i));
      if (byIdentifier != 0) {
        return byIdentifier;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  /** Numbers by value and before words; words by their characters. */
  private static int compareIdentifiers(String left, String right) {
    boolean leftNumeric = isNumeric(left);
    if (leftNumeric != isNumeric(right)) {
      return leftNumeric ? -1 : 1;
    }
    return leftNumeric
        ? Long.compareUnsigned(Long.parseUnsignedLong(left), Long.parseUnsignedLong(right))
        : left.compareTo(right);
  }

  /** Whether both have the same precedence; build metadata takes no part. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SemanticVersion version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(major) * 31 + Long.hashCode(minor)) * 31
        + Long.hashCode(patch)
        + prerelease.hashCode();
  }

  /** The version without build metadata. */
  @Override
  public String toString() {
    String numbers =
        Long.toUnsignedString(major)
            + "."
            + Long.toUnsignedString(minor)
            + "."
            + Long.toUnsignedString(patch);
    return prerelease.isEmpty() ? numbers : numbers + "-" + String.join(".", prerelease);
  }
}
