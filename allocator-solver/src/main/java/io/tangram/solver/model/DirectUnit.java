package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.ReadMeasures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables and constraints (1) to (3) and (9) of one unit in {@link DirectModel}. */
final class DirectUnit {

  /**
   * A device that the unit may take.
   *
   * @param unit the unit
   * @param pick for which alternative
   * @param device which device
   * @param taken whether it takes it
   * @param amounts what it consumes of a shared device, nothing of a dedicated one
   */
  record Use(
      DirectUnit unit,
      Ways.Pick pick,
      int device,
      Literal taken,
      Optional<ImmutableMap<QualifiedName, Quantity>> amounts) {

    Taking taking() {
      return new Taking(List.of(unit, pick.claim()), isAdmin(), device, taken, amounts);
    }

    boolean isAdmin() {
      return pick.leaf().request().adminAccess();
    }

    /** The share of the device in millionths. */
    long share(ReadMeasures measures) {
      return amounts.map(a -> measures.shareOf(device, a)).orElseGet(() -> measures.share(device));
    }

    /** The size of the device, or of the part taken, in millionths. */
    long size(ReadMeasures measures) {
      return amounts.map(a -> measures.sizeOf(device, a)).orElseGet(() -> measures.size(device));
    }
  }

  private record Chosen(Ways.Pick pick, BoolVar literal, boolean prioritized) {}

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final DirectDevices devices;
  private final DirectTies ties;
  private final Demand demand;
  private final int number;
  private final BoolVar in;
  private final Map<Integer, BoolVar> at = new LinkedHashMap<>();
  private final List<Chosen> chosen = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();

  DirectUnit(
      CompiledProblem problem,
      CpModelBuilder model,
      DirectDevices devices,
      Demand demand,
      int number) {
    this.problem = problem;
    this.model = model;
    this.devices = devices;
    this.ties = new DirectTies(problem, model, demand.type());
    this.demand = demand;
    this.number = number;
    this.in = model.newBoolVar(name("in"));
    addNodes();
    for (int claim = 0; claim < demand.type().claims().size(); claim++) {
      addClaim(claim, demand.type().claims().get(claim));
    }
  }

  /** The name of a variable of the unit, as {@code family[demand.number,indices]}. */
  String name(String family, int... indices) {
    StringBuilder name = new StringBuilder(family);
    name.append('[').append(demand.index()).append('.').append(number);
    for (int index : indices) {
      name.append(',').append(index);
    }
    return name.append(']').toString();
  }

  /** The first half of (1). */
  private void addNodes() {
    LinearExprBuilder somewhere = LinearExpr.newBuilder();
    for (int node : devices.nodes().stream().toArray()) {
      if (demand.type().mayJoin(node) && !isRuledOut(node)) {
        BoolVar here = model.newBoolVar(name("at", node));
        at.put(node, here);
        somewhere.add(here);
      }
    }
    model.addEquality(somewhere, in);
  }

  private boolean isRuledOut(int node) {
    return demand.type().claims().stream()
        .flatMap(claim -> claim.requests().stream())
        .flatMap(line -> line.leaves().stream())
        .anyMatch(leaf -> devices.rulesOut(leaf, node));
  }

  /** The second half of (1), and (9). */
  private void addClaim(int claim, ClaimShape shape) {
    LinearExprBuilder size = LinearExpr.newBuilder();
    List<Use> ofClaim = new ArrayList<>();
    for (int request = 0; request < shape.requests().size(); request++) {
      ClaimShape.Line line = shape.requests().get(request);
      LinearExprBuilder oneOf = servedByNode(line);
      for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
        Ways.Pick pick = new Ways.Pick(claim, request, alternative, line.leaves().get(alternative));
        BoolVar literal = model.newBoolVar(name("pick", claim, request, alternative));
        chosen.add(new Chosen(pick, literal, line.prioritized()));
        oneOf.add(literal);
        List<Use> ofPick = pick.leaf().isAll() ? addAll(pick, literal) : addExact(pick, literal);
        ofPick.forEach(use -> size.add(use.taken()));
        ofClaim.addAll(ofPick);
      }
      model.addEquality(oneOf, in);
    }
    model.addLessOrEqual(size, Claim.MAX_DEVICES);
    ties.add(this, claim, ofClaim);
    uses.addAll(ofClaim);
  }

  /** Whether the node itself does for the request (R216). */
  private LinearExprBuilder servedByNode(ClaimShape.Line line) {
    LinearExprBuilder served = LinearExpr.newBuilder();
    at.forEach(
        (node, here) -> {
          if (!line.asksOn(node)) {
            served.add(here);
          }
        });
    return served;
  }

  /** (2). */
  private List<Use> addExact(Ways.Pick pick, BoolVar literal) {
    List<Use> ofPick = new ArrayList<>();
    Map<Integer, LinearExprBuilder> bySite = new LinkedHashMap<>();
    LinearExprBuilder sum = LinearExpr.newBuilder();
    long count = pick.leaf().count();
    if (count > Claim.MAX_DEVICES) {
      model.addEquality(literal, 0);
      return ofPick;
    }
    devices
        .exact(pick.leaf())
        .forEach(
            device -> {
              if (ties.hasAttributes(pick, device)) {
                BoolVar taken =
                    model.newBoolVar(
                        name("take", pick.claim(), pick.request(), pick.alternative(), device));
                sum.add(taken);
                bySite
                    .computeIfAbsent(problem.devices().site(device), s -> LinearExpr.newBuilder())
                    .add(taken);
                ofPick.add(use(pick, device, taken));
              }
            });
    model.addEquality(sum, LinearExpr.term(literal, count));
    bySite.forEach(
        (site, taken) -> {
          LinearExprBuilder visible = LinearExpr.newBuilder();
          for (int node : problem.devices().nodesOf(site)) {
            BoolVar here = at.get(node);
            if (here != null) {
              visible.addTerm(here, count);
            }
          }
          model.addLessOrEqual(taken, visible);
        });
    return ofPick;
  }

  /** (3). */
  private List<Use> addAll(Ways.Pick pick, BoolVar literal) {
    List<Use> ofPick = new ArrayList<>();
    LinearExprBuilder sum = LinearExpr.newBuilder();
    at.forEach(
        (node, here) -> {
          Optional<ImmutableIntArray> set =
              devices
                  .all(pick.leaf(), node)
                  .filter(all -> all.stream().allMatch(d -> ties.hasAttributes(pick, d)));
          if (set.isPresent()) {
            BoolVar all =
                model.newBoolVar(
                    name("all", pick.claim(), pick.request(), pick.alternative(), node));
            sum.add(all);
            model.addImplication(all, here);
            set.get().forEach(device -> ofPick.add(use(pick, device, all)));
          }
        });
    model.addEquality(sum, literal);
    return ofPick;
  }

  private Use use(Ways.Pick pick, int device, Literal taken) {
    boolean shared = problem.devices().isShared(device);
    return new Use(
        this,
        pick,
        device,
        taken,
        shared ? devices.consumed(pick.leaf(), device) : Optional.empty());
  }

  // What others read.

  Demand demand() {
    return demand;
  }

  /** Which unit it is. */
  Unit unit() {
    return demand.units().get(number);
  }

  /** Whether it is placed on each node on which it may be. */
  Map<Integer, BoolVar> at() {
    return at;
  }

  /** Whether the unit is admitted. */
  BoolVar in() {
    return in;
  }

  /** The devices it may take. */
  List<Use> uses() {
    return uses;
  }

  /** Adds the scores of the chosen alternatives (R80). */
  void addScore(LinearExprBuilder sum) {
    for (Chosen each : chosen) {
      if (each.prioritized()) {
        sum.addTerm(each.literal(), Request.FirstAvailable.score(each.pick().alternative()));
      }
    }
  }

  /** Hints at a placement, perhaps that of a unit like this one, or at leaving the unit out. */
  void hint(Optional<Placement> placement) {
    model.addHint(in, placement.isPresent());
    at.forEach(
        (node, here) -> model.addHint(here, placement.filter(p -> p.node() == node).isPresent()));
    Map<Ways.Pick, ImmutableIntArray> taken = new HashMap<>();
    for (Chosen each : chosen) {
      Ways.Pick pick = each.pick();
      Optional<Placement.Choice> choice =
          placement
              .map(p -> p.choices().get(pick.claim()).get(pick.request()))
              .filter(c -> c.alternative() == pick.alternative() && !c.devices().isEmpty());
      model.addHint(each.literal(), choice.isPresent());
      choice.ifPresent(c -> taken.put(pick, c.devices()));
    }
    Set<Integer> hinted = new HashSet<>();
    for (Use use : uses) {
      if (hinted.add(use.taken().getIndex())) {
        ImmutableIntArray devices = taken.getOrDefault(use.pick(), ImmutableIntArray.of());
        model.addHint(use.taken(), devices.contains(use.device()));
      }
    }
  }

  /** Reads where the unit is placed; it must be admitted. */
  Placement placement(CpOutcome solution) {
    int node =
        at.entrySet().stream()
            .filter(each -> solution.isTrue(each.getValue()))
            .mapToInt(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    List<List<Placement.Choice>> choices = Ways.nothing(demand.type());
    for (Chosen each : chosen) {
      if (solution.isTrue(each.literal())) {
        IntList taken = new IntList();
        for (Use use : uses) {
          if (use.pick().equals(each.pick()) && solution.isTrue(use.taken())) {
            taken.add(use.device());
          }
        }
        choices
            .get(each.pick().claim())
            .set(
                each.pick().request(),
                new Placement.Choice(
                    each.pick().alternative(),
                    ImmutableIntArray.copyOf(problem.inOfferedOrder(node, taken.toArray()))));
      }
    }
    return new Placement(
        unit(),
        node,
        choices.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()));
  }
}
