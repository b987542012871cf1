package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Instances that can exist on one GPU together.
 *
 * @param instances the instances, by start
 */
public record MigLayout(ImmutableList<MigInstance> instances) {

  /** How many instances of each profile there are, by the profile's name. */
  public ImmutableMultiset<String> profiles() {
    return instances.stream()
        .map(instance -> instance.profile().name())
        .collect(ImmutableMultiset.toImmutableMultiset());
  }

  /** Returns whether a placement lies clear of all instances of this layout. */
  boolean leavesRoomFor(Placement placement) {
    return instances.stream().noneMatch(each -> each.placement().overlaps(placement));
  }

  /** Returns whether the model has these instances and they can exist together. */
  boolean isLegalOn(GpuModel model) {
    List<MigInstance> before = new ArrayList<>();
    for (MigInstance instance : instances) {
      boolean free = before.stream().noneMatch(e -> e.placement().overlaps(instance.placement()));
      if (!free
          || !model.profiles().contains(instance.profile())
          || !instance.profile().placements().contains(instance.placement())
          || !fits(model, before, instance)) {
        return false;
      }
      before.add(instance);
    }
    return true;
  }

  /** Returns whether no instance of these profiles of the model can join this legal layout. */
  boolean isMaximalOn(GpuModel model, Collection<MigProfile> profiles) {
    return profiles.stream()
        .noneMatch(
            profile ->
                profile.placements().stream()
                    .anyMatch(
                        placement ->
                            leavesRoomFor(placement)
                                && fits(model, instances, new MigInstance(profile, placement))));
  }

  /** Returns the instances as {@code [profile@start, ...]}. */
  @Override
  public String toString() {
    return instances.toString();
  }

  /**
   * Lists every legal layout of some profiles: ranges of memory slices don't meet, no profile has
   * more than its greatest number of instances, and of no resource more is taken than the most that
   * one profile of the model has. Exponential in the memory slices, which are 12 at most.
   */
  static ImmutableList<MigLayout> allOf(GpuModel model, Collection<MigProfile> profiles) {
    List<MigInstance> candidates = new ArrayList<>();
    for (MigProfile profile : profiles) {
      profile.placements().forEach(place -> candidates.add(new MigInstance(profile, place)));
    }
    candidates.sort(Comparator.comparingInt(each -> each.placement().start()));
    ImmutableList.Builder<MigLayout> layouts = ImmutableList.builder();
    extend(model, candidates, 0, new ArrayList<>(), layouts);
    return layouts.build();
  }

  private static void extend(
      GpuModel model,
      List<MigInstance> candidates,
      int from,
      List<MigInstance> chosen,
      ImmutableList.Builder<MigLayout> layouts) {
    layouts.add(new MigLayout(ImmutableList.copyOf(chosen)));
    int free = chosen.isEmpty() ? 0 : chosen.get(chosen.size() - 1).placement().end();
    for (int at = from; at < candidates.size(); at++) {
      MigInstance candidate = candidates.get(at);
      if (candidate.placement().start() >= free && fits(model, chosen, candidate)) {
        chosen.add(candidate);
        extend(model, candidates, at + 1, chosen, layouts);
        chosen.remove(chosen.size() - 1);
      }
    }
  }

  private static boolean fits(GpuModel model, List<MigInstance> chosen, MigInstance candidate) {
    MigProfile profile = candidate.profile();
    long alike = chosen.stream().filter(each -> each.profile().equals(profile)).count();
    if (alike >= profile.maxInstances()) {
      return false;
    }
    return model.totals().entrySet().stream()
        .allMatch(
            total -> {
              Quantity taken = amount(candidate, total.getKey());
              for (MigInstance each : chosen) {
                taken = taken.plus(amount(each, total.getKey()));
              }
              return taken.compareTo(total.getValue()) <= 0;
            });
  }

  private static Quantity amount(MigInstance instance, MigResource resource) {
    return instance.profile().amounts().getOrDefault(resource, Quantity.ZERO);
  }
}
