package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
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
 *
 * <p>Complexity: the number of layouts, and the number of patterns found times that of patterns
 * kept.
 */
final class PatternSearch {

  private static final int MAX_PATTERNS = 20_000;
  private static final int MAX_STEPS = 400_000;
  private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 1024;

  private final ComponentClass component;
  private final long[] remaining;
  private final int[] layout;
  private final Map<ImmutableIntArray, Pattern> found = new LinkedHashMap<>();
  private final Deadline deadline;
  private int steps;

  private PatternSearch(ComponentClass component, Deadline deadline) {
    this.component = component;
    this.deadline = deadline;
    this.remaining = component.remaining().clone();
    this.layout = new int[component.items().size()];
  }

  /**
   * Returns the patterns, or nothing if there are too many layouts to look at, or too many for the
   * time.
   */
  static Optional<List<Pattern>> of(ComponentClass component, Deadline deadline) {
    PatternSearch search = new PatternSearch(component, deadline);
    return search.extend(0) ? search.undominated() : Optional.empty();
  }

  /** Whether to go on. */
  private boolean hasBudget() {
    steps++;
    return steps <= MAX_STEPS
        && (steps % STEPS_BETWEEN_LOOKS_AT_THE_CLOCK != 0 || !deadline.hasPassed());
  }

  private boolean extend(int item) {
    if (!hasBudget()) {
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

  /** Larger supplies first: only they can contain others. */
  private Optional<List<Pattern>> undominated() {
    List<Pattern> largestFirst = new ArrayList<>(found.values());
    largestFirst.sort(Comparator.comparingInt(PatternSearch::devices).reversed());
    List<Pattern> kept = new ArrayList<>();
    for (Pattern pattern : largestFirst) {
      if (kept.size() > MAX_PATTERNS || deadline.hasPassed()) {
        return Optional.empty();
      }
      if (kept.stream().noneMatch(larger -> larger.dominates(pattern))) {
        kept.add(pattern);
      }
    }
    return Optional.of(kept);
  }

  private static int devices(Pattern pattern) {
    return pattern.supply().stream().sum();
  }
}
