package io.tangram.api.claim;

import io.tangram.api.device.Node;
import java.util.Optional;

/**
 * Where the members of a {@linkplain WorkloadGroup group} are in relation to each other: together
 * in one domain, or spread over several. A domain is what nodes with one value of a label are: an
 * NVLink clique, a rack, a block, a zone. The label is called the level. Levels need not nest.
 *
 * <p>Members that {@linkplain WorkloadGroup#running run already} count as those that are placed. A
 * node without the label is in no domain: where the constraint is required, no member is placed
 * there; where it is preferred, the node counts as a domain of its own.
 *
 * <p>As in Kueue's topology-aware scheduling (KEP-2724, {@code podset-required-topology} and {@code
 * podset-preferred-topology}), Slurm's {@code topology/block}, and {@code
 * spec.schedulingConstraints.topology} of a PodGroup of scheduling.k8s.io, which is required.
 */
public sealed interface TopologyConstraint {

  /** The label of nodes whose values are the domains. */
  String level();

  /** Whether no member is placed against it; else fewer domains, or more, are only better. */
  boolean required();

  /** The domain of a node, if it is in one. */
  default Optional<String> domain(Node node) {
    return Optional.ofNullable(node.labels().get(level()));
  }

  /** Returns the constraint in words, such as {@code all members in one rack}. */
  String inWords();

  /**
   * All members are in one domain. Where some run in several domains already, or on a node without
   * the label, and the constraint is required, no other is placed.
   *
   * @param level the label
   * @param required whether it has to hold
   */
  record Together(String level, boolean required) implements TopologyConstraint {

    /** Refuses an empty label. */
    public Together {
      requireLabel(level);
    }

    @Override
    public String inWords() {
      return "all members in one " + level;
    }
  }

  /**
   * No more than so many members are in one domain. Where more run there already and the constraint
   * is required, no other is placed there.
   *
   * @param level the label
   * @param members how many, at least 1
   * @param required whether it has to hold
   */
  record AtMost(String level, int members, boolean required) implements TopologyConstraint {

    /** Refuses an empty label, and less than one member. */
    public AtMost {
      requireLabel(level);
      if (members < 1) {
        throw new IllegalArgumentException(
            "At most " + members + " members in one " + level + " are none; allow 1 or more.");
      }
    }

    @Override
    public String inWords() {
      return "at most " + members + (members == 1 ? " member" : " members") + " in one " + level;
    }
  }

  private static void requireLabel(String level) {
    if (level.isEmpty()) {
      throw new IllegalArgumentException(
          "A topology level is the empty label; name a label of nodes.");
    }
  }
}
