package io.tangram.k8s.catalog;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import java.util.List;

/**
 * Which layouts of a model are shown.
 *
 * @param extent how many of them
 * @param profiles the names of the profiles to lay; empty for the plain ones
 */
public record LayoutChoice(Extent extent, ImmutableList<String> profiles) {

  /** How many of the legal layouts. */
  public enum Extent {
    /** Those that leave no room; each of the others is a part of one of them. */
    MAXIMAL,
    /** All of them, the empty one included. */
    ALL,
    /** None. */
    NONE
  }

  /** All layouts of the plain profiles. */
  static final LayoutChoice ALL = new LayoutChoice(Extent.ALL, ImmutableList.of());

  /** No layouts. */
  public static final LayoutChoice NONE = new LayoutChoice(Extent.NONE, ImmutableList.of());

  /**
   * Returns the profiles to lay on GPUs of a model.
   *
   * @throws IllegalArgumentException if the model has no such profile
   */
  public ImmutableList<MigProfile> profilesOf(GpuModel model) {
    return profiles.isEmpty()
        ? model.profiles().stream()
            .filter(MigProfile::isPlain)
            .collect(ImmutableList.toImmutableList())
        : profiles.stream().map(model::profile).collect(ImmutableList.toImmutableList());
  }

  /** Returns the layouts of a model; empty where its placements are not known. */
  ImmutableList<MigLayout> layoutsOf(GpuModel model) {
    List<MigProfile> laid = profilesOf(model);
    if (laid.stream().allMatch(profile -> profile.placements().isEmpty())) {
      return ImmutableList.of();
    }
    return switch (extent) {
      case MAXIMAL -> model.maximalLayouts(laid);
      case ALL -> model.layouts(laid);
      case NONE -> ImmutableList.of();
    };
  }
}
