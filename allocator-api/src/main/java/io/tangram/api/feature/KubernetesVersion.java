package io.tangram.api.feature;

import com.google.errorprone.annotations.Immutable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A minor version of Kubernetes whose feature gates are known.
 *
 * @param minor the number after {@code 1.}
 */
@Immutable
public record KubernetesVersion(int minor) implements Comparable<KubernetesVersion> {

  private static final int OLDEST_MINOR = 32;
  private static final int NEWEST_MINOR = 37;
  private static final Pattern TEXT =
      Pattern.compile("v?1\\.(\\d{1,4})(\\.\\d+)?([-+][0-9A-Za-z.+-]+)?");

  /** The oldest version whose gates are known. */
  public static final KubernetesVersion OLDEST = new KubernetesVersion(OLDEST_MINOR);

  /** The newest version whose gates are known. */
  public static final KubernetesVersion NEWEST = new KubernetesVersion(NEWEST_MINOR);

  /**
   * Makes the version.
   *
   * @throws IllegalArgumentException if minor is below that of {@link #OLDEST} or above that of
   *     {@link #NEWEST}
   */
  public KubernetesVersion {
    if (minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
      throw new IllegalArgumentException(
          "Kubernetes 1."
              + minor
              + " is "
              + (minor < OLDEST_MINOR ? "older" : "newer")
              + " than what is known here; "
              + known());
    }
  }

  /**
   * Reads a version such as {@code 1.36}, {@code v1.36.2} or {@code 1.35.3+vendor.1}; what follows
   * the minor version doesn't matter.
   *
   * @throws IllegalArgumentException if the text is no version, or its feature gates aren't known
   */
  public static KubernetesVersion parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no Kubernetes version; " + known());
    }
    return new KubernetesVersion(Integer.parseInt(matcher.group(1)));
  }

  private static String known() {
    return "give one of 1." + OLDEST_MINOR + " to 1." + NEWEST_MINOR + ", such as 1.36 or v1.36.2.";
  }

  @Override
  public int compareTo(KubernetesVersion other) {
    return Integer.compare(minor, other.minor);
  }

  /** Returns the version as {@code 1.36}. */
  @Override
  public String toString() {
    return "1." + minor;
  }
}
