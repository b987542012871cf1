package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import com.google.common.collect.MultimapBuilder;
import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Reason;
import io.tangram.solver.limit.Deadline;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Workloads and lone claims as units in the order of the queue, sorted into types; and those that
 * no allocator needs to look at, each with its reason.
 */
public final class Units {

  private record Draft(
      ImmutableList<Claim> claims, Optional<Workload> workload, int priority, int input) {

    static Draft of(Claim claim, int input) {
      return new Draft(ImmutableList.of(claim), Optional.empty(), 0, input);
    }

    Optional<WorkloadId> workloadId() {
      return workload.map(Workload::id);
    }

    Optional<Instant> createdAt() {
      return workload.isPresent() ? workload.get().createdAt() : claims.get(0).createdAt();
    }
  }

  /** A workload or claim that is to be placed, before it is known what is scarce. */
  private record Accepted(Draft draft, Optional<BitSet> allowed, NodeResources.Wanted wanted) {

    /** The most containers that reference one of its claims. */
    int containers() {
      return draft.workload().stream()
          .flatMap(workload -> workload.containers().values().stream())
          .max(Comparator.naturalOrder())
          .orElse(0);
    }
  }

  private static final Comparator<Draft> QUEUE =
      Comparator.comparingInt(Draft::priority)
          .reversed()
          .thenComparing(draft -> draft.createdAt().orElse(Instant.MAX))
          .thenComparingInt(Draft::input);

  private final AllocationProblem problem;
  private final Screening screening;
  private final Gangs gangs;
  private final NodeConsumptions consumptions;
  private final NodeResources resources;
  private final UnitTypes types;
  private final Map<List<Object>, Optional<BitSet>> allowed = new HashMap<>();
  private final Map<ClaimId, Allocation> held = new HashMap<>();
  private final Map<WorkloadId, ImmutableMap<String, Quantity>> heldLoads = new HashMap<>();
  private final List<Unit> queue = new ArrayList<>();
  private final Map<ClaimId, Unit> common = new LinkedHashMap<>();
  private final Map<ClaimId, Reason> refused = new LinkedHashMap<>();
  private final Map<WorkloadId, Reason> refusedWorkloads = new LinkedHashMap<>();

  private Units(AllocationProblem problem, Matching matching) {
    this.problem = problem;
    this.screening = new Screening(problem);
    this.gangs = new Gangs(problem);
    this.consumptions = NodeConsumptions.of(problem);
    this.resources = NodeResources.of(problem, consumptions);
    this.types = new UnitTypes(matching, resources);
    problem.held().forEach(allocation -> held.put(allocation.claim(), allocation));
  }

  static Units of(AllocationProblem problem, Matching matching, Deadline deadline) {
    Units units = new Units(problem, matching);
    List<Accepted> accepted = new ArrayList<>();
    for (Draft draft : units.gangs.together(units.drafts(), Draft::workloadId)) {
      deadline.requireTime();
      units.accept(draft).ifPresent(accepted::add);
    }
    units.refuseIncomplete(accepted);
    units.findScarceResources(accepted);
    units.addCommon(accepted);
    units.add(accepted, deadline);
    return units;
  }

  /** The units of the problem in the order of the queue. */
  private List<Draft> drafts() {
    Map<ClaimId, Integer> positions = new HashMap<>();
    Map<ClaimId, Claim> pending = new HashMap<>();
    for (Claim claim : problem.claims()) {
      positions.put(claim.id(), positions.size());
      pending.put(claim.id(), claim);
    }
    List<Draft> drafts = new ArrayList<>();
    for (Workload workload : problem.workloads()) {
      ImmutableList<Claim> claims =
          workload.claims().stream()
              .distinct()
              .filter(pending::containsKey)
              .map(pending::get)
              .collect(ImmutableList.toImmutableList());
      int input =
          claims.stream().mapToInt(c -> positions.get(c.id())).min().orElse(Integer.MAX_VALUE);
      drafts.add(new Draft(claims, Optional.of(workload), workload.priority(), input));
    }
    drafts.forEach(draft -> draft.claims().forEach(claim -> pending.remove(claim.id())));
    for (int input = 0; input < problem.claims().size(); input++) {
      Claim claim = problem.claims().get(input);
      if (pending.containsKey(claim.id())) {
        drafts.add(Draft.of(claim, input));
      }
    }
    drafts.sort(QUEUE);
    return drafts;
  }

  private Optional<Accepted> accept(Draft draft) {
    Optional<Reason> ofWorkload =
        draft
            .workload()
            .flatMap(workload -> screening.reason(workload).or(() -> unreferencedPart(workload)));
    Map<ClaimId, Reason> reasons = screening.reasons(draft.claims(), ofWorkload);
    Optional<Reason> refusal = ofWorkload.or(() -> reasons.values().stream().findFirst());
    if (refusal.isPresent()) {
      draft.workload().ifPresent(each -> refusedWorkloads.put(each.id(), refusal.get()));
      reasons.forEach(refused::putIfAbsent);
      return Optional.empty();
    }
    Optional<BitSet> allowed = allowedNodes(draft.workload());
    Map<String, BigDecimal> byDevices =
        draft.workload().map(each -> consumptions.ofHeld(each, held)).orElse(Map.of());
    if (!byDevices.isEmpty()) {
      heldLoads.put(
          draft.workload().orElseThrow().id(),
          ImmutableMap.copyOf(
              Maps.transformValues(
                  byDevices, each -> Quantity.of(each, Quantity.Format.DECIMAL_SI))));
    }
    return Optional.of(
        new Accepted(
            draft, allowed, resources.wanted(draft.workload(), draft.claims(), byDevices)));
  }

  /** R238. */
  private Optional<Reason> unreferencedPart(Workload workload) {
    return consumptions.heldParts(workload, held).stream()
        .filter(claim -> workload.containers().getOrDefault(claim, 0) == 0)
        .findFirst()
        .map(Reason.PartOfNodeUnreferenced::new);
  }

  /** Refuses the members of groups of which too few are left. */
  private void refuseIncomplete(List<Accepted> accepted) {
    Set<WorkloadId> considered = new HashSet<>();
    accepted.forEach(each -> each.draft().workloadId().ifPresent(considered::add));
    accepted.removeIf(
        each -> {
          Optional<Reason> shortage =
              each.draft().workloadId().flatMap(id -> gangs.shortage(id, considered::contains));
          shortage.ifPresent(
              reason -> {
                refusedWorkloads.put(each.draft().workloadId().orElseThrow(), reason);
                each.draft().claims().forEach(claim -> refused.put(claim.id(), reason));
              });
          return shortage.isPresent();
        });
  }

  private void findScarceResources(List<Accepted> accepted) {
    if (resources.names().isEmpty()) {
      return;
    }
    Map<Optional<BitSet>, long[]> wanted = new HashMap<>();
    for (Accepted each : accepted) {
      ImmutableLongArray amounts = each.wanted().amounts();
      long[] sum = wanted.computeIfAbsent(each.allowed(), allowed -> new long[amounts.length()]);
      for (int i = 0; i < sum.length; i++) {
        sum[i] = LongMath.saturatedAdd(sum[i], amounts.get(i));
      }
      addLoads(each, sum);
    }
    resources.findScarce(wanted);
  }

  /** Adds the most that devices of pending claims may take for it. */
  private void addLoads(Accepted accepted, long[] sum) {
    if (accepted.draft().workload().isEmpty() || accepted.draft().claims().isEmpty()) {
      return;
    }
    consumptions
        .most(accepted.containers())
        .forEach(
            (resource, most) -> {
              int i = resources.names().indexOf(resource);
              long devices = (long) Claim.MAX_DEVICES * accepted.draft().claims().size();
              long load = LongMath.saturatedMultiply(resources.up(i, most), devices);
              sum[i] = LongMath.saturatedAdd(sum[i], load);
            });
  }

  /** Adds the claims that several of the accepted workloads reference, numbered behind these. */
  private void addCommon(List<Accepted> accepted) {
    ListMultimap<Claim, Integer> priorities =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (Accepted each : accepted) {
      if (each.draft().workload().isEmpty()) {
        continue;
      }
      for (Claim claim : each.draft().claims()) {
        priorities.put(claim, each.draft().priority());
        refused.remove(claim.id()); // Perhaps refused with another workload that references it.
      }
    }
    for (Claim claim : priorities.keySet()) {
      if (priorities.get(claim).size() > 1) {
        Unit unit =
            new Unit(
                accepted.size() + common.size(),
                Collections.max(priorities.get(claim)),
                ImmutableList.of(claim),
                ImmutableList.of(),
                Optional.empty(),
                Optional.empty(),
                types.ofCommon(claim));
        common.put(claim.id(), unit);
      }
    }
  }

  /** A unit of which it is known what it asks for by itself. */
  private record Sketch(
      Draft draft,
      ImmutableList<Claim> own,
      ImmutableList<Unit> shared,
      UnitTypes.Wish wish,
      Optional<Gang> gang) {}

  /** What members of a group ask for decides whether groups can stand in for each other. */
  private void add(List<Accepted> accepted, Deadline deadline) {
    List<Sketch> sketches = new ArrayList<>();
    ListMultimap<Gang, UnitTypes.Wish> members =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (Accepted each : accepted) {
      deadline.requireTime();
      Sketch sketch = sketch(each);
      sketches.add(sketch);
      sketch.gang().ifPresent(gang -> members.put(gang, sketch.wish()));
    }
    Map<Gang, GangShape> shapes = new HashMap<>();
    members.asMap().forEach((gang, wishes) -> shapes.put(gang, GangShape.of(gang, wishes)));
    for (Sketch each : sketches) {
      UnitType type = types.of(each.wish(), each.gang().map(shapes::get));
      queue.add(
          new Unit(
              queue.size(),
              each.draft().priority(),
              each.own(),
              each.shared(),
              each.draft().workload(),
              each.gang(),
              type));
    }
  }

  private Sketch sketch(Accepted accepted) {
    Draft draft = accepted.draft();
    ImmutableList.Builder<Claim> alone = ImmutableList.builder();
    ImmutableList.Builder<Unit> withOthers = ImmutableList.builder();
    for (Claim claim : draft.claims()) {
      Unit unit = common.get(claim.id());
      if (unit == null) {
        alone.add(claim);
      } else {
        withOthers.add(unit);
      }
    }
    ImmutableList<Claim> own = alone.build();
    ImmutableList<Unit> shared = withOthers.build();
    UnitTypes.Wish wish =
        types.wish(
            own,
            ImmutableList.copyOf(Lists.transform(shared, Unit::type)),
            accepted.allowed(),
            accepted.wanted(),
            uses(draft.workload(), own, shared),
            draft
                .workload()
                .map(workload -> consumptions.heldParts(workload, held))
                .orElse(ImmutableList.of()),
            draft.workload().isPresent());
    return new Sketch(draft, own, shared, wish, draft.workloadId().flatMap(gangs::of));
  }

  private ImmutableList<ClaimUse> uses(
      Optional<Workload> workload, List<Claim> own, List<Unit> shared) {
    return workload.isEmpty() || consumptions.isEmpty()
        ? ImmutableList.of()
        : Stream.concat(own.stream(), shared.stream().flatMap(each -> each.claims().stream()))
            .map(claim -> use(workload.get(), claim))
            .collect(ImmutableList.toImmutableList());
  }

  private static ClaimUse use(Workload workload, Claim claim) {
    int containers = workload.containers().getOrDefault(claim.id(), 0);
    return new ClaimUse(containers, containers > 0 || !claim.extendedResources().isEmpty());
  }

  /** The nodes that the workload allows and on which all its held claims can be used (R186). */
  private Optional<BitSet> allowedNodes(Optional<Workload> workload) {
    if (workload.isEmpty()) {
      return Optional.empty();
    }
    ImmutableList<NodeSelector> ofHeldClaims =
        workload.get().claims().stream()
            .map(held::get)
            .filter(allocation -> allocation != null)
            .flatMap(allocation -> allocation.nodeSelector().stream())
            .collect(ImmutableList.toImmutableList());
    return allowed.computeIfAbsent(
        List.of(workload.get().nodeSelectors(), workload.get().tolerations(), ofHeldClaims),
        key -> allowedNodes(workload.get(), ofHeldClaims));
  }

  private Optional<BitSet> allowedNodes(Workload workload, List<NodeSelector> ofHeldClaims) {
    BitSet nodes = new BitSet();
    for (int node = 0; node < problem.nodes().size(); node++) {
      Node candidate = problem.nodes().get(node);
      nodes.set(
          node,
          workload.allows(candidate)
              && ofHeldClaims.stream().allMatch(selector -> selector.matches(candidate)));
    }
    return nodes.cardinality() == problem.nodes().size() ? Optional.empty() : Optional.of(nodes);
  }

  /** The units in the order of the queue; members of a group stand together. */
  public List<Unit> queue() {
    return queue;
  }

  /** What nodes have left for workloads. */
  public NodeResources resources() {
    return resources;
  }

  /** The types of units, by number. */
  public List<UnitType> types() {
    return types.types();
  }

  /** The leaf requests told apart, by number. */
  public List<Leaf> leaves() {
    return types.leaves();
  }

  /** What a workload takes of its node by devices that it holds (R239). */
  public ImmutableMap<String, Quantity> heldLoad(WorkloadId workload) {
    return heldLoads.getOrDefault(workload, ImmutableMap.of());
  }

  /** The claims that no allocator needs to look at, each with its reason. */
  public Map<ClaimId, Reason> refused() {
    return refused;
  }

  /** The workloads that no allocator needs to look at, each with its reason. */
  public Map<WorkloadId, Reason> refusedWorkloads() {
    return refusedWorkloads;
  }
}
