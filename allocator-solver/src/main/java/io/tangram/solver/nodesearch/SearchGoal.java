package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/**
 * What is to be found together on one node: requests of one or several claims, in the order of the
 * search (R195).
 *
 * @param lines the requests
 * @param ties the constraints of each claim, as {@code [claim]}
 * @param needs what is taken of the node beside what the devices take of it
 */
public record SearchGoal(
    ImmutableList<Line> lines, ImmutableList<ImmutableList<ClaimShape.Tie>> ties, NodeNeeds needs) {

  /**
   * One request.
   *
   * @param claim the place of its claim in the unit
   * @param request its place in the claim
   * @param prioritized whether it is a prioritized list, which scores (R80)
   * @param leaves its alternatives, best first
   * @param own what of some nodes does instead of devices
   */
  public record Line(
      int claim,
      int request,
      boolean prioritized,
      ImmutableList<Leaf> leaves,
      ClaimShape.OwnSupply own) {

    /** Returns the goal of one of the alternatives alone, without constraints. */
    public SearchGoal only(int alternative) {
      Line alone = new Line(0, request, false, ImmutableList.of(leaves.get(alternative)), own);
      return new SearchGoal(
          ImmutableList.of(alone), ImmutableList.of(ImmutableList.of()), NodeNeeds.NONE);
    }

    /** Whether devices are needed for it on a node. */
    boolean asksOn(int node) {
      return !own.nodes().get(node);
    }
  }

  /** Returns everything that claims ask for, whatever devices take of the node. */
  public static SearchGoal of(List<ClaimShape> claims) {
    return of(claims, NodeNeeds.NONE);
  }

  /** Returns everything that a unit asks for, its common claims last. */
  public static SearchGoal of(UnitType type) {
    return of(type.allClaims(), NodeNeeds.of(type));
  }

  /** Returns everything that claims ask for. */
  public static SearchGoal of(List<ClaimShape> claims, NodeNeeds needs) {
    ImmutableList.Builder<Line> lines = ImmutableList.builder();
    ImmutableList.Builder<ImmutableList<ClaimShape.Tie>> ties = ImmutableList.builder();
    for (int claim = 0; claim < claims.size(); claim++) {
      ClaimShape shape = claims.get(claim);
      ties.add(shape.constraints());
      for (int request = 0; request < shape.requests().size(); request++) {
        ClaimShape.Line line = shape.requests().get(request);
        lines.add(new Line(claim, request, line.prioritized(), line.leaves(), line.own()));
      }
    }
    return new SearchGoal(lines.build(), ties.build(), needs);
  }

  /** Returns the part of this that asks for the requests wanted, without the others. */
  public SearchGoal only(Predicate<Line> wanted) {
    return new SearchGoal(
        lines.stream().filter(wanted).collect(ImmutableList.toImmutableList()), ties, needs);
  }

  /** Returns the requests, of those that each for itself ask for the same only the first. */
  public ImmutableList<Line> differentLines() {
    Map<List<Object>, Line> different = new LinkedHashMap<>();
    for (Line line : lines) {
      Object use = needs.areThere() ? needs.use(line.claim()) : List.of();
      different.putIfAbsent(List.of(line.leaves(), line.own(), use), line);
    }
    return ImmutableList.copyOf(different.values());
  }

  /** Returns the same without constraints. */
  public SearchGoal withoutConstraints() {
    return new SearchGoal(
        lines,
        ties.stream()
            .map(each -> ImmutableList.<ClaimShape.Tie>of())
            .collect(ImmutableList.toImmutableList()),
        needs);
  }

  /** Returns the same whatever devices take of the node. */
  public SearchGoal withoutNeeds() {
    return new SearchGoal(lines, ties, NodeNeeds.NONE);
  }

  /** Returns what the devices of a solution take of each resource of the node (R239). */
  public long[] load(CompiledProblem problem, SearchOutcome.Found found) {
    long[] load = new long[problem.resources().names().size()];
    for (int line = 0; needs.areThere() && line < lines.size(); line++) {
      SearchOutcome.Pick pick = found.picks().get(line);
      Leaf leaf = lines.get(line).leaves().get(pick.alternative());
      ClaimUse use = needs.use(lines.get(line).claim());
      pick.devices()
          .forEach(
              device -> {
                long[] each = problem.loads().of(leaf, device, use);
                Arrays.setAll(load, i -> load[i] + each[i]);
              });
    }
    return load;
  }

  /** Calls for each device of a solution with the request that gets it. */
  public void forEachDevice(SearchOutcome.Found found, ObjIntConsumer<Leaf> action) {
    for (int line = 0; line < lines.size(); line++) {
      SearchOutcome.Pick pick = found.picks().get(line);
      Leaf leaf = lines.get(line).leaves().get(pick.alternative());
      pick.devices().forEach(device -> action.accept(leaf, device));
    }
  }

  /** The score of a solution that takes the best alternative everywhere. */
  public int bestScore() {
    return (int) lines.stream().filter(Line::prioritized).count() * FirstAvailable.BEST_SCORE;
  }
}
