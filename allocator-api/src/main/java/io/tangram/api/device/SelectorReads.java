package io.tangram.api.device;

import com.google.common.collect.ImmutableSet;

/**
 * What a selector looks at. Two devices that agree in all of it get the same outcome, so one
 * evaluation serves both. Not listed is what fails every selector, whatever it looks at: an
 * attribute without a known value (R31) and one whose version is none (R32).
 *
 * @param everything whether it may look at anything, the name of the device apart; the other
 *     components mean nothing then
 * @param driver whether it looks at the driver's name
 * @param allowMultipleAllocations whether it asks if the device may be shared
 * @param attributes the attributes it looks at, with their domains
 * @param capacities the capacities it looks at, with their domains
 */
public record SelectorReads(
    boolean everything,
    boolean driver,
    boolean allowMultipleAllocations,
    ImmutableSet<QualifiedName> attributes,
    ImmutableSet<QualifiedName> capacities) {

  /** Looks at nothing. */
  public static final SelectorReads NOTHING =
      new SelectorReads(false, false, false, ImmutableSet.of(), ImmutableSet.of());

  /** May look at anything. */
  public static final SelectorReads EVERYTHING =
      new SelectorReads(true, true, true, ImmutableSet.of(), ImmutableSet.of());

  /** Returns what either looks at. */
  public SelectorReads plus(SelectorReads other) {
    if (everything || other.everything) {
      return EVERYTHING;
    }
    return new SelectorReads(
        false,
        driver || other.driver,
        allowMultipleAllocations || other.allowMultipleAllocations,
        ImmutableSet.<QualifiedName>builder().addAll(attributes).addAll(other.attributes).build(),
        ImmutableSet.<QualifiedName>builder().addAll(capacities).addAll(other.capacities).build());
  }
}
