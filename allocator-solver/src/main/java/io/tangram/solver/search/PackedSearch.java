package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.solver.model.Countability;
import io.tangram.solver.plan.Placement;
import java.util.List;
import java.util.Optional;

/**
 * Searches a part from what would be admitted if all nodes were one, {@linkplain NodePacking
 * packed} on the nodes there are. Where that succeeds, it is proven as well; where not, it is a
 * start.
 */
final class PackedSearch {

  private static final double SHARE_OF_PACKING = 0.4;

  private final PartSteps steps;
  private final PlannedPart part;
  private final Limits limits;
  private final NodePacking packing;

  private PackedSearch(PartSteps steps, PlannedPart part, Limits limits, NodePacking packing) {
    this.steps = steps;
    this.part = part;
    this.limits = limits;
    this.packing = packing;
  }

  /** Prepares the search; absent where nothing comes of it, as if units are not bound to nodes. */
  static Optional<PackedSearch> of(PartSteps steps, PlannedPart part, Limits limits) {
    AllocationOptions options = steps.options();
    if (options.admission() == Admission.IN_ORDER
        || options.objectives().contains(Objective.STABILITY)
        || Countability.placedLeaves(part.part()).isEmpty()
        || !steps.hasNeighbourhoods(part)) {
      return Optional.empty();
    }
    Limits some = limits.step(SHARE_OF_PACKING, Double.POSITIVE_INFINITY);
    return NodePacking.of(steps.problem(), beforeFragmentation(options), part, some)
        .map(packing -> new PackedSearch(steps, part, limits, packing));
  }

  /** What is free in the end depends little on who is admitted, and takes long to count. */
  private static AllocationOptions beforeFragmentation(AllocationOptions options) {
    return ImmutableAllocationOptions.copyOf(options)
        .withObjectives(
            options.objectives().stream()
                .takeWhile(each -> each != Objective.FRAGMENTATION)
                .toList());
  }

  /**
   * Returns the best that comes of the packing.
   *
   * @param found what is known of the part before
   */
  PartSolution run(PartSolution found) {
    List<Placement> packed = packing.place();
    Optional<PartSolution> first = steps.searchBriefly(part, packed, limits);
    return first
        .filter(each -> each.isDone(steps.options().gap()))
        .orElseGet(() -> goOn(packed, first.orElse(found)));
  }

  /** Goes on where the packing and a first search came to no end. */
  private PartSolution goOn(List<Placement> packed, PartSolution found) {
    List<Placement> start = packed;
    for (List<Placement> known : List.of(steps.greedy().of(part.units()), steps.stillLegal(part))) {
      start = steps.ranking().compare(known, start) > 0 ? known : start;
    }
    PartSteps.Improved better = steps.improved(start, part, packing::isDone, limits);
    return steps
        .searchFrom(better.placements(), part, found, limits)
        .withAdmissionBounds(better.bounds());
  }
}
