package io.tangram.k8s.cli;

import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import java.util.Locale;

/**
 * Values of objectives as people read them: numbers, and what counts in millionths of devices as
 * devices.
 *
 * @param admission what the objective of admission counts
 */
record Amounts(Admission admission) {

  private static final double MILLION = 1e6;

  /** Returns the value of the objective of this name as a text. */
  String show(String objective, double value) {
    boolean millionths =
        objective.equals(Objective.FIT.label())
            || (objective.equals(ObjectiveResult.ADMISSION)
                && admission == Admission.MOST_DEVICE_SHARE);
    return millionths
        ? String.format(Locale.ROOT, "%,.3f", value / MILLION)
        : String.format(Locale.ROOT, "%,.0f", value);
  }
}
