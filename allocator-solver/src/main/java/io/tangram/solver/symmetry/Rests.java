package io.tangram.solver.symmetry;

import com.google.common.collect.Multiset;
import com.google.common.primitives.Ints;
import io.tangram.solver.symmetry.PooledNodes.Want;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is left over on nodes of devices of which units take several from one node: fewer than a
 * unit takes on each, if every component supplies the most that it can. A component that supplies
 * less mends that, as far as it supplies less by just what would be left over.
 */
public final class Rests {

  private final Want want;
  private final Map<ComponentGroup, int[]> supplied = new LinkedHashMap<>();
  private final Map<Set<ComponentGroup>, LeftOver> byMenders = new LinkedHashMap<>();

  /**
   * Nodes on which the same groups can mend what is left over.
   *
   * @param menders the groups with components there that can
   * @param byNode how many devices are left over on each of the nodes, all more than 0
   */
  public record LeftOver(Set<ComponentGroup> menders, Map<Integer, Long> byNode) {

    /** What is left over on all these nodes together. */
    public long devices() {
      return byNode.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  Rests(
      Want want,
      Collection<ComponentGroup> groups,
      List<Multiset<ComponentGroup>> groupsByNode,
      List<Multiset<Place>> loneByNode) {
    this.want = want;
    for (ComponentGroup group : groups) {
      supplied.put(
          group,
          group.patterns().stream()
              .mapToInt(pattern -> PooledNodes.devices(group, pattern, want))
              .toArray());
    }
    for (int node = 0; node < groupsByNode.size(); node++) {
      sort(node, groupsByNode.get(node), loneByNode.get(node));
    }
  }

  private void sort(int node, Multiset<ComponentGroup> groups, Multiset<Place> lone) {
    long devices = 0;
    for (Multiset.Entry<Place> each : lone.entrySet()) {
      devices += want.places().contains(each.getElement()) ? each.getCount() : 0;
    }
    for (ComponentGroup group : groups) {
      devices += most(group);
    }
    long rest = devices % want.count();
    if (rest > 0) {
      Set<ComponentGroup> menders = new LinkedHashSet<>(groups.elementSet());
      menders.removeIf(group -> !canMend(group));
      byMenders
          .computeIfAbsent(menders, same -> new LeftOver(same, new LinkedHashMap<>()))
          .byNode()
          .put(node, rest);
    }
  }

  private int[] supplied(ComponentGroup group) {
    return Objects.requireNonNull(supplied.get(group));
  }

  private int most(ComponentGroup group) {
    return Ints.max(supplied(group));
  }

  private boolean canMend(ComponentGroup group) {
    for (int pattern = 0; pattern < supplied(group).length; pattern++) {
      if (mended(group, pattern) > 0) {
        return true;
      }
    }
    return false;
  }

  /** How many of the wanted devices a component of a group supplies by a pattern. */
  public int devices(ComponentGroup group, int pattern) {
    return supplied(group)[pattern];
  }

  /** How many devices less may be left over where a component supplies by this pattern. */
  public int mended(ComponentGroup group, int pattern) {
    return (int) ((most(group) - devices(group, pattern)) % want.count());
  }

  /** What is left over, by nodes with the same menders. */
  public List<LeftOver> leftOver() {
    return new ArrayList<>(byMenders.values());
  }

  /** Whether every group that can mend anything can do so wherever something is left over. */
  public boolean areMendedAlike() {
    Set<ComponentGroup> menders = new LinkedHashSet<>(supplied.keySet());
    menders.removeIf(group -> !canMend(group));
    return byMenders.keySet().stream().allMatch(menders::equals);
  }
}
