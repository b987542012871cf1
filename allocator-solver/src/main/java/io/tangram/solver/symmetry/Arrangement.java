package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * The class of a component, and which of its devices plays which role there. The same for all
 * components of one {@linkplain Blueprint blueprint}.
 *
 * @param kind the class
 * @param order the indices of the devices in the order of its items
 */
record Arrangement(ComponentClass kind, ImmutableIntArray order) {

  private record Role(int index, ComponentClass.Item item) {}

  /** Arranges the devices of a component; what is given is as for {@link Blueprint#of}. */
  static Arrangement of(
      CompiledProblem problem,
      int[] component,
      List<Place> where,
      List<Integer> sites,
      ImmutableList<BitSet> together) {
    ComponentCounters counters = new ComponentCounters(problem, component);
    List<Role> roles = new ArrayList<>();
    for (int index = 0; index < component.length; index++) {
      int site = where.get(index).site();
      ComponentClass.Cell cell =
          new ComponentClass.Cell(
              site == Supply.ANYWHERE ? ComponentClass.Cell.ANYWHERE : sites.indexOf(site),
              where.get(index).deviceClass().index());
      roles.add(
          new Role(
              index,
              new ComponentClass.Item(
                  cell, counters.draws(component[index]), holding(index, together), 1)));
    }
    roles.sort(Comparator.comparing(Role::item));
    return new Arrangement(
        new ComponentClass(items(roles), counters.remaining()),
        ImmutableIntArray.copyOf(roles.stream().mapToInt(Role::index)));
  }

  /** The numbers of the sets that hold a device. */
  private static BitSet holding(int index, List<BitSet> sets) {
    BitSet holding = new BitSet();
    for (int set = 0; set < sets.size(); set++) {
      holding.set(set, sets.get(set).get(index));
    }
    return holding;
  }

  private static ImmutableList<ComponentClass.Item> items(List<Role> sorted) {
    ImmutableList.Builder<ComponentClass.Item> items = ImmutableList.builder();
    int from = 0;
    for (int to = 1; to <= sorted.size(); to++) {
      ComponentClass.Item first = sorted.get(from).item();
      if (to == sorted.size() || !sorted.get(to).item().isLike(first)) {
        items.add(first.times(to - from));
        from = to;
      }
    }
    return items.build();
  }
}
