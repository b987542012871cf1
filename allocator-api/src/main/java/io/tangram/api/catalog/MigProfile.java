package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Quantity;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** A kind of partition of one GPU model. What no source says is absent, never guessed. */
@Value.Immutable
public interface MigProfile {

  /** The name, such as {@code 1g.10gb} or {@code 1g.10gb+me}. It varies between drivers. */
  String name();

  /** The GPU instance profile id, the same in every driver. */
  OptionalInt id();

  /** How many compute slices an instance has. */
  int computeSlices();

  /** How many memory slices an instance has: the size of its placements. */
  OptionalInt memorySlices();

  /** What an instance takes, as far as sources say. */
  ImmutableMap<MigResource, Quantity> amounts();

  /** The most instances of this profile on one GPU. */
  int maxInstances();

  /** Where instances can lie, by start; empty where no source says. */
  ImmutableList<Placement> placements();

  /**
   * Whether this is the profile of its size without a change of media engines or graphics: its name
   * ends with the memory.
   */
  default boolean isPlain() {
    return name().endsWith("gb");
  }

  /** Returns a builder without id, memory slices, amounts and placements. */
  static ImmutableMigProfile.Builder builder() {
    return ImmutableMigProfile.builder();
  }
}
