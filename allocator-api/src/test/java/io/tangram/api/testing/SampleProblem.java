package io.tangram.api.testing;

import io.tangram.api.AllocationProblem;

/**
 * A generated problem.
 *
 * @param problem the problem
 */
public record SampleProblem(AllocationProblem problem) {}
