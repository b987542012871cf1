package io.tangram.solver.model;

import com.google.common.primitives.ImmutableIntArray;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.packing.BinFilling;
import io.tangram.solver.packing.BinFilling.Layer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which shares go into one device together, for the devices of a class. As long as a model counts
 * shares only, its solution is filled into devices as well as can be; once the model is restricted
 * to patterns, the solution says how many devices have each.
 *
 * <pre>
 * Sets        i  shares of one size, f_i of them ({@link SharesModel})
 *             p  patterns that are known, with u_pi shares of size i in a device
 * Variables   y[p]  in 0..n  devices with the pattern
 *
 * (1)  sum_p y[p] &lt;= n
 * (2)  f_i &lt;= sum_p u_pi y[p]     for each i
 * </pre>
 */
final class SharePatterns {

  /** Large shares are filled in before small ones, but not at the cost of much room. */
  private static final double SCALE = 1.05;

  /** How many times a pattern near to the known ones is looked for; a model of few variables. */
  private static final int NEARBY = 200;

  private final int devices;
  private final BinFilling filling;
  private final Set<ImmutableIntArray> known = new LinkedHashSet<>();
  private final Map<ImmutableIntArray, IntVar> used = new LinkedHashMap<>();

  /**
   * Begins without patterns.
   *
   * @param left what is left of each capacity of a device
   * @param devices how many there are
   * @param sizes what a share of each size takes of each capacity
   */
  SharePatterns(long[] left, int devices, List<long[]> sizes) {
    this.devices = devices;
    this.filling = new BinFilling(left, devices, sizes);
  }

  /**
   * Returns how many devices have which shares.
   *
   * @param shares f_i in the solution
   */
  List<Layer> layers(long[] shares, CpOutcome solution) {
    if (isRestricted()) {
      return used.entrySet().stream()
          .map(each -> new Layer(each.getKey(), (int) solution.value(each.getValue())))
          .filter(layer -> layer.bins() > 0)
          .toList();
    }
    List<Layer> layers = filling.fill(shares, SCALE);
    layers.forEach(layer -> known.add(layer.items()));
    return layers;
  }

  /** Whether a model is restricted to patterns. */
  boolean isRestricted() {
    return !used.isEmpty();
  }

  /**
   * Restricts a model to the patterns that are known, and others near to these: adds y[p], (1) and
   * (2).
   *
   * @param waiting how many shares of each size are asked for
   * @param shares f_i
   */
  void restrict(CpModelBuilder model, long[] waiting, List<IntVar> shares) {
    known.addAll(filling.patterns(waiting, SCALE, NEARBY));
    for (ImmutableIntArray pattern : known) {
      used.put(pattern, model.newIntVar(0, devices, "y[" + used.size() + "]"));
    }
    model.addLessOrEqual(LinearExpr.sum(used.values().toArray(new IntVar[0])), devices);
    for (int size = 0; size < waiting.length; size++) {
      LinearExprBuilder supplied = LinearExpr.newBuilder();
      for (Map.Entry<ImmutableIntArray, IntVar> each : used.entrySet()) {
        supplied.addTerm(each.getValue(), each.getKey().get(size));
      }
      model.addLessOrEqual(shares.get(size), supplied);
    }
  }
}
