package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.SharedSupply.SharedClass;
import io.tangram.solver.packing.BinFilling;
import io.tangram.solver.packing.SharePacking;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.ReadMeasures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Counts shares of equal shared devices, as if all devices of a class were one: a relaxation. What
 * comes of it is packed into the devices then; where all of it fits, the plan is proven. Where not,
 * the model is restricted to patterns of shares in one device ({@link SharePatterns}), and what
 * comes of that is compared with the bound of the relaxation.
 *
 * <pre>
 * Sets        d  demands: units that take one share each, N_d of them
 *             w  ways of a demand: its alternatives
 *             k  classes of n_k equal shared devices, with c_ki left of capacity i
 * Parameters  t_dwki  what a share takes of capacity i
 *             share_dwk, size_dwk  of a share;  score_w  of an alternative (R80)
 * Variables   a[d]      in 0..N_d  units admitted
 *             f[d,w,k]  units that take their share from a device of class k
 *
 * (1)  sum_(w,k) f[d,w,k] = a[d]                                   for each d
 * (2)  sum_(d,w) t_dwki f[d,w,k] &lt;= n_k c_ki                        for each k, i
 * (3)  sum_(d,w: t_dwki &gt; c_ki / (m + 1)) f[d,w,k] &lt;= m n_k         for each k, i, m up to 4
 *
 * Objectives  claims(t)   see {@link AdmissionModel}
 *             share(t)    sum_(d of tier t, w, k) share_dwk f[d,w,k]
 *             preference  sum score_w f[d,w,k]
 *             size        sum size_dwk f[d,w,k]
 * </pre>
 *
 * <p>(3) says of shares larger than half of what is left that no two go into one device, and so on:
 * the bounds of Martello and Toth for bin packing (Discrete Applied Mathematics 28, 1990).
 */
public final class SharesModel extends AdmissionModel {

  /** The name of the formulation. */
  public static final String NAME = "pooled shares";

  private static final int MOST_TOGETHER = 4;
  private static final int MOST_FLOWS = 100_000;
  private static final int MOST_FLOWS_IN_PATTERNS = 200;

  private final CompiledProblem problem;
  private final SharedSupply supply;
  private final List<Flow> flows = new ArrayList<>();
  private final Unplaced unplaced = new Unplaced();
  private final Map<SharedClass, SharePatterns> patterns = new LinkedHashMap<>();

  /** Units that are served in one way from one class. */
  private record Flow(
      Demand demand,
      Ways.Way way,
      SharedClass from,
      IntVar units,
      ImmutableLongArray taken,
      long share,
      long size) {}

  private SharesModel(
      CompiledProblem problem, SharedSupply supply, Demands demands, ReadMeasures measures) {
    super(NAME, demands);
    this.problem = problem;
    this.supply = supply;
    demands.all().forEach(demand -> addDemand(demand, measures));
    supply.classes().forEach(this::addLimits);
    addTiers();
  }

  /**
   * Builds the model of a part.
   *
   * @return the model; absent unless each unit takes one share, from any node, nobody draws on
   *     counters, and there are not too many capacities, nor classes and demands to count each by
   *     each
   */
  public static Optional<PartModel> of(
      CompiledProblem problem,
      Candidates candidates,
      Part part,
      Demands demands,
      ReadMeasures measures) {
    boolean suits =
        part.dedicated().isEmpty()
            && part.bystanders().isEmpty()
            && demands.common().isEmpty()
            && part.types().stream().allMatch(SharesModel::takesOneShare)
            && part.shared().stream()
                .allMatch(device -> problem.devices().sets(device).length == 0);
    if (!suits) {
      return Optional.empty();
    }
    SharedSupply supply = SharedSupply.of(problem, candidates, part, leaves(part));
    long ways = demands.all().stream().mapToLong(each -> Ways.of(each.type()).size()).sum();
    boolean counted =
        ways * supply.classes().size() <= MOST_FLOWS
            && supply.classes().stream()
                .allMatch(
                    each -> each.isExact() && each.dimensions() <= BinFilling.MOST_DIMENSIONS);
    return counted
        ? Optional.of(new SharesModel(problem, supply, demands, measures))
        : Optional.empty();
  }

  private static boolean takesOneShare(UnitType type) {
    return Countability.takesOneDevice(type) && type.claims().get(0).constraints().isEmpty();
  }

  private static List<Leaf> leaves(Part part) {
    Set<Leaf> leaves = new LinkedHashSet<>();
    part.types()
        .forEach(type -> type.claims().get(0).requests().forEach(r -> leaves.addAll(r.leaves())));
    return List.copyOf(leaves);
  }

  /** a[d], f[d,w,k] and (1). */
  private void addDemand(Demand demand, ReadMeasures measures) {
    IntVar admitted = addAdmitted(demand);
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Ways.Way way : Ways.of(demand.type())) {
      Leaf leaf = way.picks().get(0).leaf();
      for (SharedClass from : supply.classes()) {
        Optional<ImmutableMap<QualifiedName, Quantity>> amounts = supply.amounts(leaf, from);
        if (amounts.isPresent()) {
          IntVar units =
              model.newIntVar(0, demand.size(), "f[" + demand.index() + "," + flows.size() + "]");
          sum.add(units);
          int device = SharedSupply.anyDevice(from);
          flows.add(
              new Flow(
                  demand,
                  way,
                  from,
                  units,
                  from.taken(amounts.get()),
                  measures.shareOf(device, amounts.get()),
                  measures.sizeOf(device, amounts.get())));
        }
      }
    }
    model.addEquality(sum, admitted);
  }

  /** (2) and (3). */
  private void addLimits(SharedClass of) {
    List<Flow> here = from(of);
    long[] left = of.left();
    for (int i = 0; i < left.length; i++) {
      LinearExprBuilder taken = LinearExpr.newBuilder();
      for (Flow flow : here) {
        taken.addTerm(flow.units(), flow.taken().get(i));
      }
      model.addLessOrEqual(taken, left[i] * of.devices().size());
      for (int together = 1; together <= MOST_TOGETHER; together++) {
        LinearExprBuilder large = LinearExpr.newBuilder();
        boolean any = false;
        for (Flow flow : here) {
          if (flow.taken().get(i) * (together + 1) > left[i]) {
            large.add(flow.units());
            any = true;
          }
        }
        if (any) {
          model.addLessOrEqual(large, (long) together * of.devices().size());
        }
      }
    }
  }

  @Override
  LinearExpr shareOf(Predicate<Demand> which) {
    return over(flow -> which.test(flow.demand()) ? flow.share() : 0);
  }

  @Override
  public Optional<LinearExpr> objective(Objective objective) {
    return switch (objective) {
      case PREFERENCE -> Optional.of(over(flow -> flow.way().score()));
      case FIT -> Optional.of(over(Flow::size));
      case BANDWIDTH, TOPOLOGY, FRAGMENTATION, PACKING, COST, SPREAD, STABILITY -> Optional.empty();
    };
  }

  private LinearExpr over(ToLongFunction<Flow> weight) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Flow flow : flows) {
      sum.addTerm(flow.units(), weight.applyAsLong(flow));
    }
    return sum.build();
  }

  /** Nodes are not told apart here, so nothing is known of any. */
  @Override
  public LinearExpr on(int node, ToLongFunction<Demand> weight) {
    return LinearExpr.newBuilder().build();
  }

  @Override
  public void hint(List<Placement> placements) {
    model.clearHints();
    Map<Demand, Long> units = new HashMap<>();
    placements.forEach(
        placement ->
            demands().all().stream()
                .filter(demand -> demand.units().contains(placement.unit()))
                .forEach(demand -> units.merge(demand, 1L, Long::sum)));
    demands().all().forEach(d -> model.addHint(admitted(d), units.getOrDefault(d, 0L)));
  }

  @Override
  public List<Placement> placements(CpOutcome solution) {
    unplaced.clear();
    Map<Demand, Integer> served = new HashMap<>();
    List<Placement> placements = new ArrayList<>();
    Map<SharedClass, SharePacking> packings = new LinkedHashMap<>();
    for (SharedClass each : supply.classes()) {
      List<Flow> here = from(each);
      long[] items = here.stream().mapToLong(flow -> solution.value(flow.units())).toArray();
      SharePacking packing = new SharePacking(each.left(), each.devices().size(), sizes(each));
      packings.put(each, packing);
      List<List<Integer>> bins = packing.pack(items, patterns(each).layers(items, solution));
      for (int i = 0; i < items.length; i++) {
        Flow flow = here.get(i);
        bins.get(i).forEach(bin -> placements.add(placement(flow, bin, served)));
        unplaced.add(flow.units(), bins.get(i).size(), items[i] - bins.get(i).size());
      }
    }
    if (unplaced.count() > 0) {
      packings.forEach((each, packing) -> fillUp(from(each), packing, served, placements));
    }
    return placements;
  }

  /** Where not all fits that was counted, others may. */
  private void fillUp(
      List<Flow> flows,
      SharePacking packing,
      Map<Demand, Integer> served,
      List<Placement> placements) {
    for (int i : packing.smallestFirst()) {
      Flow flow = flows.get(i);
      int waiting = flow.demand().size() - served.getOrDefault(flow.demand(), 0);
      packing.pack(i, waiting).forEach(bin -> placements.add(placement(flow, bin, served)));
    }
  }

  private List<long[]> sizes(SharedClass of) {
    return from(of).stream().map(flow -> flow.taken().toArray()).toList();
  }

  private SharePatterns patterns(SharedClass of) {
    return patterns.computeIfAbsent(
        of, each -> new SharePatterns(each.left(), each.devices().size(), sizes(each)));
  }

  private List<Flow> from(SharedClass from) {
    return flows.stream().filter(flow -> flow.from() == from).toList();
  }

  private Placement placement(Flow flow, int bin, Map<Demand, Integer> served) {
    int unit = served.merge(flow.demand(), 1, Integer::sum) - 1;
    int device = flow.from().devices().get(bin);
    return new Placement(
        flow.demand().units().get(unit),
        problem.devices().nodesOf(problem.devices().site(device))[0],
        ImmutableList.of(
            ImmutableList.of(
                new Placement.Choice(
                    flow.way().picks().get(0).alternative(), ImmutableIntArray.of(device)))));
  }

  @Override
  public long unplaced() {
    return unplaced.count();
  }

  /** Restricts devices to patterns at first, where that is likely to be solved. */
  @Override
  public void excludeUnplaced() {
    boolean few = flows.size() <= MOST_FLOWS_IN_PATTERNS;
    if (few && patterns.values().stream().noneMatch(SharePatterns::isRestricted)) {
      patterns.forEach(this::restrict);
    } else {
      unplaced.exclude(model);
    }
  }

  private void restrict(SharedClass of, SharePatterns to) {
    List<Flow> here = from(of);
    long[] waiting = here.stream().mapToLong(flow -> flow.demand().size()).toArray();
    to.restrict(model, waiting, here.stream().map(Flow::units).toList());
  }
}
