package io.tangram.solver.nodesearch;

import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many devices a request could get at most if it were alone: those that are free, and of those
 * that draw on one counter set no more than the counter they all draw on allows.
 */
final class RequestBound {

  private final CompiledProblem problem;
  private final ClusterState state;
  private final SearchRules rules;

  /** The candidates that draw on one set: how many, and the least that each draws per counter. */
  private static final class Rivals {
    final long[] least;
    long count;

    Rivals(int counters) {
      this.least = new long[counters];
      Arrays.fill(least, Long.MAX_VALUE);
    }
  }

  RequestBound(CompiledProblem problem, ClusterState state, SearchRules rules) {
    this.problem = problem;
    this.state = state;
    this.rules = rules;
  }

  /** Returns an upper bound on the devices that a request can get of its candidates. */
  long atMost(Candidates candidates) {
    if (candidates.leaf().request().adminAccess()) {
      return candidates.size();
    }
    DeviceTable devices = problem.devices();
    Map<Integer, Rivals> rivals = new HashMap<>();
    long free = 0;
    for (int i = 0; i < candidates.size(); i++) {
      int device = candidates.device(i);
      if (!state.isFree(device) || candidates.isFailing(i)) {
        continue;
      }
      boolean paid = candidates.amounts(i) != null && state.hasShares(device);
      if (paid || devices.sets(device).length == 0 || !rules.countersCount()) {
        free++;
      } else if (state.fitsCounters(device)) {
        int set = devices.sets(device)[0];
        count(devices.draws(device)[0], rivals.computeIfAbsent(set, this::none));
      }
    }
    for (Map.Entry<Integer, Rivals> each : rivals.entrySet()) {
      free += atMost(each.getKey(), each.getValue());
    }
    return free;
  }

  private Rivals none(int set) {
    return new Rivals(problem.counters().size(set));
  }

  private static void count(Draw draw, Rivals rivals) {
    long[] drawn = new long[rivals.least.length];
    for (int i = 0; i < draw.size(); i++) {
      drawn[draw.counter(i)] = draw.amount(i);
    }
    for (int counter = 0; counter < drawn.length; counter++) {
      rivals.least[counter] = Math.min(rivals.least[counter], drawn[counter]);
    }
    rivals.count++;
  }

  private long atMost(int set, Rivals rivals) {
    CounterTable counters = problem.counters();
    long most = rivals.count;
    for (int local = 0; local < rivals.least.length; local++) {
      if (rivals.least[local] > 0) {
        most = Math.min(most, state.left(counters.base(set) + local) / rivals.least[local]);
      }
    }
    return most;
  }
}
