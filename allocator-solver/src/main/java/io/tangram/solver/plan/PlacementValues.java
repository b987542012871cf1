package io.tangram.solver.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.AllocationOptions;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.GangLevel;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.result.ConsumedCapacity;
import io.tangram.solver.symmetry.Expectation;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.SupplyLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongBiFunction;

/** What placements are worth under the objectives, for allocators that prove nothing. */
public final class PlacementValues {

  private final CompiledProblem compiled;
  private final AllocationOptions options;
  private final Measures measures;
  private final Set<Integer> tiers = new HashSet<>();
  private final NodeUse nodes;
  private final EarlierPlan earlier;
  private final SupplyLoss supply;
  private final Bandwidth bandwidth;

  /** Prepares for the objectives of the options. */
  public PlacementValues(CompiledProblem compiled, AllocationOptions options) {
    this(compiled, options, new Measures(compiled));
  }

  private PlacementValues(CompiledProblem compiled, AllocationOptions options, Measures measures) {
    this(compiled, options, measures, new Expectation(compiled, measures));
  }

  /**
   * Prepares for the objectives of the options.
   *
   * @param measures the measures of the problem's devices
   * @param expectation what is expected of them
   */
  public PlacementValues(
      CompiledProblem compiled,
      AllocationOptions options,
      Measures measures,
      Expectation expectation) {
    this.compiled = compiled;
    this.options = options;
    this.measures = measures;
    this.nodes = new NodeUse(compiled.heldNodes());
    this.earlier = new EarlierPlan(compiled.devices(), options.start());
    this.supply = new SupplyLoss(compiled, expectation);
    this.bandwidth = new Bandwidth(compiled, options.linkObjective());
    for (Unit unit : compiled.units().queue()) {
      tiers.add(unit.priority());
    }
    if (tiers.isEmpty()) {
      tiers.add(0);
    }
  }

  /**
   * Returns what each objective reached, without bounds: admission for every tier, highest first,
   * then the others in order.
   */
  public ImmutableList<ObjectiveResult> unproven(List<Placement> placements) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    results.addAll(admission(placements));
    for (Objective objective : options.objectives()) {
      results.add(unproven(objective.label(), 0, value(objective, placements)));
    }
    return results.build();
  }

  /** Returns what admission reached for every tier, highest first, without bounds. */
  public ImmutableList<ObjectiveResult> admission(List<Placement> placements) {
    TreeMap<Integer, Long> admission = new TreeMap<>(Comparator.reverseOrder());
    tiers.forEach(tier -> admission.put(tier, 0L));
    Map<Unit, Integer> tiersOfCommon = tiersOfCommon(placements);
    for (Placement placement : placements) {
      int tier = tiersOfCommon.getOrDefault(placement.unit(), placement.unit().priority());
      admission.merge(tier, worth(placement), Long::sum);
    }
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    admission.forEach(
        (tier, value) -> results.add(unproven(ObjectiveResult.ADMISSION, tier, value)));
    return results.build();
  }

  /** Returns how many are admitted of each tier of which any are. */
  public static ImmutableMap<Integer, Admitted> admitted(List<Placement> placements) {
    Map<Unit, Integer> tiers = tiersOfCommon(placements);
    Map<Integer, Admitted> admitted = new TreeMap<>();
    for (Placement placement : placements) {
      Unit unit = placement.unit();
      admitted.merge(
          tiers.getOrDefault(unit, unit.priority()),
          new Admitted(unit.claims().size(), unit.type().isCommon() ? 0 : 1),
          Admitted::plus);
    }
    return ImmutableMap.copyOf(admitted);
  }

  /** Returns what placements are worth under one objective. */
  public long value(Objective objective, List<Placement> placements) {
    return switch (objective) {
      case PREFERENCE -> placements.stream().mapToLong(PlacementValues::preference).sum();
      case TOPOLOGY -> missedTopology(placements);
      case BANDWIDTH -> placements.stream().mapToLong(bandwidth::of).sum();
      case FIT -> placements.stream().mapToLong(placement -> sum(placement, measures::size)).sum();
      case FRAGMENTATION -> supply.of(given(placements));
      case PACKING -> nodes.newlyUsed(placements).cardinality();
      case COST -> nodes.newlyUsed(placements).stream().mapToLong(this::price).sum();
      case SPREAD -> nodes.unevenness(placements);
      case STABILITY -> placements.stream().mapToLong(earlier::kept).sum();
    };
  }

  private static long missedTopology(List<Placement> placements) {
    ListMultimap<Gang, Integer> nodes = MultimapBuilder.hashKeys().arrayListValues().build();
    for (Placement placement : placements) {
      placement.unit().gang().ifPresent(gang -> nodes.put(gang, placement.node()));
    }
    long missed = 0;
    for (Gang gang : nodes.keySet()) {
      for (GangLevel level : gang.levels()) {
        missed += level.required() ? 0 : level.missed(nodes.get(gang));
      }
    }
    return missed;
  }

  /** The sum of the shares of a unit's devices, in millionths. */
  public long share(Placement placement) {
    return sum(placement, measures::share);
  }

  /** What expected requests lose. */
  public SupplyLoss supply() {
    return supply;
  }

  /** Whether the options ask for an objective. */
  public boolean count(Objective objective) {
    return options.objectives().contains(objective);
  }

  /** What devices of claims can send each other. */
  public Bandwidth bandwidth() {
    return bandwidth;
  }

  /** What an earlier plan gave. */
  public EarlierPlan earlier() {
    return earlier;
  }

  private List<SupplyLoss.Given> given(List<Placement> placements) {
    List<SupplyLoss.Given> given = new ArrayList<>();
    placements.forEach(
        placement ->
            forEachDevice(
                placement,
                (leaf, device) -> {
                  if (!leaf.request().adminAccess()) {
                    given.add(
                        new SupplyLoss.Given(
                            device,
                            compiled.devices().isShared(device)
                                ? consumed(leaf, device)
                                : ImmutableMap.of()));
                  }
                }));
    return given;
  }

  private long price(int node) {
    return options.prices().getOrDefault(compiled.problem().nodes().get(node).name(), 0L);
  }

  /** A common claim counts in the highest tier of the workloads placed that reference it. */
  private static Map<Unit, Integer> tiersOfCommon(List<Placement> placements) {
    Map<Unit, Integer> tiers = new HashMap<>();
    for (Placement placement : placements) {
      for (Unit common : placement.unit().common()) {
        tiers.merge(common, placement.unit().priority(), Math::max);
      }
    }
    return tiers;
  }

  private static ObjectiveResult unproven(String name, int tier, long value) {
    return new ObjectiveResult(name, tier, value, OptionalLong.empty(), PlanStatus.FEASIBLE);
  }

  private long worth(Placement placement) {
    return options.admission() == Admission.MOST_DEVICE_SHARE
        ? sum(placement, measures::share)
        : placement.unit().claims().size();
  }

  private static long preference(Placement placement) {
    long score = 0;
    for (int claim = 0; claim < placement.choices().size(); claim++) {
      List<ClaimShape.Line> lines = placement.unit().type().claims().get(claim).requests();
      for (int request = 0; request < lines.size(); request++) {
        if (lines.get(request).prioritized()) {
          score += FirstAvailable.score(placement.choices().get(claim).get(request).alternative());
        }
      }
    }
    return score;
  }

  private static long sum(Placement placement, ToLongBiFunction<Leaf, Integer> measure) {
    long[] sum = {0};
    forEachDevice(placement, (leaf, device) -> sum[0] += measure.applyAsLong(leaf, device));
    return sum[0];
  }

  private static void forEachDevice(Placement placement, BiConsumer<Leaf, Integer> action) {
    for (int claim = 0; claim < placement.choices().size(); claim++) {
      List<ClaimShape.Line> lines = placement.unit().type().claims().get(claim).requests();
      for (int request = 0; request < lines.size(); request++) {
        Placement.Choice choice = placement.choices().get(claim).get(request);
        Leaf leaf = lines.get(request).leaves().get(choice.alternative());
        for (int i = 0; i < choice.devices().length(); i++) {
          action.accept(leaf, choice.devices().get(i));
        }
      }
    }
  }

  private ImmutableMap<QualifiedName, Quantity> consumed(Leaf leaf, int device) {
    return ConsumedCapacity.of(compiled.devices().device(device), leaf.request().capacityRequests())
        .orElseThrow();
  }
}
