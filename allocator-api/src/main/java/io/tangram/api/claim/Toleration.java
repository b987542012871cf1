package io.tangram.api.claim;

import io.tangram.api.device.Taint;
import java.util.Optional;

/**
 * Lets a request take devices, or a workload use nodes, in spite of some taints (R148).
 *
 * @param key the taint's key; empty for any
 * @param operator how the value compares
 * @param value the taint's value, for {@link Operator#EQUAL}
 * @param effect the taint's effect; absent for any
 * @param tolerationSeconds how long a device is kept once a NoExecute taint appears; plays no role
 *     for allocation (R149)
 */
public record Toleration(
    String key,
    Operator operator,
    String value,
    Optional<Taint.Effect> effect,
    Optional<Long> tolerationSeconds) {

  /** How a toleration compares the value. */
  public enum Operator {
    /** The values are equal. */
    EQUAL,
    /** Any value will do. */
    EXISTS,
    /** An operator this library doesn't know; it never matches. */
    UNKNOWN
  }

  /** Returns the toleration of every taint with this key. */
  public static Toleration exists(String key) {
    return new Toleration(key, Operator.EXISTS, "", Optional.empty(), Optional.empty());
  }

  /** Returns whether this toleration covers the taint (R148). */
  public boolean tolerates(Taint taint) {
    boolean sameEffect = effect.isEmpty() || effect.get() == taint.effect();
    boolean sameKey = key.isEmpty() || key.equals(taint.key());
    boolean sameValue =
        switch (operator) {
          case EQUAL -> value.equals(taint.value());
          case EXISTS -> true;
          case UNKNOWN -> false;
        };
    return sameEffect && sameKey && sameValue;
  }
}
