package io.tangram.api.testing;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import com.google.common.math.LongMath;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds every way to place a unit beside what is held: all nodes, all alternatives, all
 * combinations of devices.
 */
final class PlacementSearch {

  /**
   * A way to place a unit.
   *
   * @param claims its claims with their devices
   * @param view the node
   */
  record Placement(ImmutableList<PlannedClaim> claims, NodeView view) {}

  private final ImmutableList<NodeView> views;
  private final RequestRules requests;
  private final UsageRules usages;

  PlacementSearch(AllocationProblem problem) {
    this.views = NodeView.ofAll(problem);
    this.requests = new RequestRules(problem);
    this.usages = new UsageRules(problem);
  }

  RequestRules requests() {
    return requests;
  }

  /** What is held before anything is planned. */
  Usage held() {
    return usages.held();
  }

  /** Returns every way to place the unit beside what is held. */
  List<Placement> placements(AdmissionUnit unit) {
    List<Placement> placements = new ArrayList<>();
    if (unit.claims().stream().anyMatch(requests::isHopeless)) {
      return placements;
    }
    for (NodeView view : views) {
      boolean heldAreUsable =
          unit.held().stream()
              .allMatch(held -> held.nodeSelector().map(s -> s.matches(view.node())).orElse(true));
      if (heldAreUsable && unit.claims().stream().noneMatch(c -> requests.isRuledOut(c, view))) {
        place(unit, 0, List.of(), held(), view, placements);
      }
    }
    return placements;
  }

  private void place(
      AdmissionUnit unit,
      int index,
      List<PlannedClaim> before,
      Usage usage,
      NodeView view,
      List<Placement> placements) {
    if (index == unit.claims().size()) {
      placements.add(new Placement(ImmutableList.copyOf(before), view));
      return;
    }
    Claim claim = unit.claims().get(index);
    for (ImmutableList<ChosenDevice> devices : choices(claim, view, usage)) {
      PlannedClaim planned = new PlannedClaim(claim, view.node().name(), devices);
      usages
          .after(usage, devices, view)
          .ifPresent(next -> place(unit, index + 1, plus(before, planned), next, view, placements));
    }
  }

  /** Returns the usage after the placement, or nothing if it isn't legal beside that usage. */
  Optional<Usage> after(Usage usage, Placement placement) {
    Optional<Usage> after = Optional.of(usage);
    for (PlannedClaim claim : placement.claims()) {
      after = after.flatMap(before -> usages.after(before, claim.devices(), placement.view()));
    }
    return after;
  }

  /** Returns every choice of devices that satisfies the rules inside the claim. */
  private List<ImmutableList<ChosenDevice>> choices(Claim claim, NodeView view, Usage usage) {
    List<ImmutableList<ChosenDevice>> choices = new ArrayList<>();
    choices.add(ImmutableList.of());
    for (Request request : claim.requests()) {
      List<ImmutableList<ChosenDevice>> longer = new ArrayList<>();
      for (ImmutableList<ChosenDevice> choice : choices) {
        for (ImmutableList<ChosenDevice> more : choices(request, view, usage)) {
          longer.add(ImmutableList.copyOf(plus(choice, more)));
        }
        requireFew(longer.size());
      }
      choices = longer;
    }
    return choices.stream()
        .filter(choice -> choice.size() <= Claim.MAX_DEVICES)
        .filter(PlacementSearch::givesDevicesOnce)
        .filter(choice -> ConstraintRules.areSatisfied(claim, choice))
        .toList();
  }

  private List<ImmutableList<ChosenDevice>> choices(Request request, NodeView view, Usage usage) {
    List<ImmutableList<ChosenDevice>> choices = new ArrayList<>();
    for (DeviceRequest leaf : request.alternatives()) {
      for (List<PublishedDevice> devices : deviceSets(leaf, view)) {
        ImmutableList<ChosenDevice> chosen =
            devices.stream()
                .map(device -> new ChosenDevice(request, leaf, device))
                .collect(ImmutableList.toImmutableList());
        if (usages.after(usage, chosen, view).isPresent()) {
          choices.add(chosen);
        }
      }
    }
    return choices;
  }

  private List<ImmutableList<PublishedDevice>> deviceSets(DeviceRequest leaf, NodeView view) {
    if (leaf.mode() instanceof AllocationMode.ExactCount exact) {
      ImmutableList<PublishedDevice> candidates = requests.candidates(leaf, view);
      requireFew(
          LongMath.binomial(candidates.size(), (int) Math.min(exact.count(), candidates.size())));
      return exact.count() > candidates.size()
          ? List.of()
          : Sets.combinations(indices(candidates), Math.toIntExact(exact.count())).stream()
              .map(
                  chosen ->
                      chosen.stream().map(candidates::get).collect(ImmutableList.toImmutableList()))
              .toList();
    }
    return requests.allOf(leaf, view).map(List::of).orElse(List.of());
  }

  private static void requireFew(long choices) {
    BruteForceOracle.requireTiny("choices for a claim", choices, BruteForceOracle.MAX_CHOICES);
  }

  private static Set<Integer> indices(List<?> list) {
    return ContiguousSet.closedOpen(0, list.size());
  }

  /** R83: where administration is involved, a claim has a dedicated device only once. */
  private static boolean givesDevicesOnce(List<ChosenDevice> chosen) {
    Set<DeviceId> seen = new HashSet<>();
    return chosen.stream()
        .map(ChosenDevice::device)
        .allMatch(device -> device.isShared() || seen.add(device.id()));
  }

  private static <T> List<T> plus(List<T> list, T more) {
    return plus(list, List.of(more));
  }

  private static <T> List<T> plus(List<T> list, List<T> more) {
    List<T> both = new ArrayList<>(list);
    both.addAll(more);
    return both;
  }
}
