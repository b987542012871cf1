package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.TopologyConstraint.AtMost;
import io.tangram.api.claim.TopologyConstraint.Together;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.Node;
import io.tangram.api.plan.AllocationPlan;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the members of a group are that a plan places, beside those that run already: whether that
 * is what the group requires, and by how much it misses what the group prefers.
 *
 * @param group the group
 * @param placed the nodes of its members that are placed, one entry each; not empty
 * @param cluster the nodes
 */
record GroupSpread(WorkloadGroup group, ImmutableList<String> placed, ClusterIndex cluster) {

  /** A domain, or a node that is in none. */
  private record Domain(boolean isLabelled, String name) {}

  /** Returns the groups with topology of which the plan places members. */
  static Stream<GroupSpread> all(
      AllocationProblem problem, AllocationPlan plan, ClusterIndex cluster) {
    return problem.groups().stream()
        .filter(group -> !group.topology().isEmpty())
        .map(
            group ->
                new GroupSpread(
                    group,
                    group.members().stream()
                        .flatMap(member -> Stream.ofNullable(plan.placements().get(member)))
                        .collect(ImmutableList.toImmutableList()),
                    cluster))
        .filter(spread -> !spread.placed().isEmpty());
  }

  /** Returns where the members are that run, as if they were placed now. */
  static GroupSpread ofRunning(WorkloadGroup group, ClusterIndex cluster) {
    WorkloadGroup alone = WorkloadGroup.builder().from(group).running(ImmutableList.of()).build();
    return new GroupSpread(alone, group.running(), cluster);
  }

  /** Returns what is against the topology that the group requires, a sentence each. */
  Stream<String> faults() {
    return group.topology().stream()
        .filter(TopologyConstraint::required)
        .flatMap(each -> fault(each).stream())
        .map(fault -> "group " + group.id() + " requires " + fault);
  }

  private Optional<String> fault(TopologyConstraint constraint) {
    Multiset<Domain> ofPlaced = domains(constraint, placed);
    Multiset<Domain> ofAll = domains(constraint, placed);
    ofAll.addAll(domains(constraint, group.running()));
    Optional<Domain> unlabelled =
        ofPlaced.elementSet().stream().filter(domain -> !domain.isLabelled()).findFirst();
    if (unlabelled.isPresent()) {
      return Optional.of(
          "%s, but has a member on node %s, which has no such label"
              .formatted(constraint.inWords(), unlabelled.get().name()));
    }
    if (constraint instanceof AtMost most) {
      return ofPlaced.elementSet().stream()
          .filter(domain -> ofAll.count(domain) > most.members())
          .findFirst()
          .map(
              domain ->
                  "%s, but has %d in %s"
                      .formatted(constraint.inWords(), ofAll.count(domain), domain.name()));
    }
    Set<Domain> used = ofAll.elementSet();
    return used.size() > 1
        ? Optional.of(
            "%s, but has members in %s"
                .formatted(
                    constraint.inWords(),
                    String.join(" and ", used.stream().map(Domain::name).toList())))
        : Optional.empty();
  }

  /** Returns by how much the group misses the topology that it prefers. */
  long missed() {
    long missed = 0;
    for (TopologyConstraint constraint : group.topology()) {
      if (!constraint.required()) {
        Multiset<Domain> domains = domains(constraint, placed);
        domains.addAll(domains(constraint, group.running()));
        missed += missed(constraint, domains);
      }
    }
    return missed;
  }

  private static long missed(TopologyConstraint constraint, Multiset<Domain> domains) {
    if (constraint instanceof Together) {
      return domains.elementSet().size() - 1L;
    }
    int allowed = ((AtMost) constraint).members();
    return domains.entrySet().stream()
        .mapToLong(domain -> Math.max(0, domain.getCount() - allowed))
        .sum();
  }

  private Multiset<Domain> domains(TopologyConstraint constraint, ImmutableList<String> nodes) {
    Multiset<Domain> domains = LinkedHashMultiset.create();
    for (String name : nodes) {
      Node node = cluster.node(name);
      Optional<String> value = node == null ? Optional.empty() : constraint.domain(node);
      domains.add(new Domain(value.isPresent(), value.orElse(name)));
    }
    return domains;
  }
}
