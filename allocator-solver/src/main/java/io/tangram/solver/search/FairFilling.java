package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.AllocationOptions;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Places units on nodes, one node after the other. Each node takes its fair share of everything
 * that the units still to be placed need, so that what is left goes as well together as what there
 * was. It takes that from the largest units, if these make it up, so that the small ones, which fit
 * anywhere, are left for the last nodes. The last of them takes what is best for admission.
 *
 * <pre>
 * Sets        d  demands of units that may be placed on the node
 *             i  what nodes have and units take ({@link NodeLoads})
 * Parameters  u_di  what a unit of d takes of i
 *             c_i   what the node has of i,  h_i its fair share ({@link Tightness})
 *             t_i   what part of i all units still to be placed need
 * Variables   a[d]  units placed on the node, as {@link PartModel} lets them be
 *             s[i]  in 0..h_i  what is missing to the fair share
 *
 * (1)  sum_d u_di a[d] + s[i] &gt;= h_i                for each i
 *
 * Objective   minimise sum_i (t_i / c_i) s[i]
 * </pre>
 *
 * <p>A sequential heuristic as for cutting stock (Haessler, Operations Research 19, 1971), or for
 * bins with the least slack (Gupta and Ho, Production Planning and Control 10, 1999), here in
 * several dimensions at once.
 */
final class FairFilling {

  private static final double SECONDS_PER_NODE = 0.05;
  private static final double SECONDS_OF_LAST_NODE = 0.1;
  private static final int LARGEST_UNITS = 50;
  private static final int TIMES_AS_MANY = 4;

  /** What it counts if all is missing of what a node has of something. */
  private static final long SCALE = 100_000_000;

  private final Formulation formulation;
  private final AllocationOptions admission;
  private final NodeLoads loads;
  private final NodeCut cut;
  private final Limits limits;

  /**
   * Prepares to fill nodes.
   *
   * @param admission the options without objectives after admission
   */
  FairFilling(
      Formulation formulation,
      AllocationOptions admission,
      NodeLoads loads,
      NodeCut cut,
      Limits limits) {
    this.formulation = formulation;
    this.admission = admission;
    this.loads = loads;
    this.cut = cut;
    this.limits = limits;
  }

  /** What is on a node, and what is missing to its fair share. */
  private record Filled(List<Placement> placements, long missing) {}

  /**
   * Places units on empty nodes, in this order.
   *
   * @return the placements; units for which there is no room or no time are left out
   */
  List<Placement> place(Collection<Unit> units, List<Integer> nodes) {
    Set<Unit> waiting = new LinkedHashSet<>(units);
    List<Placement> placements = new ArrayList<>();
    for (int at = 0; at < nodes.size() && !waiting.isEmpty() && !limits.areUsedUp(); at++) {
      boolean isLast = at == nodes.size() - 1;
      List<Placement> here =
          isLast
              ? admit(nodes.get(at), waiting)
              : fill(nodes.get(at), waiting, nodes.subList(at + 1, nodes.size()));
      placements.addAll(here);
      remove(here, waiting);
    }
    return placements;
  }

  /** Whoever shares a claim with one of those placed can't be placed on another node. */
  private static void remove(List<Placement> placed, Set<Unit> waiting) {
    Set<Unit> common = new LinkedHashSet<>();
    for (Placement placement : placed) {
      waiting.remove(placement.unit());
      common.addAll(placement.unit().common());
    }
    if (!common.isEmpty()) {
      waiting.removeIf(unit -> unit.common().stream().anyMatch(common::contains));
    }
  }

  /** The last node takes the best for admission of what is left. */
  private List<Placement> admit(int node, Collection<Unit> units) {
    Limits step = limits.step(1, SECONDS_OF_LAST_NODE);
    return formulate(node, units)
        .map(model -> new PartSearch(admission, model, Optional.empty(), step).run(List.of()))
        .map(PartSolution::placements)
        .orElse(ImmutableList.of());
  }

  private List<Placement> fill(int node, Set<Unit> waiting, List<Integer> later) {
    List<Integer> open = new ArrayList<>(later);
    open.add(node);
    Tightness tightness = Tightness.of(loads, waiting, open);
    List<Unit> largestFirst = new ArrayList<>();
    Map<Unit, Double> sizes = new HashMap<>();
    for (Unit unit : waiting) {
      if (unit.type().mayUse(node)) {
        largestFirst.add(unit);
        sizes.put(unit, tightness.weight(unit.type()));
      }
    }
    largestFirst.sort(Comparator.comparingDouble(unit -> -sizes.getOrDefault(unit, 0.0)));
    Filled best = new Filled(List.of(), Long.MAX_VALUE);
    int some = 0;
    while (some < largestFirst.size() && best.missing() > 0) {
      some = Math.min(largestFirst.size(), Math.max(LARGEST_UNITS, some * TIMES_AS_MANY));
      Optional<Filled> filled = fill(node, largestFirst.subList(0, some), tightness);
      if (filled.isPresent() && filled.get().missing() < best.missing()) {
        best = filled.get();
      }
    }
    return best.placements();
  }

  private Optional<PartModel> formulate(int node, Collection<Unit> units) {
    BitSet one = new BitSet();
    one.set(node);
    Demands demands = Demands.of(units);
    return formulation.of(cut.to(one, demands), demands, limits.deadline()).model();
  }

  private Optional<Filled> fill(int node, List<Unit> units, Tightness tightness) {
    Optional<PartModel> formulated = formulate(node, units);
    if (formulated.isEmpty()) {
      return Optional.empty();
    }
    PartModel model = formulated.get();
    model.hint(List.of());
    minimiseMissing(model, node, tightness);
    CpOutcome outcome = limits.step(1, SECONDS_PER_NODE).solve(model.model(), 1, CpListener.NONE);
    return outcome.hasSolution()
        ? Optional.of(new Filled(model.placements(outcome), outcome.objective()))
        : Optional.empty();
  }

  /** s[i], (1) and the objective. */
  private void minimiseMissing(PartModel model, int node, Tightness tightness) {
    CpModelBuilder cp = model.model();
    LinearExprBuilder missing = LinearExpr.newBuilder();
    for (int i = 0; i < loads.size(); i++) {
      long fair = tightness.fairShare(node, i);
      if (fair == 0) {
        continue;
      }
      IntVar shortage = cp.newIntVar(0, fair, "s[" + i + "]");
      cp.addHint(shortage, fair);
      LinearExprBuilder taken = LinearExpr.newBuilder();
      for (Demand demand : model.demands().all()) {
        taken.addTerm(model.admitted(demand), loads.of(demand.type()).get(i));
      }
      taken.add(shortage);
      cp.addGreaterOrEqual(taken, fair);
      double weight = SCALE * tightness.needed(i) / loads.of(node)[i];
      missing.addTerm(shortage, Math.max(1, Math.round(weight)));
    }
    cp.minimize(missing);
  }
}
