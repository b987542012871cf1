package io.tangram.api.projection;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.feature.FeatureSet;
import java.util.function.UnaryOperator;

/**
 * Turns a problem into the one that an allocator sees for which only some features are on. The
 * plans of the one are the legal plans of the other: allocators and {@link
 * io.tangram.api.check.PlanChecker} are given the projected problem and never ask for gates.
 *
 * <ul>
 *   <li>What devices have of a feature that is off is taken off them: taints (R150, R152), sharing
 *       (R93, R125), fractions of ranges (R134), lists (R100), what they take of nodes (R239).
 *   <li>Devices that can't be used without the feature stay, behind a {@linkplain
 *       io.tangram.api.device.Barrier barrier}: those that draw on counters (R73, R117), those with
 *       binding conditions (R161) and those for which nodes could skip operations. Slices that
 *       aren't considered are seen by no node (R9); those with compatibility groups go (R124).
 *   <li>Claims that use it stay, and say so: {@link io.tangram.api.claim.Claim#offFeatures} (R78,
 *       R88, R95, R125, R234).
 *   <li>Claims that stand for extended resources go, and leave their workloads with the resources
 *       that nodes offer (R216).
 * </ul>
 *
 * <p>Immutable and thread-safe. What doesn't change is shared with the given problem.
 */
public final class FeatureProjection {

  private final StandInProjection standIns;
  private final SliceProjection slices;
  private final ClaimProjection claims;
  private final HeldProjection held;

  private FeatureProjection(FeatureSet features) {
    this.standIns = new StandInProjection(features);
    this.slices = new SliceProjection(features);
    this.claims = new ClaimProjection(features);
    this.held = new HeldProjection(features);
  }

  /** Returns the projection to what is on in the set. */
  public static FeatureProjection of(FeatureSet features) {
    return new FeatureProjection(features);
  }

  /** Returns the problem as the features show it; itself if it uses none that is off. */
  public AllocationProblem of(AllocationProblem problem) {
    AllocationProblem written = standIns.of(problem);
    return ImmutableAllocationProblem.copyOf(written)
        .withSlices(slices.of(written.slices()))
        .withClaims(each(written.claims(), claims::of))
        .withHeld(each(written.held(), held::of));
  }

  /** Returns the list with every element changed; the list itself if none is. */
  static <T> ImmutableList<T> each(ImmutableList<T> list, UnaryOperator<T> change) {
    ImmutableList.Builder<T> changed = ImmutableList.builderWithExpectedSize(list.size());
    boolean same = true;
    for (T element : list) {
      T other = change.apply(element);
      same &= other == element;
      changed.add(other);
    }
    return same ? list : changed.build();
  }
}
