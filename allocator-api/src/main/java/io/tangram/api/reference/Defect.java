package io.tangram.api.reference;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.feature.KubernetesVersion;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A defect of kube-scheduler's allocator: where it departs from what the API documents (section 17
 * of the rules). Known for Kubernetes 1.36, as of 1.36.2, and for 1.37, as of its development on 1
 * July 2026.
 *
 * <p>Most make it miss devices that a claim could have; some make it give devices that a claim must
 * not have, or write results that say something else.
 */
public enum Defect {
  /**
   * Every slice with counter sets counts as one for every node: an unfinished pool of another node
   * blocks mode All here, and a pool can look finished that is not.
   */
  COUNTER_SLICES_COUNT_EVERYWHERE(
      "R10",
      Versions.UNTIL_1_36,
      "a slice with counter sets counts for every node",
      "R5",
      "R13",
      "R15"),
  /** Mode All beside an incomplete or invalid pool of one node keeps the pod from all nodes. */
  UNUSABLE_POOL_IS_FATAL(
      "R69",
      Versions.UNTIL_1_37,
      "an unfinished or invalid pool on one node keeps mode All from every node"),
  /** A constraint against one device of mode All ends the attempt on all nodes. */
  ALL_MODE_CONSTRAINT_IS_FATAL(
      "R70",
      Versions.UNTIL_1_37,
      "a constraint against a device of mode All ends the search on all nodes"),
  /** Mode All leaves out shared devices of which not enough is left, and succeeds. */
  ALL_MODE_SKIPS_EXHAUSTED(
      "R71", Versions.UNTIL_1_37, "mode All leaves out shared devices that are used up", "R67"),
  /** Administrative access has to find the counters of the device unused, and uses them. */
  ADMINISTRATION_PAYS_COUNTERS(
      "R86", Versions.UNTIL_1_37, "administrative access pays for counters"),
  /** A device that is shared in part can be given whole once it is published as dedicated. */
  SHARES_DO_NOT_BLOCK(
      "R92", Versions.UNTIL_1_37, "shares don't keep a device from being given whole", "R92"),
  /** What common values a match had is forgotten when a device with fewer is given back. */
  COMMON_VALUES_STAY_NARROW(
      "R102",
      Versions.ONLY_1_37,
      "a match on lists of values stays as narrow as it ever was in the search"),
  /** Lists of values match nothing but are taken alone. */
  LISTS_NEVER_MATCH(
      "R103", Versions.UNTIL_1_36, "lists of values are not compared", "R101", "R105"),
  /** Of the devices of one request a distinction remembers only the last one chosen. */
  DISTINCTION_REMEMBERS_LAST(
      "R106",
      Versions.UNTIL_1_37,
      "distinctAttribute remembers only the last device of each request",
      "R105"),
  /** Shares of a device without capacities pay for its counters again in every attempt. */
  SHARES_PAY_AGAIN(
      "R113",
      Versions.UNTIL_1_37,
      "shares without capacity don't count as having paid for counters"),
  /** Counters of all pools of one name are one, whoever their drivers are. */
  POOL_NAMES_COLLIDE(
      "R114",
      Versions.UNTIL_1_37,
      "counters of pools of one name are one account, whatever their drivers",
      "R112"),
  /**
   * What a rejected device or a share given back had drawn from counters stays drawn (R144 too).
   */
  DRAWS_STAY(
      "R115",
      Versions.UNTIL_1_37,
      "counters and constraints keep what rejected devices took (R144)"),
  /** Devices in use that are published no more draw on nothing. */
  VANISHED_DEVICES_DRAW_NOTHING(
      "R116",
      Versions.UNTIL_1_37,
      "devices in use that are published no more draw on no counter",
      "R116"),
  /** Amounts in ranges are rounded up to whole units, in 64 bits. */
  RANGES_IN_WHOLE_UNITS(
      "R131",
      Versions.UNTIL_1_37,
      "ranges of amounts are counted in whole units of 64 bits",
      "R137",
      "R132",
      "R128"),
  /** A taint rule without a selector taints every device. */
  RULE_WITHOUT_SELECTOR_MATCHES_ALL(
      "R153", Versions.UNTIL_1_37, "a DeviceTaintRule without deviceSelector taints every device"),
  /** A claim's configuration is repeated for each of the requests it is for. */
  CONFIGURATION_REPEATED(
      "R176", Versions.UNTIL_1_36, "a configuration is repeated for each of its requests", "R176"),
  /** A configuration for all requests names them. */
  CONFIGURATION_NAMES_ALL(
      "R177",
      Versions.UNTIL_1_36,
      "a configuration for all requests names each of them",
      "R175",
      "R176");

  /** In which of the known versions a defect is. */
  private enum Versions {
    UNTIL_1_36(36, 36),
    UNTIL_1_37(36, 37),
    ONLY_1_37(37, 37);

    private final KubernetesVersion first;
    private final KubernetesVersion last;

    Versions(int first, int last) {
      this.first = new KubernetesVersion(first);
      this.last = new KubernetesVersion(last);
    }

    boolean include(KubernetesVersion version) {
      return first.compareTo(version) <= 0 && last.compareTo(version) >= 0;
    }
  }

  private static final KubernetesVersion OLDEST = new KubernetesVersion(36);

  private final String rule;
  private final Versions versions;
  private final String effect;
  private final ImmutableSet<String> brokenRules;

  Defect(String rule, Versions versions, String effect, String... brokenRules) {
    this.rule = rule;
    this.versions = versions;
    this.effect = effect;
    this.brokenRules = ImmutableSet.copyOf(brokenRules);
  }

  /**
   * Returns the defects of a version.
   *
   * @throws IllegalArgumentException if they are not known: the version is older than 1.36
   */
  public static ImmutableSet<Defect> of(KubernetesVersion version) {
    requireKnown(version);
    return Stream.of(values())
        .filter(defect -> defect.versions.include(version))
        .collect(Sets.toImmutableEnumSet());
  }

  /**
   * Refuses a version whose defects are not known.
   *
   * @throws IllegalArgumentException if the version is older than 1.36
   */
  public static void requireKnown(KubernetesVersion version) {
    if (version.compareTo(OLDEST) < 0) {
      throw new IllegalArgumentException(
          "What kube-scheduler "
              + version
              + " does wrong is not known here; give one of "
              + OLDEST
              + " to "
              + KubernetesVersion.NEWEST
              + ".");
    }
  }

  /** Returns the defects without one of them. */
  public static ImmutableSet<Defect> without(Defect defect, Set<Defect> defects) {
    Set<Defect> others = EnumSet.noneOf(Defect.class);
    others.addAll(defects);
    others.remove(defect);
    return Sets.immutableEnumSet(others);
  }

  /** The rule that says what would be right. */
  public String rule() {
    return rule;
  }

  /** What the reference does, in words that a message can go on with. */
  public String effect() {
    return effect;
  }

  /** Whether a plan that reproduces the defect may break a rule, such as {@code R105}. */
  public boolean mayBreak(String otherRule) {
    return brokenRules.contains(otherRule);
  }

  /** Returns the rule and the effect. */
  @Override
  public String toString() {
    return rule + ": " + effect;
  }
}
