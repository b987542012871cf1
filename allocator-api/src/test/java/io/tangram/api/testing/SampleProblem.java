package io.tangram.api.testing;

import io.tangram.api.AllocationProblem;

/**
 * A generated problem. It prints itself as Java code, so that one that fails can be pasted into a
 * test.
 *
 * @param problem the problem
 */
public record SampleProblem(AllocationProblem problem) {

  /** Returns a Java expression that builds the problem. */
  @Override
  public String toString() {
    return ProblemPrinter.print(problem);
  }
}
