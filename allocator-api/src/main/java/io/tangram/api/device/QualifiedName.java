package io.tangram.api.device;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import com.google.errorprone.annotations.Immutable;

/**
 * The name of an attribute or a capacity: {@code id} or {@code domain/id} (R25).
 *
 * @param domain the DNS subdomain before the first slash, or the empty string where the name has
 *     none and belongs to the driver's domain (R27)
 * @param id the part behind the first slash (R26)
 */
@Immutable
public record QualifiedName(String domain, String id) implements Comparable<QualifiedName> {

  private static final Interner<QualifiedName> NAMES = Interners.newWeakInterner();

  /** Splits {@code text} at its first slash. Equal texts give the same instance. */
  public static QualifiedName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? of("", text) : of(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Returns the name {@code domain/id}. Equal arguments give the same instance. */
  public static QualifiedName of(String domain, String id) {
    return NAMES.intern(new QualifiedName(domain, id));
  }

  /** Returns whether the name says its domain. */
  public boolean isQualified() {
    return !domain.isEmpty();
  }

  /** Returns the name without its domain, as its driver may publish it (R27); a new instance. */
  public QualifiedName bare() {
    return new QualifiedName("", id);
  }

  /** Returns this name with {@code driver} as its domain unless it has one (R27). */
  public QualifiedName in(String driver) {
    return isQualified() ? this : of(driver, id);
  }

  @Override
  public int compareTo(QualifiedName other) {
    int byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : id.compareTo(other.id);
  }

  /** Returns the name as it is written in objects. */
  @Override
  public String toString() {
    return isQualified() ? domain + "/" + id : id;
  }
}
