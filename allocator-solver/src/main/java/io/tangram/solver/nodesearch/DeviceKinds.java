package io.tangram.solver.nodesearch;

import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.Leaf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which devices of a node can stand in for each other in one search: dedicated ones that are
 * candidates for the same requests, draw the same from the same counter sets, take the same of the
 * node and agree in what constraints compare.
 */
final class DeviceKinds {

  private record Kind(
      BitSet requests,
      List<Integer> sets,
      List<Draw> draws,
      List<List<Integer>> elements,
      List<Object> loads) {}

  private final Map<Integer, Integer> kinds = new HashMap<>();

  /**
   * Sorts all candidates.
   *
   * @param candidates as {@code [line][alternative]}
   */
  DeviceKinds(
      CompiledProblem problem, SearchGoal goal, List<List<Candidates>> candidates, CallState call) {
    Map<Integer, BitSet> requests = new HashMap<>();
    int place = 0;
    for (List<Candidates> line : candidates) {
      for (Candidates each : line) {
        for (int i = 0; i < each.size(); i++) {
          int bit = 2 * place + (each.isFailing(i) ? 1 : 0);
          requests.computeIfAbsent(each.device(i), d -> new BitSet()).set(bit);
        }
        place++;
      }
    }
    Map<Object, Integer> numbers = new HashMap<>();
    DeviceTable devices = problem.devices();
    requests.forEach(
        (device, bits) -> {
          Object kind =
              devices.isShared(device)
                  ? device
                  : new Kind(
                      bits,
                      Ints.asList(devices.sets(device)),
                      List.of(devices.draws(device)),
                      compared(device, goal, call),
                      goal.needs().areThere() ? loads(device, problem) : List.of());
          kinds.put(device, numbers.computeIfAbsent(kind, k -> numbers.size()));
        });
  }

  /** What it takes of the node, at the least and by container. */
  private static List<Object> loads(int device, CompiledProblem problem) {
    return List.of(
        problem.loads().isPart(device),
        Longs.asList(problem.loads().of(device, null, new ClaimUse(0, true))),
        Longs.asList(problem.loads().of(device, null, new ClaimUse(1, true))));
  }

  /** What constraints compare of the device, for each alternative that they cover. */
  private static List<List<Integer>> compared(int device, SearchGoal goal, CallState call) {
    List<List<Integer>> compared = new ArrayList<>();
    for (SearchGoal.Line line : goal.lines()) {
      for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
        Leaf leaf = line.leaves().get(alternative);
        for (ConstraintState constraint : call.constraints(line.claim())) {
          if (constraint.covers(line.request(), alternative)) {
            compared.add(Ints.asList(call.elements().of(leaf, device, constraint.tie())));
          }
        }
      }
    }
    return compared;
  }

  /** The number of a candidate's kind. */
  int of(int device) {
    return kinds.getOrDefault(device, -1);
  }
}
