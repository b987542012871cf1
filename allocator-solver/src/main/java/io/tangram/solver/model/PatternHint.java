package io.tangram.solver.model;

import com.google.common.primitives.Ints;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Pattern;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the counts of {@link PatternModel} off placements that are known. */
final class PatternHint {

  private final Supply supply;
  private final IdentityHashMap<Option, Long> units = new IdentityHashMap<>();
  private final IdentityHashMap<Option, List<Map<Place, Long>>> taken = new IdentityHashMap<>();
  private final Map<ComponentGroup, int[][]> used = new HashMap<>();

  PatternHint(Supply supply) {
    this.supply = supply;
  }

  /**
   * Counts a placement.
   *
   * @param options the options of the unit's demand
   * @return whether one of them describes it
   */
  boolean count(Placement placement, List<Option> options) {
    for (Option option : options) {
      if (describes(option, placement)) {
        units.merge(option, 1L, Long::sum);
        List<Map<Place, Long>> byLeg =
            taken.computeIfAbsent(
                option,
                o -> o.legs().stream().<Map<Place, Long>>map(leg -> new HashMap<>()).toList());
        for (int leg = 0; leg < option.legs().size(); leg++) {
          for (int device : devices(option, leg, placement)) {
            byLeg.get(leg).merge(supply.placeOf(device), 1L, Long::sum);
            supply.positionOf(device).ifPresent(this::use);
          }
        }
        return true;
      }
    }
    return false;
  }

  private void use(Supply.Position position) {
    ComponentGroup group = position.group();
    used.computeIfAbsent(group, g -> new int[g.size()][g.places().size()])[position.component()][
        position.cell()]++;
  }

  private static List<Integer> devices(Option option, int leg, Placement placement) {
    Ways.Pick pick = option.way().picks().get(leg);
    return placement.choices().get(pick.claim()).get(pick.request()).devices().asList();
  }

  private boolean describes(Option option, Placement placement) {
    if (!option.isAnywhere() && option.node() != supply.kinds().of(placement.node())) {
      return false;
    }
    for (int leg = 0; leg < option.legs().size(); leg++) {
      Ways.Pick pick = option.way().picks().get(leg);
      int chosen = placement.choices().get(pick.claim()).get(pick.request()).alternative();
      List<Place> places = option.legs().get(leg).places();
      if (chosen != pick.alternative()
          || !devices(option, leg, placement).stream()
              .allMatch(
                  device -> supply.knows(device) && places.contains(supply.placeOf(device)))) {
        return false;
      }
    }
    return true;
  }

  /** How many units the option serves. */
  long units(Option option) {
    return units.getOrDefault(option, 0L);
  }

  /** How many devices a leg of the option takes from a place. */
  long taken(Option option, int leg, Place place) {
    List<Map<Place, Long>> byLeg = taken.get(option);
    return byLeg == null ? 0 : byLeg.get(leg).getOrDefault(place, 0L);
  }

  /**
   * How many components of the group supply each pattern, nothing if one supplies none of them.
   *
   * @param idle whether components of which nothing is taken supply a pattern too
   */
  Optional<long[]> patterns(ComponentGroup group, boolean idle) {
    long[] counts = new long[group.patterns().size()];
    int[][] byComponent = used.computeIfAbsent(group, g -> new int[g.size()][g.places().size()]);
    for (int[] wanted : byComponent) {
      if (!idle && Ints.max(wanted) == 0) {
        continue;
      }
      int pattern = cheapest(group, wanted);
      if (pattern < 0) {
        return Optional.empty();
      }
      counts[pattern]++;
    }
    return Optional.of(counts);
  }

  /**
   * The number of the pattern that supplies what is wanted and loses least; -1 if there is none.
   */
  private static int cheapest(ComponentGroup group, int[] wanted) {
    int best = -1;
    for (int pattern = 0; pattern < group.patterns().size(); pattern++) {
      Pattern supplying = group.patterns().get(pattern);
      if (supplying.covers(wanted)
          && (best < 0 || supplying.loss() < group.patterns().get(best).loss())) {
        best = pattern;
      }
    }
    return best;
  }
}
