package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.Objective;
import io.tangram.solver.limit.Deadline;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A problem in arrays, for every allocator of this module. Not changed by any of them. */
public final class CompiledProblem {

  private final AllocationProblem problem;
  private final PoolViews pools;
  private final CounterTable counters;
  private final DeviceTable devices;
  private final Matching matching;
  private final Units units;
  private final DeviceLoads loads;
  private final ImmutableList<ExpectedLeaf> expected;
  private final HeldNodes heldNodes;
  private final LinkedSets links;
  private final LinkRates rates;

  private CompiledProblem(
      AllocationProblem problem, ExpectedDemand expected, int workers, Deadline deadline) {
    this.problem = problem;
    deadline.requireTime();
    Map<String, DeviceClass> classes = new HashMap<>();
    problem.deviceClasses().forEach(each -> classes.put(each.name(), each));
    this.matching = new Matching(classes);
    ForkJoinTask<Units> claims = ForkJoinTask.adapt(() -> Units.of(problem, matching, deadline));
    if (workers > 1) {
      claims.fork();
    }
    this.pools = PoolViews.of(problem, deadline);
    this.counters = CounterTable.of(pools.generations(), deadline);
    HeldDevices held = HeldDevices.of(problem.held());
    this.devices = DeviceTable.of(problem, pools, counters, held, deadline);
    this.units = workers > 1 ? claims.join() : claims.invoke();
    this.loads = new DeviceLoads(devices, units.resources());
    this.expected = ExpectedLeaf.of(expected, classes.keySet(), matching);
    this.heldNodes = HeldNodes.of(problem, devices);
    matching.lookAt(devices, workers, deadline);
    this.rates = new LinkRates(problem, devices);
    this.links = LinkedSets.of(problem, devices, matching, units.types(), deadline);
  }

  /**
   * Compiles a problem on one thread. Time and memory grow linearly with its devices and claims.
   *
   * @throws io.tangram.api.DeadlineExceededException if the deadline passes before that is done
   */
  public static CompiledProblem of(AllocationProblem problem, Deadline deadline) {
    return withoutExpectedDemand(problem, 1, deadline);
  }

  private static CompiledProblem withoutExpectedDemand(
      AllocationProblem problem, int workers, Deadline deadline) {
    return new CompiledProblem(problem, new ExpectedDemand(ImmutableMap.of()), workers, deadline);
  }

  /**
   * Compiles a problem with what the objectives of the options look at, claims beside devices where
   * the options allow several workers.
   *
   * @throws io.tangram.api.DeadlineExceededException if the deadline passes before that is done
   */
  public static CompiledProblem of(
      AllocationProblem problem, AllocationOptions options, Deadline deadline) {
    return options.objectives().contains(Objective.FRAGMENTATION)
        ? withExpectedDemand(problem, options, deadline)
        : withoutExpectedDemand(problem, options.workers(), deadline);
  }

  /**
   * Compiles a problem with the demand that is expected, whatever the objectives.
   *
   * @throws io.tangram.api.DeadlineExceededException if the deadline passes before that is done
   */
  public static CompiledProblem withExpectedDemand(
      AllocationProblem problem, AllocationOptions options, Deadline deadline) {
    ExpectedDemand expected =
        options
            .expectedDemand()
            .orElseGet(() -> ExpectedDemand.of(problem.claims()).equallyWeighted());
    return new CompiledProblem(problem, expected, options.workers(), deadline);
  }

  /** The problem. */
  public AllocationProblem problem() {
    return problem;
  }

  /** How many nodes there are. */
  public int nodes() {
    return problem.nodes().size();
  }

  /**
   * Returns the nodes on which an allocated claim can be used (R186).
   *
   * @param selector its node selector; without one it can be used everywhere (R184)
   */
  public BitSet usableNodes(Optional<NodeSelector> selector) {
    BitSet usable = new BitSet();
    for (int node = 0; node < nodes(); node++) {
      usable.set(node, selector.isEmpty() || selector.get().matches(problem.nodes().get(node)));
    }
    return usable;
  }

  /** The pools that each node sees. */
  public PoolViews pools() {
    return pools;
  }

  /** The counters that devices draw on. */
  public CounterTable counters() {
    return counters;
  }

  /** The devices of usable pools. */
  public DeviceTable devices() {
    return devices;
  }

  /**
   * What constraints on an alternative compare of a device: of an attribute what the alternative
   * derives, if it does, before what the device publishes (R28, R234).
   *
   * @return the value, or null if there is none
   */
  public @Nullable AttributeValue value(Leaf leaf, int device, Trait trait) {
    AttributeValue derived =
        trait instanceof Trait.Attribute attribute
            ? matching.derived(leaf, device, attribute.name())
            : null;
    return derived == null ? value(device, trait) : derived;
  }

  /**
   * What constraints compare of a device, whatever alternatives derive.
   *
   * @return the value, or null if there is none
   */
  public @Nullable AttributeValue value(int device, Trait trait) {
    if (trait instanceof Trait.Attribute attribute) {
      return devices.device(device).attribute(devices.driver(device), attribute.name());
    }
    return links.value(device, (Trait.Links) trait);
  }

  /** What devices can send each other. */
  public LinkRates rates() {
    return rates;
  }

  /** The sets of devices that are joined as claims require. */
  public LinkedSets links() {
    return links;
  }

  /** What selectors say of devices. */
  public Matching matching() {
    return matching;
  }

  /** What is to be admitted. */
  public Units units() {
    return units;
  }

  /** The requests that are expected next, where an objective looks at them. */
  public ImmutableList<ExpectedLeaf> expected() {
    return expected;
  }

  /** The nodes in use before any plan. */
  public HeldNodes heldNodes() {
    return heldNodes;
  }

  /** What nodes have left for workloads. */
  public NodeResources resources() {
    return units.resources();
  }

  /**
   * The names of counters and of resources of nodes whose amounts are so long, written out in their
   * common unit, that they are rounded against those who ask: something may fit that seems not to.
   */
  public ImmutableList<String> rounded() {
    return Stream.concat(counters.rounded().stream(), units.resources().rounded().stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether nothing is taken to fit less than it does: amounts, and links between devices. */
  public boolean isExact() {
    return rounded().isEmpty() && links.crowded().isEmpty();
  }

  /** What devices take of nodes. */
  public DeviceLoads loads() {
    return loads;
  }

  /** Whether a node sees a pool that is incomplete or invalid, which rules out mode All (R69). */
  public boolean blocksAllMode(int node) {
    return pools.onNode(node).stream()
        .anyMatch(
            view ->
                view.state() == PoolView.State.INCOMPLETE
                    || view.state() == PoolView.State.INVALID);
  }

  /**
   * Whether class, selectors, taints, barriers and offered capacity let the leaf take a dedicated
   * device.
   */
  public boolean admits(Leaf leaf, int device) {
    return matching.verdict(leaf, device) == Matching.Verdict.MATCH
        && Matching.mayTake(leaf.request(), devices.device(device))
        && Matching.offers(leaf.request(), devices.device(device));
  }

  /**
   * Whether class, selectors, taints and barriers let the leaf take a share of a shared device.
   * What is left of its capacity is not looked at.
   */
  public boolean admitsShared(Leaf leaf, int device) {
    return matching.verdict(leaf, device) == Matching.Verdict.MATCH
        && Matching.mayTake(leaf.request(), devices.device(device));
  }

  /** Returns the devices in the order in which the node offers them (R22 to R24). */
  public int[] inOfferedOrder(int node, int[] chosen) {
    if (chosen.length == 1) {
      return chosen;
    }
    BitSet wanted = new BitSet();
    for (int device : chosen) {
      wanted.set(device);
    }
    IntList ordered = new IntList();
    for (int device : devices.onNode(node)) {
      if (wanted.get(device)) {
        ordered.add(device);
      }
    }
    return ordered.toArray();
  }

  /** How many devices are published in all slices, usable or not. */
  public int publishedDevices() {
    int published = 0;
    for (ResourceSlice slice : problem.slices()) {
      published += slice.devices().size();
    }
    return published;
  }
}
