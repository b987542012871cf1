package io.tangram.solver.compile;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.TopologyConstraint.AtMost;
import java.util.HashMap;
import java.util.Map;

/**
 * A topology constraint of a group over the nodes of the problem.
 *
 * @param constraint the constraint
 * @param domains the domains of its label
 * @param running how many members run in each domain already; those on nodes that the problem
 *     doesn't know are in domains of negative numbers
 */
public record GangLevel(
    TopologyConstraint constraint, NodeDomains domains, ImmutableMap<Integer, Integer> running) {

  /** Whether it has to hold. */
  public boolean required() {
    return constraint.required();
  }

  /** Whether members are to be in one domain; else not too many of them are. */
  public boolean isTogether() {
    return !(constraint instanceof AtMost);
  }

  /** The domain of a node. */
  public int domain(int node) {
    return domains.of(node);
  }

  /**
   * Returns whether another member may be on a node if the constraint has to hold, whoever is
   * placed beside it.
   */
  public boolean allows(int node) {
    int domain = domains.of(node);
    if (required() && !domains.isLabelled(domain)) {
      return false;
    }
    return isTogether()
        ? running.isEmpty() || (running.size() == 1 && running.containsKey(domain))
        : room(domain) > 0;
  }

  /** How many more members may be in a domain; of a constraint that limits them. */
  public int room(int domain) {
    return most() - running.getOrDefault(domain, 0);
  }

  private int most() {
    return constraint instanceof AtMost atMost ? atMost.members() : Integer.MAX_VALUE;
  }

  /** How many members that run already are beyond what is preferred. */
  public int runningBeyond() {
    return isTogether()
        ? running.size()
        : running.values().stream().mapToInt(each -> Math.max(0, each - most())).sum();
  }

  /**
   * Returns by how much members miss the constraint.
   *
   * @param placed the nodes of those that are placed, one entry each; not empty
   */
  public long missed(Iterable<Integer> placed) {
    Map<Integer, Integer> members = new HashMap<>(running);
    placed.forEach(node -> members.merge(domains.of(node), 1, Integer::sum));
    return isTogether()
        ? members.size() - 1L
        : members.values().stream().mapToLong(each -> Math.max(0, each - most())).sum();
  }
}
