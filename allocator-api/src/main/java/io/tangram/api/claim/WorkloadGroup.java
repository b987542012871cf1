package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import org.immutables.value.Value;

/**
 * Workloads that start together or not at all: a gang, a PodGroup in Kubernetes. At least {@link
 * #minMembers} of them are placed, or none. All are of one priority; in the queue they stand
 * together, in their own order, where the first of them would.
 *
 * <p>A group with fewer members than {@link #minMembers} waits for more: none of them is placed. A
 * group that needs a single member and has no {@link #topology} binds nothing.
 */
@Value.Immutable
public interface WorkloadGroup {

  /** The identity. */
  WorkloadGroupId id();

  /** Its workloads that are to be placed, each once, in any order. */
  ImmutableList<WorkloadId> members();

  /**
   * How many of them must be placed for any to be placed, at least 1. Members that run already and
   * aren't among {@link #members} are to be subtracted before.
   */
  int minMembers();

  /**
   * Where members are in relation to each other, at any number of levels; none twice. All that are
   * required hold of every plan that places members; those that are preferred are for {@link
   * io.tangram.api.plan.Objective#TOPOLOGY}.
   */
  ImmutableList<TopologyConstraint> topology();

  /**
   * The names of the nodes of its members that run already, one entry each; they count in {@link
   * #topology}. A node that the problem doesn't know has no labels.
   */
  ImmutableList<String> running();

  /** Returns whether it makes a difference to be a member. */
  default boolean isBinding() {
    return minMembers() > 1 || !topology().isEmpty();
  }

  /**
   * Refuses what is no group.
   *
   * @throws IllegalArgumentException if minMembers &lt; 1, or if a member or a constraint is listed
   *     twice
   */
  @Value.Check
  default void check() {
    if (minMembers() < 1) {
      throw new IllegalArgumentException(
          "Group " + id() + " asks for at least " + minMembers() + " members; ask for 1 or more.");
    }
    HashSet<WorkloadId> seen = new HashSet<>();
    for (WorkloadId member : members()) {
      if (!seen.add(member)) {
        throw new IllegalArgumentException(
            "Group " + id() + " lists workload " + member + " twice; list it once.");
      }
    }
    HashSet<TopologyConstraint> constraints = new HashSet<>();
    for (TopologyConstraint constraint : topology()) {
      if (!constraints.add(constraint)) {
        throw new IllegalArgumentException(
            "Group " + id() + " lists " + constraint.inWords() + " twice; list it once.");
      }
    }
  }

  /** Returns a group of these members. */
  static WorkloadGroup of(WorkloadGroupId id, int minMembers, WorkloadId... members) {
    return builder().id(id).minMembers(minMembers).addMembers(members).build();
  }

  /** Returns an empty builder; identity and minMembers have no default. */
  static ImmutableWorkloadGroup.Builder builder() {
    return ImmutableWorkloadGroup.builder();
  }
}
