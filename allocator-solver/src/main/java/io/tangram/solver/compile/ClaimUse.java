package io.tangram.solver.compile;

/**
 * How a workload uses one of its claims, as far as it matters to what devices take of nodes.
 *
 * @param containers how many of its containers reference the claim (R239)
 * @param mayBePart whether the claim may be given parts of nodes: a container references it, or it
 *     stands for what containers ask for (R238)
 */
public record ClaimUse(int containers, boolean mayBePart) {}
