package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Quantity;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * A GPU model and how it can be partitioned, with the sources of the facts. What no source says is
 * absent. Heed {@link #warning()}: a model that is not verified must not pass for one that is.
 */
@Value.Immutable
public interface GpuModel {

  /** The name in the catalogue, such as {@code H100-80GB}. */
  String key();

  /** The architecture's name, such as {@code Hopper}. */
  String architecture();

  /** The memory its name promises, in GB. */
  OptionalInt memoryGb();

  /** How many compute slices a GPU has. */
  OptionalInt computeSlices();

  /** How many memory slices a GPU has: the units of placements. */
  OptionalInt memorySlices();

  /**
   * Whether the placements come from {@code nvidia-smi}, the MIG User Guide or a driver's table.
   * Otherwise they are inferred, or absent.
   */
  boolean verified();

  /** How sure the facts are, in words. */
  String confidence();

  /** What the placements rest on. */
  String placementsFrom();

  /** The product names that the driver reports. */
  ImmutableList<String> productNames();

  /** Other boards with the same layout. */
  ImmutableList<String> aliases();

  /** The PCI device ids, as {@code 0x233010DE}. */
  ImmutableList<String> pciDeviceIds();

  /** Where the facts come from. */
  ImmutableList<String> sources();

  /** Where sources differ, and what was kept. */
  ImmutableList<String> disagreements();

  /** Remarks. */
  ImmutableList<String> notes();

  /** The profiles. */
  ImmutableList<MigProfile> profiles();

  /** What a user of this model must be told: why it is not verified. Empty for verified models. */
  default Optional<String> warning() {
    return verified()
        ? Optional.empty()
        : Optional.of(
            "GPU model "
                + key()
                + " is not verified (confidence "
                + confidence()
                + "); its placements rest on: "
                + placementsFrom()
                + ".");
  }

  /**
   * Returns the profile of this name.
   *
   * @throws IllegalArgumentException if the model has none; the message lists what is there
   */
  default MigProfile profile(String name) {
    return profiles().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "GPU model "
                        + key()
                        + " has no MIG profile "
                        + name
                        + "; it has "
                        + profiles().stream()
                            .map(MigProfile::name)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * What a whole GPU has to give: of each resource the most that one profile has (R240). A resource
   * that some profile's sources don't say is left out.
   */
  @Value.Lazy
  default ImmutableMap<MigResource, Quantity> totals() {
    ImmutableMap.Builder<MigResource, Quantity> totals = ImmutableMap.builder();
    for (MigResource resource : MigResource.values()) {
      if (profiles().stream().allMatch(profile -> profile.amounts().containsKey(resource))) {
        profiles().stream()
            .map(profile -> profile.amounts().get(resource))
            .max(Quantity::compareTo)
            .ifPresent(most -> totals.put(resource, most));
      }
    }
    return totals.build();
  }

  /**
   * Lists every legal layout of the given profiles on one GPU, the empty one first: ranges of
   * memory slices don't meet, no profile has more than its greatest number of instances, and no
   * more is taken than {@link #totals()}. On boards of seven compute slices the totals forbid
   * nothing but a second profile with media extensions ({@code +me}).
   *
   * @param profiles profiles of this model; those without placements appear in no layout
   */
  default ImmutableList<MigLayout> layouts(Collection<MigProfile> profiles) {
    return MigLayout.allOf(this, profiles);
  }

  /**
   * Lists those of {@link #layouts} to which no instance of the given profiles can be added. Each
   * legal layout is a part of one of them.
   *
   * @param profiles profiles of this model
   */
  default ImmutableList<MigLayout> maximalLayouts(Collection<MigProfile> profiles) {
    return layouts(profiles).stream()
        .filter(layout -> layout.isMaximalOn(this, profiles))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns whether one GPU can be partitioned so: what {@link #layouts} lists, in any order. */
  default boolean allows(MigLayout layout) {
    return layout.isLegalOn(this);
  }

  /** Returns an empty builder. */
  static ImmutableGpuModel.Builder builder() {
    return ImmutableGpuModel.builder();
  }
}
