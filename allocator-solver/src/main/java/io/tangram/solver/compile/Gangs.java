package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The groups of workloads that bind their members: of which one alone is not enough, or to which it
 * matters where all of them are.
 */
final class Gangs {

  private final Map<WorkloadId, WorkloadGroup> groups = new HashMap<>();
  private final Map<WorkloadGroupId, Gang> gangs = new HashMap<>();
  private final Map<String, NodeDomains> domains = new HashMap<>();
  private final Map<String, Integer> nodeNumbers = new HashMap<>();

  Gangs(AllocationProblem problem) {
    for (WorkloadGroup group : problem.groups()) {
      if (group.isBinding()) {
        if (!group.topology().isEmpty() && nodeNumbers.isEmpty()) {
          problem.nodes().forEach(node -> nodeNumbers.put(node.name(), nodeNumbers.size()));
        }
        group.members().forEach(member -> groups.put(member, group));
        gangs.put(group.id(), gang(group, problem));
      }
    }
  }

  private Gang gang(WorkloadGroup group, AllocationProblem problem) {
    ImmutableList.Builder<GangLevel> levels = ImmutableList.builder();
    for (TopologyConstraint constraint : group.topology()) {
      NodeDomains ofLevel =
          domains.computeIfAbsent(
              constraint.level(), level -> new NodeDomains(level, problem.nodes()));
      levels.add(new GangLevel(constraint, ofLevel, running(group, ofLevel)));
    }
    return new Gang(group.id(), group.minMembers(), levels.build());
  }

  private ImmutableMap<Integer, Integer> running(WorkloadGroup group, NodeDomains ofLevel) {
    Map<String, Integer> unknown = new HashMap<>();
    Map<Integer, Integer> running = new TreeMap<>();
    for (String name : group.running()) {
      Integer node = nodeNumbers.get(name);
      running.merge(
          node == null ? unknown.computeIfAbsent(name, n -> -1 - unknown.size()) : ofLevel.of(node),
          1,
          Integer::sum);
    }
    return ImmutableMap.copyOf(running);
  }

  /** The group that binds a workload, if any does. */
  Optional<Gang> of(WorkloadId workload) {
    return Optional.ofNullable(groups.get(workload)).map(group -> gangs.get(group.id()));
  }

  /** Returns a queue in which members of a group stand together, where the first of them did. */
  <T> List<T> together(List<T> queue, Function<T, Optional<WorkloadId>> workload) {
    if (groups.isEmpty()) {
      return queue;
    }
    Map<WorkloadGroup, List<T>> members = new HashMap<>();
    for (T each : queue) {
      group(each, workload)
          .ifPresent(group -> members.computeIfAbsent(group, g -> new ArrayList<>()).add(each));
    }
    List<T> together = new ArrayList<>();
    Set<WorkloadGroup> seen = new HashSet<>();
    for (T each : queue) {
      Optional<WorkloadGroup> group = group(each, workload);
      if (group.isEmpty()) {
        together.add(each);
      } else if (seen.add(group.get())) {
        together.addAll(members.getOrDefault(group.get(), List.of()));
      }
    }
    return together;
  }

  private <T> Optional<WorkloadGroup> group(T each, Function<T, Optional<WorkloadId>> workload) {
    return workload.apply(each).flatMap(id -> Optional.ofNullable(groups.get(id)));
  }

  /**
   * Why a workload can't be placed with its group, if too few of its members can be considered.
   *
   * @param considered whether a workload can be
   */
  Optional<Reason> shortage(WorkloadId workload, Predicate<WorkloadId> considered) {
    return Optional.ofNullable(groups.get(workload))
        .flatMap(
            group -> {
              int members = (int) group.members().stream().filter(considered).count();
              return members < group.minMembers()
                  ? Optional.of(new Reason.GroupUnplaced(group.id(), group.minMembers(), members))
                  : Optional.empty();
            });
  }
}
