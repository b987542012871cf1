package io.tangram.solver.search;

import io.tangram.api.plan.Admission;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.symmetry.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which units to try first where not all find a place: those of higher priority, and among these
 * the ones that take little of what is scarce ({@link Tightness}) for what they are worth; in
 * order, the early ones.
 */
final class UnitAppeal {

  /** How many times as unappealing as it is a unit may be taken for. */
  private static final double NOISE = 3;

  private final List<Unit> units;
  private final Map<Unit, Double> price = new HashMap<>();

  UnitAppeal(NodeLoads loads, List<Unit> units, Part part, Admission admission) {
    this.units = units;
    Tightness tightness = Tightness.of(loads, units, part.nodes().stream().boxed().toList());
    for (Unit unit : units) {
      price.put(
          unit,
          switch (admission) {
            case MOST_CLAIMS -> tightness.weight(unit.type()) / Math.max(1, unit.claims().size());
            case MOST_DEVICE_SHARE ->
                tightness.weight(unit.type()) / Math.max(1, loads.share(unit.type()));
            case IN_ORDER -> (double) unit.order();
          });
    }
  }

  /** Returns the units, the most appealing first, each a bit out of place. */
  List<Unit> shuffled(Random random) {
    Map<Unit, Double> noisy = new HashMap<>();
    for (Unit unit : units) {
      double noise = 1 + (NOISE - 1) * random.nextDouble();
      noisy.put(unit, price.getOrDefault(unit, 0.0) * noise);
    }
    List<Unit> shuffled = new ArrayList<>(units);
    shuffled.sort(
        Comparator.comparingInt(Unit::priority)
            .reversed()
            .thenComparingDouble(unit -> noisy.getOrDefault(unit, 0.0)));
    return shuffled;
  }
}
