package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many shares of each size what is left of a shared device suffices for at once. */
final class Sharing {

  private final CompiledProblem problem;
  private final ClusterState state;
  private final SearchRules rules;
  private final Effort effort;

  /**
   * Who wants shares of one size.
   *
   * @param part the place of these shares among all that is wanted
   * @param leaf the request
   * @param most how many requests there are: none takes two shares of one device
   */
  record Taker(int part, Leaf leaf, int most) {}

  Sharing(CompiledProblem problem, ClusterState state, SearchRules rules, Effort effort) {
    this.problem = problem;
    this.state = state;
    this.rules = rules;
    this.effort = effort;
  }

  /**
   * Returns the amounts that fit together and that no others outdo; incomplete once the effort is
   * spent.
   *
   * @param parts how many places amounts have
   */
  ImmutableList<ImmutableIntArray> supplies(int device, List<Taker> takers, int parts) {
    Device published = problem.devices().device(device);
    Map<QualifiedName, BigDecimal> left = new HashMap<>();
    published
        .capacity()
        .forEach(
            (name, capacity) ->
                left.put(name, capacity.value().value().subtract(state.consumed(device, name))));
    Amounts amounts = Amounts.most();
    collect(published, takers, 0, left, new int[parts], amounts);
    return amounts.members().stream()
        .map(ImmutableIntArray::copyOf)
        .collect(ImmutableList.toImmutableList());
  }

  private void collect(
      Device device,
      List<Taker> takers,
      int number,
      Map<QualifiedName, BigDecimal> left,
      int[] taken,
      Amounts into) {
    if (!effort.spend(1 + into.size())) {
      return;
    }
    if (number == takers.size()) {
      into.add(taken.clone());
      return;
    }
    Taker taker = takers.get(number);
    ImmutableMap<QualifiedName, Quantity> share =
        ConsumedCapacity.of(device, taker.leaf().request().capacityRequests())
            .orElse(ImmutableMap.of());
    Map<QualifiedName, BigDecimal> rest = new HashMap<>(left);
    collect(device, takers, number + 1, rest, taken, into);
    for (int shares = 1; shares <= taker.most() && takeOff(share, rest); shares++) {
      taken[taker.part()] = shares;
      collect(device, takers, number + 1, rest, taken, into);
    }
    taken[taker.part()] = 0;
  }

  private boolean takeOff(
      ImmutableMap<QualifiedName, Quantity> share, Map<QualifiedName, BigDecimal> rest) {
    boolean fits = true;
    for (Map.Entry<QualifiedName, Quantity> each : share.entrySet()) {
      BigDecimal left =
          rest.getOrDefault(each.getKey(), BigDecimal.ZERO).subtract(each.getValue().value());
      rest.put(each.getKey(), left);
      fits &= left.signum() >= 0 || !rules.capacityCounts();
    }
    return fits;
  }
}
