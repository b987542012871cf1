package io.tangram.k8s.cli;

import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Values of objectives as people read them: numbers, and what counts in millionths of something as
 * so many of it.
 *
 * @param admission what the objective of admission counts
 */
record Amounts(Admission admission) {

  private static final double MILLION = 1e6;

  /** What a value is of, and how it is written. */
  private enum Unit {
    CLAIMS("claim"),
    NODES("node"),
    POINTS("point"),
    /** Counted in millionths. */
    DEVICES("device"),
    /** Counted in millionths of a unit that only the owner of the prices knows. */
    MONEY(""),
    NUMBER("");

    private final String noun;

    Unit(String noun) {
      this.noun = noun;
    }

    String number(double value) {
      return switch (this) {
        case DEVICES -> String.format(Locale.ROOT, "%,.3f", value / MILLION);
        case MONEY ->
            new DecimalFormat("#,##0.00####", DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(value / MILLION);
        case CLAIMS, NODES, POINTS, NUMBER -> String.format(Locale.ROOT, "%,.0f", value);
      };
    }
  }

  /** Returns the value of the objective of this name as a number. */
  String show(String objective, double value) {
    return unit(objective).number(value);
  }

  /** Returns the value of the objective of this name as a number with its unit. */
  String showWithUnit(String objective, double value) {
    Unit unit = unit(objective);
    String number = unit.number(value);
    return unit.noun.isEmpty()
        ? number
        : number + " " + unit.noun + (number.equals("1") ? "" : "s");
  }

  private Unit unit(String name) {
    if (name.equals(ObjectiveResult.ADMISSION)) {
      return admission == Admission.MOST_DEVICE_SHARE ? Unit.DEVICES : Unit.CLAIMS;
    }
    Optional<Objective> objective =
        Arrays.stream(Objective.values()).filter(each -> each.label().equals(name)).findFirst();
    return objective.map(Amounts::unit).orElse(Unit.NUMBER);
  }

  private static Unit unit(Objective objective) {
    return switch (objective) {
      case PREFERENCE -> Unit.POINTS;
      case FIT, FRAGMENTATION -> Unit.DEVICES;
      case PACKING -> Unit.NODES;
      case COST -> Unit.MONEY;
      case BANDWIDTH, TOPOLOGY, SPREAD -> Unit.NUMBER;
      case STABILITY -> Unit.CLAIMS;
    };
  }
}
