package io.tangram.solver.search;

import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.plan.Placement;
import java.util.Collection;

/**
 * How much of what some nodes have some units need, of each thing by itself. What is needed most
 * counts most in what a unit weighs and how much room a node has.
 */
final class Tightness {

  /** There is plenty of what is needed less than this part of what is needed most. */
  private static final double PLENTY = 0.75;

  private final NodeLoads loads;
  private final double[] has;
  private final double[] needed;
  private final double most;

  private Tightness(NodeLoads loads, double[] has, double[] needed) {
    this.loads = loads;
    this.has = has;
    this.needed = needed;
    double greatest = 0;
    for (double part : needed) {
      greatest = Math.max(greatest, part);
    }
    this.most = greatest;
  }

  /** Returns what the units need of all that the nodes have. */
  static Tightness of(NodeLoads loads, Collection<Unit> units, Collection<Integer> nodes) {
    double[] has = new double[loads.size()];
    for (int node : nodes) {
      for (int i = 0; i < has.length; i++) {
        has[i] += loads.of(node)[i];
      }
    }
    double[] needed = new double[has.length];
    for (Unit unit : units) {
      for (int i = 0; i < has.length; i++) {
        needed[i] += has[i] > 0 ? loads.of(unit.type()).get(i) / has[i] : 0;
      }
    }
    return new Tightness(loads, has, needed);
  }

  /** The part of thing i that is needed; more than 1 if there is too little. */
  double needed(int i) {
    return needed[i];
  }

  /**
   * A node's fair share of what is needed of thing i: all that it has of the tightest, of others in
   * proportion; nothing of what there is plenty of.
   */
  long fairShare(int node, int i) {
    return needed[i] > PLENTY * most ? (long) Math.ceil(loads.of(node)[i] * needed[i] / most) : 0;
  }

  /** What a unit weighs: a part of all that the nodes have. */
  double weight(UnitType type) {
    double weight = 0;
    for (int i = 0; i < has.length; i++) {
      weight += has[i] > 0 ? needed[i] * loads.of(type).get(i) / has[i] : 0;
    }
    return weight;
  }

  /** What units weigh together. */
  double weight(Collection<Placement> placements) {
    return placements.stream().mapToDouble(placement -> weight(placement.unit().type())).sum();
  }

  /** What a node could take. */
  double capacity(int node) {
    double capacity = 0;
    for (int i = 0; i < has.length; i++) {
      capacity += has[i] > 0 ? needed[i] * loads.of(node)[i] / has[i] : 0;
    }
    return capacity;
  }
}
