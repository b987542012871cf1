package io.tangram.api.testing;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Generates sets of features: any of them are off. */
public final class FeatureSetArbitraries {

  private FeatureSetArbitraries() {}

  /** Returns the sets; they shrink to all features. */
  public static Arbitrary<FeatureSet> all() {
    FeatureGate[] gates = FeatureGate.values();
    return Arbitraries.of(gates).set().ofMaxSize(gates.length).map(FeatureSetArbitraries::without);
  }

  /** Returns all features: the set without which no problem changes. */
  public static FeatureSet everything() {
    return without(ImmutableSet.of());
  }

  /** Returns all gates but these and those that can't be on without them. */
  public static FeatureSet without(Set<FeatureGate> off) {
    Set<FeatureGate> on = EnumSet.allOf(FeatureGate.class);
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
}
