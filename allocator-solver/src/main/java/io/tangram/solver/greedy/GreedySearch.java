package io.tangram.solver.greedy;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.AllocationOptions;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.Node;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.Reason;
import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.diagnose.Diagnosis;
import io.tangram.solver.diagnose.Reasons;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeNeeds;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ResultNodes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Places units one after the other: in the order of the queue, each on the node with the best score
 * (R80), of equals the one that the policy prefers, then the first by name; there on the first
 * devices that a depth-first search in the order of the policy finds. Not thread-safe.
 */
public final class GreedySearch {

  private final CompiledProblem compiled;
  private final SearchBudget budget;
  private final ClusterState state;
  private final PlacementPolicy policy;
  private final NodeChanges changes;
  private final NodeNames names;
  private final NodeRoom room;
  private final DomainTrial domains;
  private final Map<ChoiceKey, NodeChoice> choices = new HashMap<>();

  /**
   * The places of nodes on which there are no devices for a goal, whatever else units take. What
   * devices take of their nodes is part of the goal where it counts.
   */
  private final Map<SearchGoal, BitSet> barren = new HashMap<>();

  private final List<Placement> placements = new ArrayList<>();
  private final Map<Unit, BitSet> usable = new HashMap<>();
  private final Map<Unit, Placement> commonPlaced = new HashMap<>();
  private final Set<ClaimId> soleInUse = new HashSet<>();
  private final Map<Unit, Attempt> leftOut = new LinkedHashMap<>();

  /** What takes the placements of a group back while it is being placed, the last one first. */
  private Optional<Deque<Runnable>> undo = Optional.empty();

  /**
   * What units have to have in common for one search to do for all.
   *
   * @param type their type
   * @param missing the types of their common claims that have no place yet
   * @param order the claims to be found a place, in order: the place of an own one, and -1 - i for
   *     the i-th missing one
   */
  private record ChoiceKey(
      UnitType type, ImmutableList<UnitType> missing, ImmutableIntArray order) {}

  /** A claim to be found a place: the i-th of its unit, which is the own one or a common claim. */
  private record Member(Unit unit, int i) {

    Claim claim() {
      return unit.claims().get(i);
    }

    ClaimShape shape() {
      return unit.type().claims().get(i);
    }
  }

  /** How the attempt to place a unit ended: the claims searched for, and what came of it. */
  private record Attempt(
      ImmutableList<Claim> claims,
      Optional<SearchGoal> goal,
      SearchOutcome outcome,
      Optional<Reason> reason) {

    static Attempt takenBack() {
      return new Attempt(
          ImmutableList.of(), Optional.empty(), new SearchOutcome.None(), Optional.empty());
    }

    static Attempt notMade() {
      return new Attempt(
          ImmutableList.of(),
          Optional.empty(),
          new SearchOutcome.Interrupted(),
          Optional.of(new Reason.NotProven()));
    }
  }

  /**
   * Prepares a search; it may be run once.
   *
   * @param compiled the problem
   * @param state what is taken before the first unit
   * @param policy how to choose; goes by the same state
   * @param budget what may be spent
   */
  GreedySearch(
      CompiledProblem compiled, ClusterState state, PlacementPolicy policy, SearchBudget budget) {
    this.compiled = compiled;
    this.budget = budget;
    this.state = state;
    this.policy = policy;
    this.changes = new NodeChanges(compiled);
    this.room = state.room();
    this.names = new NodeNames(compiled);
    this.domains = new DomainTrial(compiled.nodes(), names::node);
  }

  /** Returns a search that chooses as kube-scheduler would; it may be run once. */
  public static GreedySearch firstFit(CompiledProblem compiled, SearchBudget budget) {
    return new GreedySearch(
        compiled, new ClusterState(compiled), new FirstFit(SearchRules.REFERENCE), budget);
  }

  /**
   * Returns a search for the first places beside what a plan places, by the rules without
   * kube-scheduler's habits; it may be run once.
   *
   * @param state what is taken by that
   */
  public static GreedySearch beside(
      CompiledProblem compiled, ClusterState state, SearchBudget budget) {
    return new GreedySearch(compiled, state, new FirstFit(SearchRules.PLAIN), budget);
  }

  /** Returns a search for the tightest places; it may be run once. */
  public static GreedySearch bestFit(CompiledProblem compiled, SearchBudget budget) {
    return bestFit(compiled, Optional.empty(), budget);
  }

  /** The same, of equal devices those that are joined best where the options ask for bandwidth. */
  public static GreedySearch bestFit(
      CompiledProblem compiled, AllocationOptions options, SearchBudget budget) {
    return bestFit(compiled, linkObjective(options), budget);
  }

  private static GreedySearch bestFit(
      CompiledProblem compiled, Optional<LinkObjective> objective, SearchBudget budget) {
    ClusterState state = new ClusterState(compiled);
    return new GreedySearch(compiled, state, new BestFit(compiled, state, objective), budget);
  }

  private static Optional<LinkObjective> linkObjective(AllocationOptions options) {
    return options.objectives().contains(Objective.BANDWIDTH)
        ? Optional.of(options.linkObjective())
        : Optional.empty();
  }

  /** Returns a search for the places that keep most of the rest useful; it may be run once. */
  public static GreedySearch fragmentation(
      CompiledProblem compiled, AllocationOptions options, SearchBudget budget) {
    ClusterState state = new ClusterState(compiled);
    return new GreedySearch(
        compiled,
        state,
        new FragmentationGradient(compiled, state, linkObjective(options)),
        budget);
  }

  /**
   * Places the units of the queue one after the other and returns those that found a place, common
   * claims behind the workload that each was placed with. Groups are placed as a whole or not at
   * all, where their topology lets them be.
   */
  public List<Placement> placements() {
    return placements(compiled.units().queue());
  }

  /** Does the same with some units, in the order given; the members of a group are side by side. */
  public List<Placement> placements(List<Unit> queue) {
    int next = 0;
    while (next < queue.size()) {
      Optional<Gang> gang = queue.get(next).gang();
      if (gang.isPresent()) {
        List<Unit> members = queue.subList(next, endOf(gang.get(), next, queue));
        place(gang.get(), members);
        next += members.size();
      } else {
        place(queue.get(next), DomainTrial.Places.any());
        next++;
      }
    }
    return placements;
  }

  private static int endOf(Gang gang, int start, List<Unit> queue) {
    int end = start;
    while (end < queue.size() && queue.get(end).gang().filter(gang::equals).isPresent()) {
      end++;
    }
    return end;
  }

  /** Places members of a group where its topology lets them be, if these are enough. */
  private void place(Gang gang, List<Unit> members) {
    if (place(gang, members, new GangSearch(members)) == 0) {
      members.forEach(
          unit ->
              leftOut.putIfAbsent(unit, budget.isOver() ? Attempt.notMade() : Attempt.takenBack()));
    }
  }

  private int place(Gang gang, List<Unit> members, GangSearch search) {
    return domains.place(
        gang,
        members.size(),
        policy.prefersTightDomains() ? nodes -> room(members.get(0), nodes) : nodes -> 0,
        search);
  }

  /** Returns how many members of a group would be placed now, and places none. */
  int tryOut(Gang gang, List<Unit> members) {
    GangSearch search = new GangSearch(members);
    int placed = place(gang, members, search);
    if (placed > 0) {
      search.takeBack();
    }
    return placed;
  }

  /** On how many of some nodes a unit would have a place by itself. */
  private int room(Unit unit, BitSet nodes) {
    ImmutableList<Unit> missing = missing(unit);
    return choice(unit, missing, members(unit, missing)).room(nodes::get, budget);
  }

  /** Places the members of a group one after the other, those that find no place left out. */
  private final class GangSearch implements DomainTrial.Search {

    private final List<Unit> members;
    private final int before = placements.size();
    private Deque<Runnable> taken = new ArrayDeque<>();

    GangSearch(List<Unit> members) {
      this.members = members;
    }

    @Override
    public int place(DomainTrial.Places allowed, int least) {
      members.forEach(leftOut::remove);
      taken = new ArrayDeque<>();
      undo = Optional.of(taken);
      int placed = 0;
      for (int i = 0; i < members.size() && placed + members.size() - i >= least; i++) {
        int known = placements.size();
        GreedySearch.this.place(members.get(i), allowed);
        if (placements.size() > known) {
          allowed.add(placements.get(known).node());
          placed++;
        }
      }
      undo = Optional.empty();
      if (placed > 0 && placed < least) {
        takeBack();
      }
      return placed < least ? 0 : placed;
    }

    /** What was learnt doesn't hold where there is more room again. */
    @Override
    public void takeBack() {
      taken.forEach(Runnable::run);
      List<Placement> added = placements.subList(before, placements.size());
      boolean areAlone = added.stream().noneMatch(each -> each.unit().type().isCommon());
      for (Placement placement : added) {
        changes.addTakenBack(placement).stream()
            .forEach(node -> barren.values().forEach(places -> places.clear(names.place(node))));
      }
      added.clear();
      if (!areAlone) {
        choices.clear(); // Some are for nodes on which a common claim can be used no more.
      }
    }
  }

  /** Calls for each of the other units with the reasons, once all have been tried. */
  public void explain(BiConsumer<Unit, Reasons> into) {
    UnplacedGangs gangs = new UnplacedGangs(compiled, placements, budget);
    Diagnosis diagnosis =
        new Diagnosis(
            compiled,
            policy.rules(),
            budget,
            unit -> gangs.reason(unit).orElseGet(Reason.Outranked::inQueue));
    leftOut.forEach((unit, attempt) -> into.accept(unit, reasons(unit, attempt, diagnosis)));
  }

  private static Reasons reasons(Unit unit, Attempt attempt, Diagnosis diagnosis) {
    if (attempt.reason().isPresent()) {
      return Reasons.same(unit, attempt.reason().get());
    }
    return attempt.outcome() instanceof SearchOutcome.SelectorFailed failed
        ? diagnosis.selectorFailed(unit, attempt.claims(), attempt.goal().orElseThrow(), failed)
        : diagnosis.reasons(unit);
  }

  /** The common claims of a unit that have no place yet. */
  private ImmutableList<Unit> missing(Unit unit) {
    return unit.common().stream()
        .filter(common -> !usable.containsKey(common))
        .collect(toImmutableList());
  }

  private void place(Unit unit, IntPredicate allowed) {
    if (budget.isOver()) {
      leftOut.put(unit, Attempt.notMade());
      return;
    }
    ImmutableList<Unit> missing = missing(unit);
    List<Member> members = members(unit, missing);
    if (comesTooLate(unit)) {
      leftOut.put(
          unit,
          new Attempt(
              claims(members), Optional.empty(), new SearchOutcome.None(), Optional.empty()));
      return;
    }
    NodeChoice choice = choice(unit, missing, members);
    NodeChoice.Answer answer = choice.next(allowed, budget);
    if (answer.outcome() instanceof SearchOutcome.Found found) {
      List<Placement> together =
          placed(unit, missing, members, answer.node(), choice.goal(), found);
      Optional<ChosenDevice> refused =
          together.stream().flatMap(each -> unmergeable(each).stream()).findFirst();
      if (refused.isPresent()) {
        leaveOut(unit, members, choice, answer, Optional.of(unmergeableReason(refused.get())));
        return;
      }
      choice.take(answer, found);
      undo.ifPresent(steps -> steps.push(() -> choice.giveBack(answer, found)));
      soleInUse.addAll(unit.type().sole());
      undo.ifPresent(steps -> steps.push(() -> soleInUse.removeAll(unit.type().sole())));
      for (Placement placement : together) {
        changes.add(placement);
        placements.add(placement);
        if (placement.unit().type().isCommon()) {
          usable.put(placement.unit(), usableNodes(placement));
          commonPlaced.put(placement.unit(), placement);
          undo.ifPresent(
              steps ->
                  steps.push(
                      () -> {
                        usable.remove(placement.unit());
                        commonPlaced.remove(placement.unit());
                      }));
        }
      }
    } else if (answer.outcome() instanceof SearchOutcome.Interrupted) {
      leftOut.put(unit, Attempt.notMade());
    } else {
      leaveOut(unit, members, choice, answer, Optional.empty());
    }
  }

  /** Whether another workload uses a claim that is for one alone (R238). */
  private boolean comesTooLate(Unit unit) {
    return unit.type().sole().stream().anyMatch(soleInUse::contains)
        || unit.common().stream()
            .flatMap(this::given)
            .anyMatch(each -> compiled.loads().isPart(each.device()));
  }

  /** A device that a claim got, with the request it is for. */
  private record Given(Leaf leaf, int device) {}

  /** What a common claim got, if it has a place. */
  private Stream<Given> given(Unit common) {
    Placement placement = commonPlaced.get(common);
    if (placement == null) {
      return Stream.empty();
    }
    ClaimShape shape = common.type().claims().get(0);
    List<Placement.Choice> choices = placement.choices().get(0);
    return IntStream.range(0, choices.size())
        .boxed()
        .flatMap(
            request -> {
              Placement.Choice choice = choices.get(request);
              Leaf leaf = shape.requests().get(request).leaves().get(choice.alternative());
              return choice.devices().stream().mapToObj(device -> new Given(leaf, device));
            });
  }

  private void leaveOut(
      Unit unit,
      List<Member> members,
      NodeChoice choice,
      NodeChoice.Answer answer,
      Optional<Reason> reason) {
    leftOut.put(
        unit, new Attempt(claims(members), Optional.of(choice.goal()), answer.outcome(), reason));
  }

  private static Reason unmergeableReason(ChosenDevice device) {
    return new Reason.UnsupportedConstraint(
        "a node selector of several terms on device " + device.id());
  }

  private NodeChoice choice(Unit unit, List<Unit> missing, List<Member> members) {
    ImmutableList<UnitType> missingTypes =
        missing.stream().map(Unit::type).collect(toImmutableList());
    ImmutableIntArray.Builder order = ImmutableIntArray.builder(members.size());
    for (Member member : members) {
      order.add(member.unit().equals(unit) ? member.i() : -1 - missing.indexOf(member.unit()));
    }
    return choices.computeIfAbsent(
        new ChoiceKey(unit.type(), missingTypes, order.build()),
        key -> {
          SearchGoal goal =
              SearchGoal.of(members.stream().map(Member::shape).toList(), needs(unit, members));
          return new NodeChoice(
              compiled,
              state,
              policy,
              unit.type(),
              goal,
              nodes(unit),
              barren.computeIfAbsent(goal, g -> new BitSet()),
              names,
              changes,
              room);
        });
  }

  /**
   * Its own claims and those common ones that have no place yet, in the order in which the workload
   * names them (R196).
   */
  private static List<Member> members(Unit unit, List<Unit> missing) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < unit.claims().size(); i++) {
      members.add(new Member(unit, i));
    }
    if (unit.workload().isPresent() && !missing.isEmpty()) {
      missing.forEach(common -> members.add(new Member(common, 0)));
      ImmutableList<ClaimId> named = unit.workload().get().claims();
      members.sort(Comparator.comparingInt(member -> named.indexOf(member.claim().id())));
    }
    return members;
  }

  private static ImmutableList<Claim> claims(List<Member> members) {
    return members.stream().map(Member::claim).collect(toImmutableList());
  }

  /**
   * What it takes of its node itself and by common claims that have a place, and how it uses the
   * members, in their order.
   */
  private NodeNeeds needs(Unit unit, List<Member> members) {
    UnitType type = unit.type();
    if (type.uses().isEmpty()) {
      return NodeNeeds.NONE;
    }
    long[] amounts = type.resources().toArray();
    for (int i = 0; i < unit.common().size(); i++) {
      ClaimUse use = type.uses().get(type.claims().size() + i);
      given(unit.common().get(i))
          .forEach(
              each -> {
                long[] load = compiled.loads().of(each.leaf(), each.device(), use);
                Arrays.setAll(amounts, r -> amounts[r] + load[r]);
              });
    }
    return new NodeNeeds(
        ImmutableLongArray.copyOf(amounts),
        members.stream().map(member -> use(unit, member)).collect(toImmutableList()));
  }

  private static ClaimUse use(Unit unit, Member member) {
    int own = unit.type().claims().size();
    int i = member.unit().equals(unit) ? member.i() : own + unit.common().indexOf(member.unit());
    return unit.type().uses().get(i);
  }

  /** The nodes on which the unit may be placed now that some of its common claims are. */
  private BitSet nodes(Unit unit) {
    BitSet nodes = new BitSet();
    nodes.set(0, compiled.nodes());
    unit.type().nodes().ifPresent(nodes::and);
    for (Unit common : unit.common()) {
      nodes.and(usable.getOrDefault(common, nodes));
    }
    return nodes;
  }

  /** The nodes on which others can use the claim that was placed (R182 to R184). */
  private BitSet usableNodes(Placement placement) {
    Node node = compiled.problem().nodes().get(placement.node());
    return compiled.usableNodes(ResultNodes.of(node.name(), chosen(placement.choices().get(0))));
  }

  /** A device that no result can carry, which ends the attempt (R185). */
  private Optional<ChosenDevice> unmergeable(Placement placement) {
    return placement.choices().stream()
        .flatMap(claim -> ResultNodes.unmergeable(chosen(claim)).stream())
        .findFirst();
  }

  private List<ChosenDevice> chosen(List<Placement.Choice> claim) {
    List<ChosenDevice> chosen = new ArrayList<>();
    for (Placement.Choice choice : claim) {
      choice
          .devices()
          .forEach(
              device ->
                  chosen.add(
                      new ChosenDevice(
                          compiled.devices().slice(device), compiled.devices().device(device))));
    }
    return chosen;
  }

  /** The placement of the unit, and those of the common claims placed with it. */
  private static List<Placement> placed(
      Unit unit,
      List<Unit> missing,
      List<Member> members,
      int node,
      SearchGoal goal,
      SearchOutcome.Found found) {
    Map<Member, ImmutableList.Builder<Placement.Choice>> byMember = new HashMap<>();
    members.forEach(member -> byMember.put(member, ImmutableList.builder()));
    for (int line = 0; line < goal.lines().size(); line++) {
      SearchOutcome.Pick pick = found.picks().get(line);
      Objects.requireNonNull(byMember.get(members.get(goal.lines().get(line).claim())))
          .add(new Placement.Choice(pick.alternative(), pick.devices()));
    }
    List<Placement> placements = new ArrayList<>();
    for (Unit each : Iterables.concat(List.of(unit), missing)) {
      ImmutableList.Builder<ImmutableList<Placement.Choice>> choices = ImmutableList.builder();
      for (int i = 0; i < each.claims().size(); i++) {
        choices.add(Objects.requireNonNull(byMember.get(new Member(each, i))).build());
      }
      placements.add(new Placement(each, node, choices.build()));
    }
    return placements;
  }
}
