package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What nodes have left of CPU, memory and other resources that workloads take, as integers in the
 * {@link AmountUnit} of each resource.
 *
 * <p>A resource is <em>scarce</em> on a node if the workloads that may be placed there want more of
 * it together than there is. Only scarce ones tie workloads to each other.
 *
 * <p>An extended resource that claims stand for is unlimited on nodes that don't offer it (R216): a
 * workload takes none of it there. One that has no such claim is kept from these nodes.
 */
public final class NodeResources {

  /** More than anyone wants. */
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final ImmutableList<Node> nodes;
  private final List<String> names = new ArrayList<>();
  private final List<AmountUnit> units = new ArrayList<>();
  private final long[][] available;
  private final BitSet[] scarce;

  /** The nodes that offer each resource that claims stand for. */
  private final Map<String, BitSet> offering = new HashMap<>();

  /**
   * What a workload takes.
   *
   * @param amounts of each resource
   * @param extended those that its claims stand for
   */
  record Wanted(ImmutableLongArray amounts, ImmutableSet<String> extended) {}

  private NodeResources(ImmutableList<Node> nodes) {
    this.nodes = nodes;
    this.available = new long[nodes.size()][];
    this.scarce = new BitSet[nodes.size()];
  }

  static NodeResources of(AllocationProblem problem, NodeConsumptions consumptions) {
    NodeResources resources = new NodeResources(problem.nodes());
    resources.chooseUnits(problem, consumptions);
    Set<String> extended = new HashSet<>();
    for (Claim claim : problem.claims()) {
      extended.addAll(claim.extendedResources().values());
    }
    extended.forEach(resources::findOffering);
    for (int node = 0; node < resources.available.length; node++) {
      resources.available[node] = resources.left(node);
      resources.scarce[node] = new BitSet();
    }
    return resources;
  }

  private void chooseUnits(AllocationProblem problem, NodeConsumptions consumptions) {
    Map<String, AmountUnit> wanted = new LinkedHashMap<>();
    for (Workload workload : problem.workloads()) {
      workload
          .resources()
          .forEach(
              (name, amount) -> {
                if (amount.signum() > 0) {
                  AmountUnit before = wanted.getOrDefault(name, AmountUnit.NONE);
                  wanted.put(name, before.and(amount.value()));
                }
              });
    }
    consumptions.forEachAmount(
        (name, amount) -> {
          AmountUnit before = wanted.getOrDefault(name, AmountUnit.NONE);
          wanted.put(name, before.and(amount));
        });
    for (Node node : problem.nodes()) {
      node.available()
          .orElse(ImmutableMap.of())
          .forEach(
              (name, amount) ->
                  wanted.computeIfPresent(name, (known, unit) -> unit.and(amount.value())));
    }
    names.addAll(wanted.keySet());
    units.addAll(wanted.values());
  }

  private void findOffering(String extended) {
    BitSet found = new BitSet();
    for (int node = 0; node < nodes.size(); node++) {
      found.set(node, nodes.get(node).offers(extended));
    }
    offering.put(extended, found);
  }

  /** What is left on a node, rounded down. */
  private long[] left(int number) {
    return counted(number, nodes.get(number).available());
  }

  private long[] counted(int number, Optional<ImmutableMap<String, Quantity>> amounts) {
    long[] left = new long[names.size()];
    for (int i = 0; i < left.length; i++) {
      left[i] = UNLIMITED;
      if (amounts.isPresent() && isTaken(i, number)) {
        Quantity amount = amounts.get().getOrDefault(names.get(i), Quantity.ZERO);
        left[i] = units.get(i).down(amount.value().max(BigDecimal.ZERO));
      }
    }
    return left;
  }

  /** Whether workloads take a resource of the node, rather than devices (R216). */
  public boolean isTaken(int resource, int node) {
    BitSet offered = offering.get(names.get(resource));
    return offered == null || offered.get(node);
  }

  /** Whether it is known what a node has; nothing else keeps workloads from it. */
  public boolean isKnown(int node) {
    return nodes.get(node).available().isPresent();
  }

  /**
   * What a workload takes of each resource, rounded up.
   *
   * @param claims its pending claims
   * @param byDevices what it takes by the devices of held claims (R239)
   */
  Wanted wanted(
      Optional<Workload> workload, List<Claim> claims, Map<String, BigDecimal> byDevices) {
    ImmutableMap<String, Quantity> wanted =
        workload.map(Workload::resources).orElse(ImmutableMap.of());
    ImmutableLongArray.Builder amounts = ImmutableLongArray.builder(names.size());
    for (int i = 0; i < names.size(); i++) {
      Quantity amount = wanted.getOrDefault(names.get(i), Quantity.ZERO);
      amounts.add(
          units
              .get(i)
              .up(
                  amount
                      .value()
                      .max(BigDecimal.ZERO)
                      .add(byDevices.getOrDefault(names.get(i), BigDecimal.ZERO))));
    }
    ImmutableSet.Builder<String> extended = ImmutableSet.builder();
    for (Claim claim : claims) {
      extended.addAll(claim.extendedResources().values());
    }
    return new Wanted(amounts.build(), extended.build());
  }

  /** What nodes have of an extended resource that a claim stands for. */
  ClaimShape.OwnSupply ownSupply(String resource) {
    BitSet offered = offering.getOrDefault(resource, new BitSet());
    return offered.isEmpty()
        ? ClaimShape.OwnSupply.NONE
        : new ClaimShape.OwnSupply(names.indexOf(resource), offered);
  }

  /** Finds what is scarce, given what is wanted in all by those who may use the same nodes. */
  void findScarce(Map<Optional<BitSet>, long[]> wanted) {
    for (int node = 0; node < nodes.size(); node++) {
      long[] all = new long[names.size()];
      for (Map.Entry<Optional<BitSet>, long[]> each : wanted.entrySet()) {
        if (each.getKey().isEmpty() || each.getKey().get().get(node)) {
          for (int i = 0; i < all.length; i++) {
            all[i] = LongMath.saturatedAdd(all[i], each.getValue()[i]);
          }
        }
      }
      for (int i = 0; i < all.length; i++) {
        scarce[node].set(i, all[i] > available[node][i]);
      }
    }
  }

  /** The part of what is wanted that is scarce on one of the nodes, the rest set to 0. */
  ImmutableLongArray scarceOf(Wanted wanted, Optional<BitSet> allowed) {
    BitSet kept = new BitSet();
    for (int node = 0; node < nodes.size(); node++) {
      if (allowed.isEmpty() || allowed.get().get(node)) {
        kept.or(scarce[node]);
      }
    }
    ImmutableLongArray.Builder amounts = ImmutableLongArray.builder(names.size());
    for (int i = 0; i < names.size(); i++) {
      amounts.add(kept.get(i) ? wanted.amounts().get(i) : 0);
    }
    return amounts.build();
  }

  /** The nodes among these that have enough of everything; all where absent. */
  Optional<BitSet> fitting(Wanted wanted, Optional<BitSet> allowed) {
    BitSet fitting = new BitSet();
    for (int node = 0; node < nodes.size(); node++) {
      fitting.set(node, (allowed.isEmpty() || allowed.get().get(node)) && fits(wanted, node));
    }
    return allowed.isEmpty() && fitting.cardinality() == nodes.size()
        ? Optional.empty()
        : Optional.of(fitting);
  }

  private boolean fits(Wanted wanted, int node) {
    for (int i = 0; i < names.size(); i++) {
      long amount = wanted.amounts().get(i);
      boolean isMissing =
          isKnown(node) && !isTaken(i, node) && !wanted.extended().contains(names.get(i));
      if (amount > (isMissing ? 0 : available[node][i])) {
        return false;
      }
    }
    return true;
  }

  /** The names of the resources, by number. */
  public List<String> names() {
    return names;
  }

  /** The names of the resources whose amounts are not counted as they are, but rounded. */
  List<String> rounded() {
    return IntStream.range(0, names.size())
        .filter(resource -> !units.get(resource).isExact())
        .mapToObj(names::get)
        .toList();
  }

  /** The numbers of the resources that are scarce on a node. */
  public BitSet scarce(int node) {
    return scarce[node];
  }

  /** Whether an amount that is available is less than anyone could want. */
  public static boolean isLimited(long available) {
    return available < UNLIMITED;
  }

  /** What so much of a resource is in its unit, rounded up. */
  long up(int resource, BigDecimal amount) {
    return units.get(resource).up(amount);
  }

  /** Returns so many units of a resource. */
  Quantity amount(int resource, long count) {
    return Quantity.of(units.get(resource).amount(count), Quantity.Format.DECIMAL_SI);
  }

  /** What a node has of each resource while nothing is in use, if that is known. */
  public long[] allocatable(int node) {
    Node known = nodes.get(node);
    return counted(node, known.allocatable().or(known::available));
  }

  /** What a node has left of each resource; don't change the array. */
  public long[] available(int node) {
    return available[node];
  }
}
