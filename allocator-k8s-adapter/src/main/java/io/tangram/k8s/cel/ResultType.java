package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;

/** What the value of an expression may be. What is known only of a device is judged there. */
enum ResultType {
  /** Whether a device matches (R48). */
  SELECTOR("bool", " (R48)", ImmutableSet.of(SimpleType.BOOL), false),
  /** The value of an attribute (R234). */
  ATTRIBUTE(
      "string, int, bool, a version or a list of one of these",
      "",
      ImmutableSet.of(SimpleType.STRING, SimpleType.INT, SimpleType.BOOL, DeviceType.SEMVER),
      true);

  private final String description;
  private final String citation;
  private final ImmutableSet<CelType> scalars;
  private final boolean mayBeList;

  ResultType(
      String description, String citation, ImmutableSet<CelType> scalars, boolean mayBeList) {
    this.description = description;
    this.citation = citation;
    this.scalars = scalars;
    this.mayBeList = mayBeList;
  }

  /** Returns whether an expression of this type may have such a value on some device. */
  boolean accepts(CelType type) {
    if (mayBeList && type instanceof ListType list) {
      return !list.hasElemType() || acceptsScalar(list.elemType());
    }
    return acceptsScalar(type);
  }

  private boolean acceptsScalar(CelType type) {
    return scalars.contains(type) || type.equals(SimpleType.DYN);
  }

  /** The rule that says so, as behind a sentence; empty where those who quote it cite the rule. */
  String citation() {
    return citation;
  }

  /** Returns what is wrong with a result of another type. */
  String refusal(String type) {
    return "the result is of type " + type + ", not " + description + citation;
  }

  @Override
  public String toString() {
    return description;
  }
}
