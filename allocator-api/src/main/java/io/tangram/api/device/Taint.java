package io.tangram.api.device;

import java.time.Instant;
import java.util.Optional;

/**
 * A mark that keeps claims away from a device, or workloads away from a node, unless they tolerate
 * it (R146).
 *
 * @param key a label name
 * @param value a label value, empty where there is none
 * @param effect what the taint does
 * @param timeAdded when it was added
 * @param rule the name of the {@link TaintRule} that it comes from; absent where the driver or the
 *     node says it
 */
public record Taint(
    String key, String value, Effect effect, Optional<Instant> timeAdded, Optional<String> rule) {

  /** The key of the taint on nodes that take no more workloads. */
  public static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  /** What a taint does to allocation. */
  public enum Effect {
    /** Nothing: a remark. On nodes also what is called PreferNoSchedule there. */
    NONE,
    /** Blocks allocation. */
    NO_SCHEDULE,
    /** Blocks allocation and evicts users. */
    NO_EXECUTE,
    /** An effect this library doesn't know; it never blocks. */
    UNKNOWN
  }

  /** Makes a taint that no rule adds. */
  public Taint(String key, String value, Effect effect, Optional<Instant> timeAdded) {
    this(key, value, effect, timeAdded, Optional.empty());
  }

  /** Returns the same taint as one that a rule of this name adds. */
  public Taint ofRule(String name) {
    return new Taint(key, value, effect, timeAdded, Optional.of(name));
  }

  /** Whether the taint keeps requests away that don't tolerate it. */
  public boolean blocksAllocation() {
    return effect == Effect.NO_SCHEDULE || effect == Effect.NO_EXECUTE;
  }

  /** Returns the taint as {@code key=value:Effect}, with the rule that adds it. */
  @Override
  public String toString() {
    String name =
        switch (effect) {
          case NONE -> "None";
          case NO_SCHEDULE -> "NoSchedule";
          case NO_EXECUTE -> "NoExecute";
          case UNKNOWN -> "Unknown";
        };
    return (value.isEmpty() ? key : key + "=" + value)
        + ":"
        + name
        + rule.map(source -> " of DeviceTaintRule " + source).orElse("");
  }
}
