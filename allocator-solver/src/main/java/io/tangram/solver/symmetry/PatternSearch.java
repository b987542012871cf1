package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the patterns of a component class that no other contains. What such a pattern can supply in
 * part needs no pattern of its own, since supply may stay unused. Where what stays free counts, all
 * patterns are found, each with the layout that loses least.
 *
 * <p>Depth-first over the items that may be in use together, for each of the largest sets of such,
 * each time as many devices as fit down to none; layouts to which a device can be added are kept
 * only where what stays free counts. The number of layouts grows exponentially with the devices of
 * a component, so the search gives up at a limit.
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
  private final Optional<LayoutLoss> losses;
  private final Deadline deadline;
  private int steps;

  /** The numbers of the items that may be in use together, as far as that is being looked at. */
  private BitSet usable = new BitSet();

  private PatternSearch(ComponentClass component, Optional<LayoutLoss> losses, Deadline deadline) {
    this.component = component;
    this.losses = losses;
    this.deadline = deadline;
    this.remaining = component.remaining().clone();
    this.layout = new int[component.items().size()];
  }

  /**
   * Returns the patterns, or nothing if there are too many layouts to look at, or too many for the
   * time.
   */
  static Optional<List<Pattern>> of(ComponentClass component, Deadline deadline) {
    return new PatternSearch(component, Optional.empty(), deadline).run();
  }

  /**
   * Returns the patterns with what they lose; one that another contains is among them unless it
   * loses no less.
   */
  static Optional<List<Pattern>> valued(
      ComponentClass component, LayoutLoss losses, Deadline deadline) {
    return new PatternSearch(component, Optional.of(losses), deadline).run();
  }

  private Optional<List<Pattern>> run() {
    for (BitSet together : component.together()) {
      usable = together;
      if (!extend(0)) {
        return Optional.empty();
      }
    }
    return undominated();
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
    int most = isBystander(item) || !usable.get(item) ? 0 : mostThatFit(item);
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

  private boolean isBystander(int item) {
    return losses.isPresent() && losses.get().isBystander(item);
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

  /** Keeps the layout, if all count or no device could be added, unless a better one is known. */
  private void record() {
    if (losses.isEmpty() && isExtensible()) {
      return;
    }
    int[] supply = new int[component.cells().size()];
    for (int item = 0; item < layout.length; item++) {
      supply[component.cellOf(item)] += layout[item];
    }
    ImmutableIntArray key = ImmutableIntArray.copyOf(supply);
    long loss = losses.isEmpty() ? 0 : losses.get().of(layout, remaining);
    Pattern known = found.get(key);
    if (known == null || loss < known.loss()) {
      found.put(key, new Pattern(key, ImmutableIntArray.copyOf(layout), loss));
    }
  }

  private boolean isExtensible() {
    for (int item = 0; item < layout.length; item++) {
      if (usable.get(item)
          && layout[item] < component.items().get(item).devices
          && mostThatFit(item) > 0) {
        return true;
      }
    }
    return false;
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
