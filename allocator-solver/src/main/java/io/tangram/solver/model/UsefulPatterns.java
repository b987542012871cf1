package io.tangram.solver.model;

import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Pattern;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Has components supply what is useful in place of what nobody takes. Counts over all nodes may
 * leave it open which devices a component supplies that are not taken in the end; those that units
 * of several devices could take are of use when these are dealt out to nodes.
 *
 * <p>Greedy: a component changes to a pattern with more that is useful and with no less of all else
 * than what is needed, one at a time.
 */
final class UsefulPatterns {

  private final Map<Place, Long> surplus;
  private final Set<Place> useful;

  /**
   * Prepares to change patterns.
   *
   * @param surplus how many devices of each place are supplied and not taken
   * @param useful the places of which units of several devices take some
   */
  UsefulPatterns(Map<Place, Long> surplus, Set<Place> useful) {
    this.surplus = new LinkedHashMap<>(surplus);
    this.useful = useful;
  }

  /** Returns how many components of a group are to supply each pattern, given how many could. */
  long[] improve(ComponentGroup group, long[] components) {
    long[] improved = components.clone();
    for (int from = 0; from < improved.length; from++) {
      for (int to = 0; to < improved.length; to++) {
        if (improved[from] > 0 && isBetter(group, from, to)) {
          long changed = Math.min(improved[from], mostChanges(group, from, to));
          improved[from] -= changed;
          improved[to] += changed;
          change(group, from, to, changed);
        }
      }
    }
    return improved;
  }

  private boolean isBetter(ComponentGroup group, int from, int to) {
    Pattern before = group.patterns().get(from);
    Pattern after = group.patterns().get(to);
    return after.loss() <= before.loss() && useful(group, after) > useful(group, before);
  }

  private int useful(ComponentGroup group, Pattern pattern) {
    int devices = 0;
    for (int cell = 0; cell < group.places().size(); cell++) {
      devices += useful.contains(group.places().get(cell)) ? pattern.supply().get(cell) : 0;
    }
    return devices;
  }

  private long mostChanges(ComponentGroup group, int from, int to) {
    long most = Long.MAX_VALUE;
    for (int cell = 0; cell < group.places().size(); cell++) {
      int less = less(group, from, to, cell);
      if (less > 0) {
        long spare = Math.max(0, surplus.getOrDefault(group.places().get(cell), 0L));
        most = Math.min(most, spare / less);
      }
    }
    return most;
  }

  private void change(ComponentGroup group, int from, int to, long components) {
    for (int cell = 0; cell < group.places().size(); cell++) {
      surplus.merge(group.places().get(cell), -components * less(group, from, to, cell), Long::sum);
    }
  }

  private static int less(ComponentGroup group, int from, int to, int cell) {
    return group.patterns().get(from).supply().get(cell)
        - group.patterns().get(to).supply().get(cell);
  }
}
