package io.tangram.api.testing;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generates sets of features: any of those that are built are off. */
public final class FeatureSetArbitraries {

  private FeatureSetArbitraries() {}

  /** Returns the sets; they shrink to all that is built. */
  public static Arbitrary<FeatureSet> all() {
    ImmutableSet<FeatureGate> built = built();
    return Arbitraries.of(built).set().ofMaxSize(built.size()).map(FeatureSetArbitraries::without);
  }

  /** Returns all that is built: the set without which no problem changes. */
  public static FeatureSet everything() {
    return without(ImmutableSet.of());
  }

  /** Returns all that is built but these gates and those that can't be on without them. */
  public static FeatureSet without(Set<FeatureGate> off) {
    Set<FeatureGate> on = EnumSet.copyOf(built());
    on.removeAll(off);
    while (on.removeIf(
        gate ->
            !gate.prerequisite().map(on::contains).orElse(true)
                || !gate.partOf().map(on::contains).orElse(true))) {
      // what builds on one that has just gone goes next
    }
    return FeatureSet.only(on)
        .with(
            FeatureGate.DYNAMIC_RESOURCE_ALLOCATION,
            !off.contains(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION));
  }

  private static ImmutableSet<FeatureGate> built() {
    return Arrays.stream(FeatureGate.values())
        .filter(gate -> gate.concern() != FeatureGate.Concern.NOT_BUILT)
        .collect(ImmutableSet.toImmutableSet());
  }
}
