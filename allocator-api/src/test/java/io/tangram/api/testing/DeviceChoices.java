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
import java.util.Set;

/** Finds every choice of devices for a claim on a node: all alternatives, all combinations. */
final class DeviceChoices {

  private final RequestRules requests;
  private final LinkRules links;
  private final UsageRules usages;

  DeviceChoices(AllocationProblem problem, UsageRules usages) {
    this.requests = new RequestRules(problem);
    this.links = new LinkRules(problem);
    this.usages = usages;
  }

  /**
   * Returns every choice of devices that satisfies the rules inside the claim; some of them may
   * take more than the usage leaves.
   */
  List<ImmutableList<ChosenDevice>> of(Claim pending, NodeView view, Usage usage) {
    Claim claim = NodeRules.on(view.node(), pending);
    if (requests.isHopeless(claim) || requests.isRuledOut(claim, view)) {
      return List.of();
    }
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
        .filter(DeviceChoices::givesDevicesOnce)
        .filter(choice -> ConstraintRules.areSatisfied(claim, choice))
        .filter(choice -> links.areSatisfied(claim, choice))
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

  private static <T> List<T> plus(List<T> list, List<T> more) {
    List<T> both = new ArrayList<>(list);
    both.addAll(more);
    return both;
  }
}
