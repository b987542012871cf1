package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the patterns of a component class that no other contains. What such a pattern can supply in
 * part needs no pattern of its own, since supply may stay unused; objectives that value what stays
 * free would need them all.
 *
 * <p>Depth-first over the items, each time as many devices as fit down to none; only layouts to
 * which no device can be added are kept. The number of layouts grows exponentially with the devices
 * of a component, so the search gives up at a limit.
 */
final class PatternSearch {

  private static final int MAX_STEPS = 400_000;

  private final ComponentClass component;
  private final long[] remaining;
  private final int[] layout;
  private final Map<ImmutableIntArray, Pattern> found = new LinkedHashMap<>();
  private int steps;

  private PatternSearch(ComponentClass component) {
    this.component = component;
    this.remaining = component.remaining().clone();
    this.layout = new int[component.items().size()];
  }

  /** Returns the patterns, or nothing if there are too many layouts to look at. */
  static Optional<List<Pattern>> of(ComponentClass component) {
    PatternSearch search = new PatternSearch(component);
    return search.extend(0) ? Optional.of(search.undominated()) : Optional.empty();
  }

  private boolean extend(int item) {
    if (++steps > MAX_STEPS) {
      return false;
    }
    if (item == layout.length) {
      record();
      return true;
    }
    int most = mostThatFit(item);
    for (int devices = most; devices >= 0; devices--) {
      take(item, devices);
      boolean goesOn = extend(item + 1);
      take(item, -devices);
      if (!goesOn) {
        return false;
      }
    }
    return true;
  }

  private int mostThatFit(int item) {
    ComponentClass.Item wanted = component.items().get(item);
    long most = wanted.devices;
    for (int counter = 0; counter < remaining.length; counter++) {
      if (wanted.draws[counter] > 0) {
        most = Math.min(most, remaining[counter] / wanted.draws[counter]);
      }
    }
    return (int) Math.max(0, most);
  }

  private void take(int item, int devices) {
    long[] draws = component.items().get(item).draws;
    for (int counter = 0; counter < remaining.length; counter++) {
      remaining[counter] -= draws[counter] * devices;
    }
    layout[item] += devices;
  }

  /** Keeps the layout unless a device could be added. */
  private void record() {
    for (int item = 0; item < layout.length; item++) {
      if (layout[item] < component.items().get(item).devices && mostThatFit(item) > 0) {
        return;
      }
    }
    int[] supply = new int[component.cells().size()];
    for (int item = 0; item < layout.length; item++) {
      supply[component.cellOf(item)] += layout[item];
    }
    ImmutableIntArray key = ImmutableIntArray.copyOf(supply);
    found.computeIfAbsent(key, s -> new Pattern(s, ImmutableIntArray.copyOf(layout)));
  }

  private List<Pattern> undominated() {
    List<Pattern> kept = new ArrayList<>();
    for (Pattern pattern : found.values()) {
      boolean dominated =
          found.values().stream()
              .anyMatch(other -> !other.equals(pattern) && other.dominates(pattern));
      if (!dominated) {
        kept.add(pattern);
      }
    }
    return kept;
  }
}
