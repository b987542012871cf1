package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the {@linkplain ComponentClass class} of a component depends on, device by device as
 * they come: components of equal blueprints are of one class, and their devices play the same roles
 * in the same order. It costs far less to draw than the class, which looks for what components have
 * in common that differ in order and in counters that never run out.
 *
 * @param shape for each device its class, which of the component's sites it is on, and which of
 *     their counter sets it draws on; and the sizes of the sets
 * @param draws what is drawn, in the same order
 * @param left what is left of the counters of the sets
 * @param together the largest sets of devices that may be in use together, by their indices
 */
record Blueprint(
    ImmutableIntArray shape,
    ImmutableList<Draw> draws,
    ImmutableLongArray left,
    ImmutableList<BitSet> together) {

  /**
   * Draws the blueprint of a component.
   *
   * @param component its devices
   * @param where the place of each, in the same order
   * @param sites the sites of these that matter, each once
   */
  static Blueprint of(
      CompiledProblem problem,
      int[] component,
      List<Place> where,
      List<Integer> sites,
      ImmutableList<BitSet> together) {
    DeviceTable devices = problem.devices();
    CounterTable counters = problem.counters();
    ImmutableIntArray.Builder shape = ImmutableIntArray.builder();
    ImmutableList.Builder<Draw> draws = ImmutableList.builder();
    ImmutableLongArray.Builder left = ImmutableLongArray.builder();
    Map<Integer, Integer> sets = new LinkedHashMap<>();
    for (int at = 0; at < component.length; at++) {
      int[] drawnSets = devices.sets(component[at]);
      shape.add(where.get(at).deviceClass().index());
      shape.add(sites.indexOf(where.get(at).site()));
      shape.add(drawnSets.length);
      for (int set : drawnSets) {
        shape.add(sets.computeIfAbsent(set, fresh -> sets.size()));
      }
      for (Draw draw : devices.draws(component[at])) {
        draws.add(draw);
      }
    }
    for (int set : sets.keySet()) {
      shape.add(counters.size(set));
      for (int local = 0; local < counters.size(set); local++) {
        left.add(counters.available(set, local));
      }
    }
    return new Blueprint(shape.build(), draws.build(), left.build(), together);
  }
}
