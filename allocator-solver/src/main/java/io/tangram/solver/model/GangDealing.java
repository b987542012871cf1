package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.solver.compile.GangLevel;
import io.tangram.solver.compile.GangShape;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Deals the places of {@linkplain GangShape#isCounted counted} groups to their members, after
 * {@link GangRows} (4) and (5): the groups of a demand take one cell after the other, and in a cell
 * places that are sorted by domain in turn, so that none gets more than its part of a domain.
 */
final class GangDealing {

  private final int nodes;

  /**
   * Prepares to deal.
   *
   * @param nodes how many nodes there are
   */
  GangDealing(int nodes) {
    this.nodes = nodes;
  }

  /**
   * Returns the placements with members exchanged so that each group is where it has to be.
   *
   * @param placements of all units; those of a counted shape are whole groups, in the order of the
   *     queue
   */
  List<Placement> deal(List<Placement> placements) {
    List<Placement> dealt = new ArrayList<>();
    ListMultimap<List<Object>, Placement> counted = LinkedListMultimap.create();
    for (Placement placement : placements) {
      if (placement.unit().type().gang().filter(GangDealing::isDealt).isPresent()) {
        counted.put(List.of(placement.unit().type(), placement.unit().priority()), placement);
      } else {
        dealt.add(placement);
      }
    }
    for (List<Object> alike : counted.keySet()) {
      dealt.addAll(dealAlike(counted.get(alike)));
    }
    return dealt;
  }

  private static boolean isDealt(GangShape shape) {
    return shape.isCounted() && shape.hasTopology();
  }

  private List<Placement> dealAlike(List<Placement> placements) {
    GangShape shape = placements.get(0).unit().type().gang().orElseThrow();
    ListMultimap<ImmutableList<Integer>, Integer> cells = shape.cells(nodes);
    ListMultimap<Integer, Placement> byNode =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    placements.forEach(placement -> byNode.put(placement.node(), placement));
    List<Placement> members =
        placements.stream()
            .sorted(Comparator.comparingInt(placement -> placement.unit().order()))
            .toList();
    List<Placement> dealt = new ArrayList<>();
    for (ImmutableList<Integer> cell : cells.keySet()) {
      List<Placement> places = new ArrayList<>();
      cells.get(cell).forEach(node -> places.addAll(byNode.get(node)));
      shape.spread().ifPresent(level -> places.sort(byDomain(level)));
      int groups = places.size() / shape.minMembers();
      int first = dealt.size();
      for (int group = 0; group < groups; group++) {
        for (int member = 0; member < shape.minMembers(); member++) {
          int place =
              shape.spread().isPresent()
                  ? group + member * groups
                  : group * shape.minMembers() + member;
          int unit = first + group * shape.minMembers() + member;
          dealt.add(
              new Placement(
                  members.get(unit).unit(), places.get(place).node(), places.get(place).choices()));
        }
      }
    }
    return dealt;
  }

  private static Comparator<Placement> byDomain(GangLevel level) {
    return Comparator.comparingInt(placement -> level.domain(placement.node()));
  }
}
