package io.tangram.api.feature;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which features are on, by version of Kubernetes and gate. Immutable.
 *
 * @param version the version
 * @param on the gates that are on, of those that the version knows
 */
public record FeatureSet(KubernetesVersion version, ImmutableSet<FeatureGate> on) {

  /**
   * What is on where nobody says anything: all that is on by default in the newest version known,
   * and attributes with several values.
   */
  public static final FeatureSet DEFAULT =
      of(KubernetesVersion.NEWEST).with(FeatureGate.LIST_TYPE_ATTRIBUTES, true);

  /**
   * Makes the set.
   *
   * @throws IllegalArgumentException if a gate is on that the version doesn't know, or whose
   *     {@linkplain FeatureGate#prerequisite prerequisite} or whole is off
   */
  public FeatureSet {
    on = Sets.immutableEnumSet(on);
    for (FeatureGate gate : on) {
      requireKnown(gate, version);
      requireMet(gate, gate.prerequisite(), on);
      requireMet(gate, gate.partOf(), on);
    }
  }

  private static void requireKnown(FeatureGate gate, KubernetesVersion version) {
    if (gate.stageIn(version) == Stage.ABSENT) {
      int first = KubernetesVersion.OLDEST.minor();
      while (gate.stageIn(new KubernetesVersion(first)) == Stage.ABSENT) {
        first++;
      }
      throw new IllegalArgumentException(
          "Kubernetes "
              + version
              + " has no feature gate "
              + gate
              + "; it came with 1."
              + first
              + ". Choose that version, or leave the gate out.");
    }
  }

  private static void requireMet(
      FeatureGate gate, Optional<FeatureGate> needed, Set<FeatureGate> on) {
    if (needed.isPresent() && !on.contains(needed.get())) {
      throw new IllegalArgumentException(
          "Feature gate "
              + gate
              + " needs "
              + needed.get()
              + ", which is off. Turn both on or both off.");
    }
  }

  /** Returns what is on by default in a version. */
  public static FeatureSet of(KubernetesVersion version) {
    return new FeatureSet(
        version,
        Stream.of(FeatureGate.values())
            .filter(gate -> gate.stageIn(version).isOnByDefault())
            .collect(ImmutableSet.toImmutableSet()));
  }

  /**
   * Returns claims and dedicated devices with nothing but these features, in the newest version.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static FeatureSet only(Set<FeatureGate> gates) {
    Set<FeatureGate> on = EnumSet.of(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION);
    on.addAll(gates);
    return new FeatureSet(KubernetesVersion.NEWEST, ImmutableSet.copyOf(on));
  }

  /**
   * Returns whether what the gate stands for is on: by the gate, or by the one that stood for it
   * {@linkplain FeatureGate#partedFrom before} it came.
   */
  public boolean isOn(FeatureGate gate) {
    return on.contains(gate)
        || (gate.stageIn(version) == Stage.ABSENT
            && gate.partedFrom().filter(on::contains).isPresent());
  }

  /**
   * Returns this set with one gate turned on or off; as {@link #with(Map)}.
   *
   * @throws IllegalArgumentException as {@link #with(Map)}
   */
  public FeatureSet with(FeatureGate gate, boolean isOn) {
    return with(ImmutableMap.of(gate, isOn));
  }

  /**
   * Returns this set with gates turned on or off. A gate that is on and isn't named goes off with
   * the one that it is {@linkplain FeatureGate#partOf a part of}. Locked gates can be turned off
   * like others: see {@link #unlocked}.
   *
   * @param edits by gate whether it is to be on
   * @throws IllegalArgumentException if a gate that is to be on is unknown to the version, or if in
   *     the end one is on whose prerequisite or whole is off
   */
  public FeatureSet with(Map<FeatureGate, Boolean> edits) {
    Set<FeatureGate> edited = EnumSet.noneOf(FeatureGate.class);
    edited.addAll(on);
    edits.forEach(
        (gate, isOn) -> {
          if (isOn) {
            edited.add(gate);
          } else {
            edited.remove(gate);
          }
        });
    edited.removeIf(
        gate ->
            !edits.containsKey(gate)
                && gate.partOf().filter(whole -> !edited.contains(whole)).isPresent());
    return new FeatureSet(version, ImmutableSet.copyOf(edited));
  }

  /** Returns the gates that are off although they are locked: Kubernetes would refuse that. */
  public ImmutableSet<FeatureGate> unlocked() {
    return Stream.of(FeatureGate.values())
        .filter(gate -> gate.stageIn(version) == Stage.LOCKED && !isOn(gate))
        .collect(Sets.toImmutableEnumSet());
  }
}
