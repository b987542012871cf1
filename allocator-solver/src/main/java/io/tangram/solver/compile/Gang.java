package io.tangram.solver.compile;

import io.tangram.api.claim.WorkloadGroupId;

/**
 * A group of workloads of which several are placed or none.
 *
 * @param id its identity
 * @param minMembers how many of its members are placed if any is, at least 2
 */
public record Gang(WorkloadGroupId id, int minMembers) {}
