package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.tangram.api.claim.WorkloadGroupId;
import java.util.Collection;
import java.util.Optional;

/**
 * What groups of workloads have in common for their members to stand in for each other. Groups of
 * which nobody can tell two apart are <em>counted</em>: all members are of one type, all of them
 * are placed or none, nothing is only preferred, and none runs already.
 *
 * @param minMembers how many members are placed if any is; of a counted group all it has
 * @param levels where members have to be, or would better be
 * @param only the group, if it can't be counted with others
 */
public record GangShape(
    int minMembers, ImmutableList<GangLevel> levels, Optional<WorkloadGroupId> only) {

  /** Returns the shape of a group by itself. */
  static GangShape only(Gang gang) {
    return new GangShape(gang.minMembers(), gang.levels(), Optional.of(gang.id()));
  }

  /**
   * Returns the shape of a group, which is counted if it can be.
   *
   * @param members what each member asks for that can be considered
   */
  static GangShape of(Gang gang, Collection<?> members) {
    boolean isUniform =
        members.size() == gang.minMembers() && members.stream().distinct().count() == 1;
    boolean isFresh =
        gang.levels().stream().allMatch(level -> level.required() && level.running().isEmpty());
    boolean dealsEasily = gang.levels().stream().filter(level -> !level.isTogether()).count() <= 1;
    return isUniform && isFresh && dealsEasily
        ? new GangShape(gang.minMembers(), gang.levels(), Optional.empty())
        : only(gang);
  }

  /** Whether groups of this shape are counted. */
  public boolean isCounted() {
    return only.isEmpty();
  }

  /** Whether it matters on which nodes members are. */
  public boolean hasTopology() {
    return !levels.isEmpty();
  }

  /** Whether members may be on a node, whoever else is placed. */
  public boolean mayUse(int node) {
    return levels.stream().allMatch(level -> !level.required() || level.allows(node));
  }

  /**
   * The nodes that members may use, by the domains in which all of them have to be together; one
   * entry of all nodes where nothing says that they have to be.
   *
   * @param nodes how many nodes there are
   */
  public ImmutableListMultimap<ImmutableList<Integer>, Integer> cells(int nodes) {
    ImmutableListMultimap.Builder<ImmutableList<Integer>, Integer> cells =
        ImmutableListMultimap.builder();
    for (int node = 0; node < nodes; node++) {
      if (mayUse(node)) {
        ImmutableList.Builder<Integer> cell = ImmutableList.builder();
        for (GangLevel level : levels) {
          if (level.required() && level.isTogether()) {
            cell.add(level.domain(node));
          }
        }
        cells.put(cell.build(), node);
      }
    }
    return cells.build();
  }

  /** The constraint that limits how many members are in one domain; of a counted shape. */
  public Optional<GangLevel> spread() {
    return levels.stream().filter(level -> !level.isTogether()).findFirst();
  }
}
