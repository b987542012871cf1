package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.WorkloadGroupId;
import org.jspecify.annotations.Nullable;

/**
 * A group of workloads that are placed together, so many or none, in certain domains.
 *
 * @param id its identity
 * @param minMembers how many of its members are placed if any is
 * @param levels where its members have to be, or would better be
 */
public record Gang(WorkloadGroupId id, int minMembers, ImmutableList<GangLevel> levels) {

  /** Whether it has to be in certain domains. */
  public boolean requiresTopology() {
    return levels.stream().anyMatch(GangLevel::required);
  }

  /** There is one of each identity. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Gang gang && id.equals(gang.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }
}
