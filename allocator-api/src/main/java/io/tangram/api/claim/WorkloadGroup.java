package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;

/**
 * Workloads that start together or not at all: a gang.
 *
 * @param name the group's name
 * @param members its workloads
 * @param minMembers how many of them must be placed for any to be placed, at least 1
 */
public record WorkloadGroup(String name, ImmutableList<WorkloadId> members, int minMembers) {

  /**
   * Makes the group.
   *
   * @throws IllegalArgumentException if minMembers &lt; 1 or above the number of members
   */
  public WorkloadGroup {
    if (minMembers < 1 || minMembers > members.size()) {
      throw new IllegalArgumentException(
          "Group "
              + name
              + " of "
              + members.size()
              + " members asks for at least "
              + minMembers
              + "; ask for 1 to "
              + members.size()
              + ".");
    }
  }
}
