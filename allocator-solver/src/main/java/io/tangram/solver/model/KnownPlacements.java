package io.tangram.solver.model;

import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.ComponentGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Placements that were known before the search. What is counted may be named in many ways; the
 * devices that units had are named again as far as the counts allow, so that a plan changes no more
 * than it has to.
 */
final class KnownPlacements {

  /** No pattern. */
  static final int NONE = -1;

  private final Map<Unit, Placement> byUnit = new HashMap<>();
  private final Map<Integer, Demand> demandOfDevice = new HashMap<>();

  /**
   * Collects the placements.
   *
   * @param demandOf the demand of each unit
   */
  KnownPlacements(List<Placement> placements, Map<Unit, Demand> demandOf) {
    for (Placement placement : placements) {
      Demand demand = demandOf.get(placement.unit());
      if (demand != null) {
        byUnit.put(placement.unit(), placement);
        placement
            .choices()
            .forEach(
                claim ->
                    claim.forEach(
                        choice ->
                            choice.devices().forEach(each -> demandOfDevice.put(each, demand))));
      }
    }
  }

  /** Whether nothing is known. */
  boolean isEmpty() {
    return byUnit.isEmpty();
  }

  /** How well it suits units of a demand to take a device: less is better. */
  int strangeness(int device, Demand demand) {
    Demand had = demandOfDevice.get(device);
    if (had == null) {
      return 1;
    }
    return had.equals(demand) ? 0 : 2;
  }

  /**
   * Chooses a pattern for each component of a group, those first that supply most of what was had.
   *
   * @param counts how many components take each pattern
   * @return the number of each component's pattern, {@link #NONE} for one that supplies nothing
   */
  int[] patterns(ComponentGroup group, long[] counts) {
    long[] left = counts.clone();
    int[] patterns = new int[group.size()];
    Arrays.fill(patterns, NONE);
    if (!isEmpty()) {
      for (Match match : matches(group, counts)) {
        if (patterns[match.component()] == NONE && left[match.pattern()] > 0) {
          patterns[match.component()] = match.pattern();
          left[match.pattern()]--;
        }
      }
    }
    int next = 0;
    for (int component = 0; component < patterns.length; component++) {
      while (next < left.length && left[next] == 0) {
        next++;
      }
      if (patterns[component] == NONE && next < left.length) {
        patterns[component] = next;
        left[next]--;
      }
    }
    return patterns;
  }

  private record Match(int component, int pattern, int devices) {}

  private List<Match> matches(ComponentGroup group, long[] counts) {
    List<Match> matches = new ArrayList<>();
    for (int component = 0; component < group.size(); component++) {
      for (int pattern = 0; pattern < counts.length; pattern++) {
        if (counts[pattern] > 0) {
          int devices =
              (int)
                  group.devices(component, group.patterns().get(pattern)).stream()
                      .flatMap(ofPlace -> ofPlace.asList().stream())
                      .filter(demandOfDevice::containsKey)
                      .count();
          if (devices > 0) {
            matches.add(new Match(component, pattern, devices));
          }
        }
      }
    }
    matches.sort(
        Comparator.comparingInt(Match::devices)
            .reversed()
            .thenComparingInt(Match::component)
            .thenComparingInt(Match::pattern));
    return matches;
  }

  /** Gives units of one demand the placements that they had, if one of them has it now. */
  List<Placement> dealtAnew(List<Placement> placements) {
    Map<List<?>, ArrayDeque<Integer>> numbers = new HashMap<>();
    for (int i = 0; i < placements.size(); i++) {
      numbers.computeIfAbsent(placements.get(i).choices(), key -> new ArrayDeque<>()).add(i);
    }
    Placement[] dealt = new Placement[placements.size()];
    List<Unit> waiting = new ArrayList<>();
    for (Placement placement : placements) {
      Placement had = byUnit.get(placement.unit());
      ArrayDeque<Integer> same = had == null ? null : numbers.get(had.choices());
      if (same == null || same.isEmpty()) {
        waiting.add(placement.unit());
      } else {
        int number = same.remove();
        dealt[number] = of(placement.unit(), placements.get(number));
      }
    }
    int next = 0;
    for (int i = 0; i < dealt.length; i++) {
      if (dealt[i] == null) {
        dealt[i] = of(waiting.get(next++), placements.get(i));
      }
    }
    return List.of(dealt);
  }

  private static Placement of(Unit unit, Placement placement) {
    return new Placement(unit, placement.node(), placement.choices());
  }
}
