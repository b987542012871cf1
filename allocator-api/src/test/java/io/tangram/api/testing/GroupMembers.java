package io.tangram.api.testing;

import com.google.common.collect.ImmutableSortedMultiset;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.TopologyConstraint.AtMost;
import io.tangram.api.claim.WorkloadGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group that are placed.
 *
 * @param group the group
 * @param number how many they are
 * @param nodes their nodes by name, where it matters to the group where they are; else empty
 */
record GroupMembers(WorkloadGroup group, int number, ImmutableSortedMultiset<String> nodes) {

  /** Returns none of the members. */
  static GroupMembers none(WorkloadGroup group) {
    return new GroupMembers(group, 0, ImmutableSortedMultiset.of());
  }

  /** Returns these and one more. */
  GroupMembers plus(String node) {
    return new GroupMembers(
        group,
        number + 1,
        group.topology().isEmpty()
            ? nodes
            : ImmutableSortedMultiset.<String>naturalOrder().addAll(nodes).add(node).build());
  }

  /** Whether there are some, and fewer than it takes. */
  boolean areTooFew() {
    return number > 0 && number < group.minMembers();
  }

  /**
   * Returns whether they are where the group requires them to be.
   *
   * @param labels of each node
   */
  boolean areAllowed(Map<String, ? extends Map<String, String>> labels) {
    return number == 0
        || group.topology().stream()
            .filter(TopologyConstraint::required)
            .allMatch(constraint -> isMet(constraint, labels));
  }

  private boolean isMet(
      TopologyConstraint constraint, Map<String, ? extends Map<String, String>> labels) {
    List<@Nullable String> values = new ArrayList<>();
    nodes.forEach(node -> values.add(value(constraint, node, labels)));
    if (values.contains(null)) {
      return false;
    }
    List<@Nullable String> all = new ArrayList<>(values);
    group.running().forEach(node -> all.add(value(constraint, node, labels)));
    if (constraint instanceof AtMost most) {
      return values.stream()
          .allMatch(
              value -> all.stream().filter(each -> value.equals(each)).count() <= most.members());
    }
    return all.stream().allMatch(value -> Objects.equals(value, all.get(0)));
  }

  /**
   * Returns by how much they miss what the group prefers.
   *
   * @param labels of each node
   */
  long missed(Map<String, ? extends Map<String, String>> labels) {
    long missed = 0;
    for (TopologyConstraint constraint : group.topology()) {
      if (number > 0 && !constraint.required()) {
        Map<String, Integer> members = new HashMap<>();
        List<String> everywhere = new ArrayList<>(nodes);
        everywhere.addAll(group.running());
        for (String node : everywhere) {
          String value = value(constraint, node, labels);
          members.merge(value == null ? "only " + node : "value " + value, 1, Integer::sum);
        }
        missed +=
            constraint instanceof AtMost most
                ? members.values().stream().mapToInt(n -> Math.max(0, n - most.members())).sum()
                : members.size() - 1;
      }
    }
    return missed;
  }

  private static @Nullable String value(
      TopologyConstraint constraint,
      String node,
      Map<String, ? extends Map<String, String>> labels) {
    Map<String, String> own = labels.get(node);
    return own == null ? null : own.get(constraint.level());
  }
}
