package io.tangram.solver.model;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Sets;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.compile.NodeResources;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.model.PatternModel.ServedOption;
import io.tangram.solver.model.PatternModel.Take;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The rows of {@link PatternModel} on devices and resources of single nodes, summed over the nodes
 * of each cell of {@link GangRows}: a domain is a bin of node capacity, and groups are what it is
 * packed with. They say nothing new of members, but of groups, which are whole numbers, they say
 * more than the search sees by itself.
 *
 * <pre>
 * (1) sum_s q_sc K_s x[s,w] + what others take of c in w &lt;= what w supplies of c
 * (2) sum_s amount_sr K_s x[s,w] + what others take of r in w &lt;= sum_(n in w) available_nr
 * </pre>
 *
 * <p>for each cell w, device class c and resource r, where each member of s in w takes q_sc devices
 * and amount_sr of the resource, whatever the option.
 */
final class GangBins {

  private final CpModelBuilder model;
  private final NodeResources resources;
  private final ListMultimap<Integer, ServedOption> optionsOfNode =
      MultimapBuilder.hashKeys().arrayListValues().build();
  private final ListMultimap<Integer, Map.Entry<Place, LinearExprBuilder>> supplyOfSite =
      MultimapBuilder.hashKeys().arrayListValues().build();

  /**
   * Prepares the rows.
   *
   * @param served all options
   * @param supplied what there is at each place
   */
  GangBins(
      CpModelBuilder model,
      NodeResources resources,
      List<ServedOption> served,
      Map<Place, LinearExprBuilder> supplied) {
    this.model = model;
    this.resources = resources;
    served.forEach(each -> optionsOfNode.put(each.option().node(), each));
    supplied.entrySet().forEach(each -> supplyOfSite.put(each.getKey().site(), each));
  }

  /** Adds the rows of the cells of counted demands. */
  void add(List<GangRows.Cell> cells) {
    ListMultimap<Set<Integer>, GangRows.Cell> bins =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    cells.forEach(cell -> bins.put(cell.nodes(), cell));
    for (Set<Integer> nodes : bins.keySet()) {
      if (nodes.size() > 1) {
        addDevices(nodes, bins.get(nodes));
        addResources(nodes, bins.get(nodes));
      }
    }
  }

  /** (1). */
  private void addDevices(Set<Integer> nodes, List<GangRows.Cell> cells) {
    Set<Integer> classes = new LinkedHashSet<>();
    Set<Integer> elsewhere = new LinkedHashSet<>();
    for (int node : nodes) {
      for (ServedOption option : optionsOfNode.get(node)) {
        option
            .takes()
            .forEach(
                leg ->
                    leg.forEach(
                        take ->
                            (take.place().site() == node ? classes : elsewhere)
                                .add(take.place().deviceClass().index())));
      }
    }
    classes.removeAll(elsewhere);
    for (int deviceClass : classes) {
      LinearExprBuilder left = LinearExpr.newBuilder();
      for (int node : Sets.intersection(nodes, optionsOfNode.keySet())) {
        for (Map.Entry<Place, LinearExprBuilder> supply : supplyOfSite.get(node)) {
          if (supply.getKey().deviceClass().index() == deviceClass) {
            left.addTerm(supply.getValue().build(), -1);
          }
        }
      }
      addTaken(nodes, cells, option -> taken(option, deviceClass), left);
      model.addLessOrEqual(left, 0);
    }
  }

  /** How many devices of a class each unit takes; negative if that is not fixed. */
  private static long taken(ServedOption option, int deviceClass) {
    long sum = 0;
    for (List<Take> leg : option.takes()) {
      for (Take take : leg) {
        if (take.place().deviceClass().index() == deviceClass) {
          if (take.variable().getIndex() != option.units().getIndex()) {
            return -1;
          }
          sum += take.factor();
        }
      }
    }
    return sum;
  }

  /** (2). */
  private void addResources(Set<Integer> nodes, List<GangRows.Cell> cells) {
    for (int resource = 0; resource < resources.names().size(); resource++) {
      int number = resource;
      long available = 0;
      boolean isLimited = true;
      for (int node : nodes) {
        isLimited &= resources.scarce(node).get(resource);
        available += isLimited ? resources.available(node)[resource] : 0;
      }
      if (isLimited) {
        LinearExprBuilder left = LinearExpr.newBuilder();
        addTaken(nodes, cells, option -> option.option().resources().get(number), left);
        model.addLessOrEqual(left, available);
      }
    }
  }

  /** Adds what units on some nodes take, by groups where these are counted there. */
  private void addTaken(
      Set<Integer> nodes,
      List<GangRows.Cell> cells,
      ToLongFunction<ServedOption> each,
      LinearExprBuilder into) {
    Map<Demand, GangRows.Cell> counted = new LinkedHashMap<>();
    for (GangRows.Cell cell : cells) {
      cell.demand().ifPresent(demand -> counted.put(demand, cell));
    }
    ListMultimap<Demand, ServedOption> options =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    nodes.forEach(
        node -> optionsOfNode.get(node).forEach(option -> options.put(option.demand(), option)));
    for (Demand demand : options.keySet()) {
      GangRows.Cell cell = counted.get(demand);
      OptionalLong same = same(options.get(demand), each);
      if (cell != null && same.isPresent()) {
        into.addTerm(cell.groups(), same.getAsLong() * cell.size());
      } else {
        for (ServedOption option : options.get(demand)) {
          into.addTerm(option.units(), Math.max(0, each.applyAsLong(option)));
        }
      }
    }
  }

  private static OptionalLong same(
      List<ServedOption> options, ToLongFunction<ServedOption> amount) {
    long first = amount.applyAsLong(options.get(0));
    return first >= 0 && options.stream().allMatch(each -> amount.applyAsLong(each) == first)
        ? OptionalLong.of(first)
        : OptionalLong.empty();
  }
}
