package io.tangram.solver.reference;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.Node;
import io.tangram.api.plan.Reason;
import io.tangram.api.reference.Defect;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.diagnose.Diagnosis;
import io.tangram.solver.diagnose.Reasons;
import io.tangram.solver.greedy.DomainTrial;
import io.tangram.solver.greedy.UnplacedGangs;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlanAssembly;
import io.tangram.solver.result.Choice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Places units one after the other as kube-scheduler would with these defects: in the order of the
 * queue, each by one scheduling cycle that sees what those before it have. Groups are placed as a
 * whole or not at all. Not thread-safe.
 */
final class ReferenceScheduling {

  private static final double SHARE_FOR_COMPARING = 0.2;

  /** Where devices may take something of nodes, the reference would not count it. */
  private static final Reason LOADING =
      new Reason.UnsupportedConstraint(
          "devices that take some of their nodes' resources (R239), which the search with"
              + " kube-scheduler's defects doesn't know");

  private static final Reason LINKS =
      new Reason.UnsupportedConstraint(
          "links between its devices, which the search with kube-scheduler's defects doesn't know");

  private final CompiledProblem compiled;
  private final ImmutableSet<Defect> defects;
  private final PlanAssembly plan;
  private final SearchBudget budget;
  private final Deadline deadline;
  private final CommittedState committed;
  private final NodeRoom room;
  private final UnitAttempt attempt;
  private final DeviceNumbers numbers;
  private final DomainTrial domains;
  private final Map<Unit, BitSet> usable = new HashMap<>();
  private final Map<Unit, Optional<Reasons>> leftOut = new LinkedHashMap<>();
  private final List<Placement> placements = new ArrayList<>();

  ReferenceScheduling(
      CompiledProblem compiled,
      ImmutableSet<Defect> defects,
      PlanAssembly plan,
      SearchBudget budget,
      Deadline deadline) {
    this.compiled = compiled;
    this.defects = defects;
    this.plan = plan;
    this.budget = budget;
    this.deadline = deadline;
    this.committed = new CommittedState(compiled.problem().held());
    this.room = new NodeRoom(compiled);
    this.attempt = new UnitAttempt(compiled, committed, room);
    this.numbers = new DeviceNumbers(compiled.devices());
    this.domains = new DomainTrial(compiled.nodes(), attempt::nodeInPlace);
  }

  /**
   * Places the units of the queue, tells the plan, and returns what has a place, as far as the
   * rules know its devices.
   */
  List<Placement> run() {
    List<Unit> queue = compiled.units().queue();
    int next = 0;
    while (next < queue.size()) {
      Optional<Gang> gang = queue.get(next).gang();
      int end = next + 1;
      while (gang.isPresent() && end < queue.size() && queue.get(end).gang().equals(gang)) {
        end++;
      }
      List<Unit> together = queue.subList(next, end);
      gang.ifPresentOrElse(
          each -> place(each, together),
          () -> together.forEach(unit -> place(unit, DomainTrial.Places.any())));
      next = end;
    }
    UnplacedGangs gangs = new UnplacedGangs(compiled, placements, budget);
    Diagnosis diagnosis =
        new Diagnosis(
            compiled,
            SearchRules.REFERENCE,
            budget,
            unit -> gangs.reason(unit).orElseGet(Reason.Outranked::inQueue));
    leftOut.forEach(
        (unit, reasons) -> plan.leaveOut(unit, reasons.orElseGet(() -> diagnosis.reasons(unit))));
    return placements;
  }

  /** Places members of a group where its topology lets them be, if these are enough. */
  private void place(Gang gang, List<Unit> members) {
    if (domains.place(gang, members.size(), nodes -> 0, new GangSearch(members)) == 0) {
      members.forEach(
          unit ->
              leftOut.putIfAbsent(
                  unit,
                  budget.isOver()
                      ? Optional.of(Reasons.same(unit, new Reason.NotProven()))
                      : Optional.empty()));
    }
  }

  /**
   * Places the members of a group one after the other, those that find no place left out. What
   * departed from the rules stays said where they are taken back, since the group may be out for
   * it.
   */
  private final class GangSearch implements DomainTrial.Search {

    private final List<Unit> members;
    private final int before = placements.size();
    private final int committedBefore = committed.size();

    GangSearch(List<Unit> members) {
      this.members = members;
    }

    @Override
    public int place(DomainTrial.Places allowed, int least) {
      members.forEach(leftOut::remove);
      int placed = 0;
      for (int i = 0; i < members.size() && placed + members.size() - i >= least; i++) {
        int known = placements.size();
        ReferenceScheduling.this.place(members.get(i), allowed);
        if (placements.size() > known) {
          allowed.add(placements.get(known).node());
          placed++;
        }
      }
      if (placed > 0 && placed < least) {
        takeBack();
      }
      return placed < least ? 0 : placed;
    }

    @Override
    public void takeBack() {
      List<Placement> added = placements.subList(before, placements.size());
      for (Placement placement : added) {
        Unit unit = placement.unit();
        plan.takeBack(unit, unit.claims().stream().map(Claim::id).toList());
        usable.remove(unit);
        if (!unit.type().isCommon()) {
          room.giveBack(unit.type(), placement.node());
        }
      }
      added.clear();
      committed.truncate(committedBefore);
    }
  }

  private void place(Unit unit, IntPredicate allowed) {
    if (budget.isOver()) {
      leftOut.put(unit, Optional.of(Reasons.same(unit, new Reason.NotProven())));
      return;
    }
    if (unit.type().isLoading()) {
      leftOut.put(unit, Optional.of(Reasons.same(unit, LOADING)));
      return;
    }
    if (unit.allClaims().stream()
        .flatMap(claim -> claim.constraints().stream())
        .anyMatch(DeviceConstraint.Linked.class::isInstance)) {
      leftOut.put(unit, Optional.of(Reasons.same(unit, LINKS)));
      return;
    }
    UnitAttempt.Task task = new UnitAttempt.Task(claims(unit), unit.type(), nodes(unit, allowed));
    UnitAttempt.Result result = attempt.run(task, defects, budget);
    Optional<Departure> departure =
        Departure.of(attempt, task, result, defects, deadline.share(SHARE_FOR_COMPARING));
    departure.ifPresent(found -> plan.warn(remark(unit, result, found)));
    departure.ifPresent(
        found -> task.claims().forEach(claim -> plan.departs(claim, found.defects())));
    if (result.outcome() instanceof CallOutcome.Found found) {
      admit(unit, task.claims(), result.node(), found);
    } else {
      leftOut.put(unit, reasons(unit, task.claims(), result.outcome(), departure));
    }
  }

  /** Its pending claims that have no place yet, in the order in which it names them (R196). */
  private ImmutableList<Claim> claims(Unit unit) {
    Map<ClaimId, Claim> missing = new LinkedHashMap<>();
    unit.claims().forEach(claim -> missing.put(claim.id(), claim));
    for (Unit common : unit.common()) {
      if (!usable.containsKey(common)) {
        common.claims().forEach(claim -> missing.put(claim.id(), claim));
      }
    }
    return unit.workload().isEmpty()
        ? unit.claims()
        : unit.workload().get().claims().stream()
            .distinct()
            .filter(missing::containsKey)
            .map(missing::get)
            .collect(toImmutableList());
  }

  /**
   * The nodes on which it may be placed now that some of its common claims are, of those allowed.
   */
  private BitSet nodes(Unit unit, IntPredicate allowed) {
    BitSet nodes = new BitSet();
    for (int node = 0; node < compiled.nodes(); node++) {
      nodes.set(node, allowed.test(node));
    }
    unit.type().nodes().ifPresent(nodes::and);
    unit.common().forEach(common -> nodes.and(usable.getOrDefault(common, nodes)));
    return nodes;
  }

  private void admit(Unit unit, ImmutableList<Claim> claims, int node, CallOutcome.Found found) {
    Node target = compiled.problem().nodes().get(node);
    plan.place(unit, node);
    room.take(unit.type(), node);
    Map<ClaimId, ImmutableList<Choice>> choices = new HashMap<>();
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i).on(target);
      choices.put(claim.id(), found.claims().get(i));
      Allocation allocation = plan.allocate(claim, node, found.claims().get(i));
      committed.add(allocation);
      unit.common().stream()
          .filter(common -> common.claims().get(0).id().equals(claim.id()))
          .forEach(common -> usable.put(common, compiled.usableNodes(allocation.nodeSelector())));
    }
    placements.add(numbers.placement(unit, node, target, choices));
    for (Unit common : unit.common()) {
      if (choices.containsKey(common.claims().get(0).id())) {
        placements.add(numbers.placement(common, node, target, choices));
      }
    }
  }

  /** Nothing where the rules speak against the unit too. */
  private Optional<Reasons> reasons(
      Unit unit, ImmutableList<Claim> claims, CallOutcome outcome, Optional<Departure> departure) {
    if (outcome instanceof CallOutcome.Interrupted) {
      return Optional.of(Reasons.same(unit, new Reason.NotProven()));
    }
    if (departure.isPresent()) {
      String node = name(departure.get().without().node());
      return Optional.of(
          Reasons.same(unit, new Reason.MissedByReference(departure.get().defects().get(0), node)));
    }
    return outcome instanceof CallOutcome.Fatal fatal
        ? Optional.of(blamed(unit, claims.get(fatal.claim()).id(), fatal.reason()))
        : Optional.empty();
  }

  private static Reasons blamed(Unit unit, ClaimId culprit, Reason reason) {
    ImmutableMap.Builder<ClaimId, Reason> ofClaims = ImmutableMap.builder();
    for (Claim claim : unit.allClaims()) {
      ofClaims.put(
          claim.id(),
          claim.id().equals(culprit) ? reason : new Reason.PartnerUnallocated(culprit, reason));
    }
    return new Reasons(reason, ofClaims.buildOrThrow());
  }

  private String name(int node) {
    return compiled.problem().nodes().get(node).name();
  }

  private String remark(Unit unit, UnitAttempt.Result result, Departure departure) {
    String what =
        unit.workload()
            .map(workload -> "workload " + workload.id())
            .orElseGet(() -> "claim " + unit.claims().get(0).id());
    return what
        + " "
        + difference(result, departure.without())
        + ": "
        + String.join("; ", departure.defects().stream().map(Defect::toString).toList());
  }

  private String difference(UnitAttempt.Result result, UnitAttempt.Result byRules) {
    if (!(result.outcome() instanceof CallOutcome.Found)) {
      return "would fit on node " + name(byRules.node()) + ", which kube-scheduler misses";
    }
    return byRules.outcome() instanceof CallOutcome.Found
        ? "gets other devices than by the rules, as kube-scheduler would give them"
        : "gets devices that the rules would not give it, as kube-scheduler would";
  }
}
