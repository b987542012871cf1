package io.tangram.solver.search;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import com.google.common.primitives.ImmutableLongArray;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.ImmutableCpParameters;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.NodePattern;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.model.PatternChoice;
import io.tangram.solver.model.PatternPrices;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Makes plans of patterns of whole nodes, for most claims of each tier, and bounds how many there
 * can be. Where units are large beside a node, so that what is left over on each adds up, that is
 * tighter than counts over all nodes as one; where they are small or of very many shapes, it is not
 * and takes far longer.
 *
 * <p>There are too many patterns to write them down. From the known ones, at first those of a plan,
 * follow prices of units ({@link PatternPrices}); at these a model of one node of each kind finds
 * the pattern that is worth most, and with the rents that no pattern exceeds the prices are a
 * bound. That goes on until the bound is reached, can't become better, or the time is over. Then
 * the best whole numbers of the known patterns are chosen. Nothing is inferred from what these come
 * to: the bound holds for all patterns.
 *
 * <p>Column generation after Gilmore and Gomory (Operations Research 9, 1961), with the bound of
 * Lagrange (Lübbecke and Desrosiers, Operations Research 53, 2005, section 2.1).
 */
final class NodePricing {

  private static final int MOST_DEMANDS = 100;

  /** Of demands times kinds of nodes: each round of prices looks at all of these. */
  private static final int MOST_PAIRS = 1_000;

  private static final double NEAR_BEST = 1e-5;
  private static final double SECONDS_OF_PRICES = 0.2;
  private static final double SECONDS_OF_PATTERN = 0.5;
  private static final double SHARE_OF_PRICING = 0.7;
  private static final double SHARE_OF_CHOICE = 0.5;

  private final Formulation formulation;
  private final AllocationOptions options;
  private final PlannedPart planned;
  private final NodeCut cut;
  private final List<Kind> each;
  private final List<Demand> demands;
  private final Limits limits;
  private final Set<NodePattern> known = new LinkedHashSet<>();

  /**
   * Nodes of which each could stand for any other.
   *
   * @param nodes the nodes
   * @param model what the first of them could serve if it were the only one
   */
  private record Kind(ImmutableList<Integer> nodes, PartModel model) {}

  /**
   * What came of it.
   *
   * @param placements placements at least as good as those before
   * @param bounds how many claims can be admitted at most, for all placements that there could be
   */
  record Priced(List<Placement> placements, AdmissionBounds bounds) {}

  private NodePricing(
      Formulation formulation,
      AllocationOptions options,
      PlannedPart planned,
      NodeCut cut,
      List<Kind> each,
      Limits limits) {
    this.formulation = formulation;
    this.options = options;
    this.planned = planned;
    this.cut = cut;
    this.each = each;
    this.demands = planned.demands().units();
    this.limits = limits;
  }

  /**
   * Prepares to price patterns; absent where nothing is to be hoped for: there are many kinds of
   * nodes or of units, nodes are not all there is to it, or not most claims are wanted.
   */
  static Optional<NodePricing> of(
      CompiledProblem problem,
      Formulation formulation,
      AllocationOptions options,
      PlannedPart planned,
      Limits limits) {
    Demands demands = planned.demands();
    NodeCut cut = new NodeCut(problem, planned.part());
    if (options.admission() != Admission.MOST_CLAIMS
        || demands.units().size() > MOST_DEMANDS
        || !demands.common().isEmpty()
        || !cut.isClean()) {
      return Optional.empty();
    }
    return formulation
        .alike(planned.part(), limits.deadline())
        .map(kinds -> Multimaps.index(planned.part().nodes().stream().iterator(), kinds::of))
        .filter(nodes -> nodes.keySet().size() * demands.units().size() <= MOST_PAIRS)
        .flatMap(nodes -> kinds(nodes, formulation, demands, cut, limits))
        .map(each -> new NodePricing(formulation, options, planned, cut, each, limits));
  }

  private static Optional<List<Kind>> kinds(
      ImmutableListMultimap<Integer, Integer> nodes,
      Formulation formulation,
      Demands demands,
      NodeCut cut,
      Limits limits) {
    List<Kind> kinds = new ArrayList<>();
    for (int kind : nodes.keySet()) {
      BitSet one = new BitSet();
      one.set(nodes.get(kind).get(0)); // the kind may be called by a node of another part
      Optional<PartModel> model =
          formulation.of(cut.to(one, demands), demands, limits.deadline()).model();
      if (model.isEmpty()) {
        return Optional.empty();
      }
      kinds.add(new Kind(nodes.get(kind), model.get()));
    }
    return Optional.of(kinds);
  }

  /** Returns the best that is found from these placements on, with bounds. */
  Priced improve(List<Placement> start) {
    Map<NodePattern, Integer> chosen = patterns(start);
    known.addAll(chosen.keySet());
    Map<NodePattern, Integer> before = chosen;
    Map<Integer, Long> held = new TreeMap<>();
    Map<Integer, Long> bounds = new HashMap<>();
    for (int tier : planned.demands().tiers()) {
      OptionalLong bound = price(tier, held, claims(tier, chosen));
      if (bound.isEmpty()) {
        break;
      }
      bounds.put(tier, bound.getAsLong());
      if (bound.getAsLong() > claims(tier, chosen)) {
        chosen = choose(tier, held, chosen);
      }
      held.put(tier, claims(tier, chosen));
    }
    return new Priced(
        chosen.equals(before) ? start : placements(chosen).orElse(start),
        new AdmissionBounds(
            ImmutableMap.copyOf(bounds), ImmutableMap.copyOf(held), tiersTellingUnits()));
  }

  /** The tiers of which all units have equally many claims, and some. */
  private ImmutableSet<Integer> tiersTellingUnits() {
    SetMultimap<Integer, Integer> claims = HashMultimap.create();
    demands.forEach(demand -> claims.put(demand.priority(), demand.claims()));
    return claims.keySet().stream()
        .filter(tier -> claims.get(tier).size() == 1 && !claims.containsEntry(tier, 0))
        .collect(ImmutableSet.toImmutableSet());
  }

  private long claims(int tier, Map<NodePattern, Integer> chosen) {
    return chosen.entrySet().stream()
        .mapToLong(each -> each.getKey().claims(demands, tier) * each.getValue())
        .sum();
  }

  /** The patterns of nodes on which there is something. */
  private Map<NodePattern, Integer> patterns(List<Placement> placements) {
    Map<Unit, Demand> demandOf = new HashMap<>();
    demands.forEach(demand -> demand.units().forEach(unit -> demandOf.put(unit, demand)));
    Map<Integer, long[]> units = new TreeMap<>();
    for (Placement placement : placements) {
      Demand demand = demandOf.get(placement.unit());
      if (demand != null) {
        units.computeIfAbsent(placement.node(), node -> new long[demands.size()])[demand.index()]++;
      }
    }
    Map<NodePattern, Integer> patterns = new LinkedHashMap<>();
    for (int kind = 0; kind < each.size(); kind++) {
      for (int node : each.get(kind).nodes()) {
        long[] here = units.get(node);
        if (here != null) {
          patterns.merge(new NodePattern(kind, ImmutableLongArray.copyOf(here)), 1, Integer::sum);
        }
      }
    }
    return patterns;
  }

  // Prices.

  /**
   * Finds patterns of which better plans of a tier may be made.
   *
   * @param held how many claims of higher tiers have to be admitted
   * @param reached how many claims of the tier are
   * @return how many there can be at most, if that could be found
   */
  private OptionalLong price(int tier, Map<Integer, Long> held, long reached) {
    PatternPrices prices = new PatternPrices(demands, tier, held, counts());
    known.forEach(prices::add);
    Limits pricing = limits.step(SHARE_OF_PRICING, Double.POSITIVE_INFINITY);
    OptionalLong bound = OptionalLong.empty();
    while (!pricing.areUsedUp()) {
      CpOutcome dual = nearBest(prices.model(), pricing.step(1, SECONDS_OF_PRICES));
      if (!dual.hasSolution()) {
        return bound;
      }
      dual.hint(prices.model());
      PatternPrices.Prices now = prices.read(dual);
      List<CpOutcome> best = mostWorth(prices, now, pricing);
      long[] rents = new long[best.size()];
      boolean isNew = false;
      for (int kind = 0; kind < rents.length; kind++) {
        CpOutcome pattern = best.get(kind);
        if (pattern.bound().isEmpty() || !pattern.hasSolution()) {
          return bound;
        }
        rents[kind] = pattern.bound().getAsLong();
        if (pattern.objective() > now.rents().get(kind)) {
          isNew |= add(kind, pattern, prices);
        }
      }
      long found = prices.bound(now, rents);
      bound = OptionalLong.of(Math.min(found, bound.orElse(Long.MAX_VALUE)));
      boolean isTight =
          bound.getAsLong() <= reached
              || bound.getAsLong() <= Math.floorDiv(now.least(), PatternPrices.PARTS);
      if (isTight || !isNew) {
        return bound;
      }
    }
    return bound;
  }

  private static CpOutcome nearBest(CpModelBuilder prices, Limits limits) {
    CpParameters near =
        ImmutableCpParameters.copyOf(limits.parameters(1)).withRelativeGap(NEAR_BEST);
    return limits.solve(prices, near, 1, CpListener.NONE);
  }

  /** The pattern of each kind that is worth most. */
  private List<CpOutcome> mostWorth(PatternPrices prices, PatternPrices.Prices at, Limits pricing) {
    List<Supplier<CpOutcome>> searches = new ArrayList<>();
    for (Kind kind : each) {
      Limits step = pricing.step(1, SECONDS_OF_PATTERN);
      searches.add(
          () -> {
            CpModelBuilder node = kind.model().model().copy();
            LinearExprBuilder worth = LinearExpr.newBuilder();
            demands.forEach(d -> worth.addTerm(kind.model().admitted(d), prices.worth(d, at)));
            node.maximize(worth);
            return step.solve(node, 1, CpListener.NONE);
          });
    }
    return SideBySide.run(options.workers(), searches);
  }

  private boolean add(int kind, CpOutcome outcome, PatternPrices prices) {
    PartModel model = each.get(kind).model();
    NodePattern pattern =
        new NodePattern(
            kind,
            ImmutableLongArray.copyOf(
                demands.stream().mapToLong(demand -> outcome.value(model.admitted(demand)))));
    if (known.add(pattern)) {
      prices.add(pattern);
      return true;
    }
    return false;
  }

  // Plans.

  /**
   * Chooses among the known patterns for most claims of a tier.
   *
   * @param chosen what to choose if nothing better is found
   */
  private Map<NodePattern, Integer> choose(
      int tier, Map<Integer, Long> held, Map<NodePattern, Integer> chosen) {
    PatternChoice choice = new PatternChoice(demands, counts(), known);
    choice.start(chosen);
    held.forEach(choice::hold);
    choice.wantMost(tier);
    CpOutcome outcome = limits.solve(choice.model(), SHARE_OF_CHOICE, CpListener.NONE);
    return outcome.hasSolution() && outcome.objective() > claims(tier, chosen)
        ? choice.read(outcome)
        : chosen;
  }

  /** The number of nodes of each kind. */
  private List<Integer> counts() {
    return each.stream().map(kind -> kind.nodes().size()).toList();
  }

  /** Places the units of the patterns; nothing if the time is over before. */
  private Optional<List<Placement>> placements(Map<NodePattern, Integer> chosen) {
    List<Iterator<Unit>> next = new ArrayList<>();
    demands.forEach(demand -> next.add(demand.units().iterator()));
    List<Iterator<Integer>> free = new ArrayList<>();
    each.forEach(kind -> free.add(kind.nodes().iterator()));
    AllocationOptions silent =
        ImmutableAllocationOptions.copyOf(options).withListener(AllocationListener.NONE);
    List<Supplier<List<Placement>>> searches = new ArrayList<>();
    int units = 0;
    for (NodePattern pattern : known) {
      for (int i = chosen.getOrDefault(pattern, 0); i > 0; i--) {
        BitSet node = new BitSet();
        node.set(free.get(pattern.kind()).next());
        List<Unit> here = new ArrayList<>();
        for (int d = 0; d < demands.size(); d++) {
          for (long u = pattern.units().get(d); u > 0; u--) {
            here.add(next.get(d).next());
          }
        }
        units += here.size();
        searches.add(() -> placed(node, Demands.of(here), silent));
      }
    }
    List<Placement> placed =
        SideBySide.run(options.workers(), searches).stream().flatMap(List::stream).toList();
    return placed.size() == units ? Optional.of(placed) : Optional.empty();
  }

  private List<Placement> placed(BitSet node, Demands here, AllocationOptions silent) {
    return formulation
        .of(cut.to(node, here), here, limits.deadline())
        .model()
        .map(
            model ->
                new PartSearch(silent, model, Optional.empty(), limits).run(List.of()).placements())
        .<List<Placement>>map(found -> found)
        .orElse(List.of());
  }
}
