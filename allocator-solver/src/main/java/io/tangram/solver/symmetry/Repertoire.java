package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Collection;

/**
 * What a component can supply, whatever it draws on for that. Components of one repertoire need not
 * be told apart: half-used ones differ in which of their counters are drawn on far more often than
 * in what they can still supply.
 *
 * @param cells the cells of its devices, as in {@link ComponentClass#cells}
 * @param mixes what it can supply at once
 */
record Repertoire(ImmutableList<ComponentClass.Cell> cells, ImmutableSet<Mix> mixes) {

  /**
   * What is supplied at once.
   *
   * @param supply how many devices of each cell, in their order
   * @param loss what the supply of expected requests loses by it
   */
  record Mix(ImmutableIntArray supply, long loss) {}

  /** Returns what components of a class can supply by their patterns. */
  static Repertoire of(ComponentClass component, Collection<Pattern> patterns) {
    return new Repertoire(
        ImmutableList.copyOf(component.cells()),
        patterns.stream()
            .map(pattern -> new Mix(pattern.supply(), pattern.loss()))
            .collect(ImmutableSet.toImmutableSet()));
  }
}
