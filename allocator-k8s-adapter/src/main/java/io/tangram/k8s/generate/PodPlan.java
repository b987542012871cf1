package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Quantity;
import org.immutables.value.Value;

/** Pods that use the claims: pending ones the pending claims, running ones those that are held. */
@Value.Immutable
public interface PodPlan {

  /** The most claims of a pending pod where nothing is said. */
  int MOST_CLAIMS = 3;

  /**
   * Returns how many pods it takes where the mean of their claims lies in the middle between 1 and
   * the most.
   *
   * @param claims how many are to be dealt out
   * @param mostClaims the most of a pod, at least 1
   * @return enough for all claims, at most one each; 0 only for no claims
   */
  static int podsFor(int claims, int mostClaims) {
    return (int) ((2L * claims + mostClaims) / (mostClaims + 1L));
  }

  /** How many pods are pending; each has at least one claim, and the claims go up in them. */
  int pending();

  /** The most claims of a pending pod; by default {@value #MOST_CLAIMS}. */
  @Value.Default
  default int mostClaims() {
    return MOST_CLAIMS;
  }

  /** The CPU that a pod requests; by default 1 to 8 cores. */
  @Value.Default
  default AmountRange cpu() {
    return AmountRange.ofCpu(Quantity.of(1), Quantity.of(8));
  }

  /** The memory that a pod requests; by default 4 to 32 GiB. */
  @Value.Default
  default AmountRange memory() {
    return AmountRange.ofMemory(Quantity.gibibytes(4), Quantity.gibibytes(32));
  }

  /** The part of the pending claims that are still to be made of templates; by default 0. */
  @Value.Default
  default double fromTemplates() {
    return 0;
  }

  /** Priority classes and their values; pods have each of them equally often, by default none. */
  ImmutableMap<String, Integer> priorities();

  /**
   * Refuses what can't be dealt out.
   *
   * @throws IllegalArgumentException unless pods and claims of a pod are at least 1, and the part
   *     is between 0 and 1
   */
  @Value.Check
  default void check() {
    if (pending() < 1 || mostClaims() < 1) {
      throw new IllegalArgumentException(
          pending() + " pods of at most " + mostClaims() + " claims; both must be at least 1.");
    }
    if (!(fromTemplates() >= 0 && fromTemplates() <= 1)) {
      throw new IllegalArgumentException(
          "The part from templates is " + fromTemplates() + "; it must be between 0 and 1.");
    }
  }

  /** Returns a builder; only the number of pods has no default. */
  static ImmutablePodPlan.Builder builder() {
    return ImmutablePodPlan.builder();
  }
}
