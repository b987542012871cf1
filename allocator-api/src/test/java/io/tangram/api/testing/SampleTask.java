package io.tangram.api.testing;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Objective;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A generated problem with what is to be optimised. It prints itself as Java code, so that one that
 * fails can be pasted into a test.
 *
 * @param problem the problem
 * @param options the options: all that says what is best, else the defaults
 */
public record SampleTask(AllocationProblem problem, AllocationOptions options) {

  /** Returns other options that ask for the same to be optimised. */
  public AllocationOptions with(AllocationOptions others) {
    return ImmutableAllocationOptions.copyOf(others)
        .withAdmission(options.admission())
        .withObjectives(options.objectives())
        .withExpectedDemand(options.expectedDemand())
        .withPrices(options.prices())
        .withLinkObjective(options.linkObjective())
        .withStart(options.start());
  }

  /** Returns Java expressions that build the problem and the options. */
  @Override
  public String toString() {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("admission", options.admission());
    asked.put("objectives", options.objectives());
    asked.put("expectedDemand", options.expectedDemand());
    asked.put("prices", options.prices());
    if (options.objectives().contains(Objective.BANDWIDTH)) {
      asked.put("linkObjective", options.linkObjective());
    }
    asked.put("start", options.start());
    return ProblemPrinter.print(problem)
        + "\n\n"
        + ProblemPrinter.builder("AllocationOptions", asked);
  }
}
