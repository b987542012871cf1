package io.tangram.solver.diagnose;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.ClaimShape.Tie;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.nodesearch.SearchGoal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Claims for more joined devices than any node has. */
final class MissingLinks {

  private final CompiledProblem problem;

  MissingLinks(CompiledProblem problem) {
    this.problem = problem;
  }

  /**
   * Returns the first constraint on links for which no node has the devices, taken or not.
   *
   * @param goal what the claim asks for, and nothing else
   */
  Optional<Reason> missing(Claim claim, SearchGoal goal) {
    for (int i = 0; i < claim.constraints().size() && !goal.lines().isEmpty(); i++) {
      if (claim.constraints().get(i) instanceof DeviceConstraint.Linked linked) {
        Tie tie = goal.ties().get(goal.lines().get(0).claim()).get(i);
        List<Leaf> covered = covered(goal, tie);
        int largest =
            problem
                .links()
                .largest(
                    linked.requirement(),
                    device -> covered.stream().anyMatch(leaf -> matches(leaf, device)));
        long wanted = wanted(goal, tie, covered);
        if (largest < wanted) {
          return Optional.of(
              new Reason.LinksMissing(linked.requests(), linked.requirement(), wanted, largest));
        }
      }
    }
    return Optional.empty();
  }

  private boolean matches(Leaf leaf, int device) {
    return problem.matching().verdict(leaf, device) == Matching.Verdict.MATCH;
  }

  private static List<Leaf> covered(SearchGoal goal, Tie tie) {
    List<Leaf> covered = new ArrayList<>();
    for (SearchGoal.Line line : goal.lines()) {
      for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
        if (tie.covers(line.request(), alternative)) {
          covered.add(line.leaves().get(alternative));
        }
      }
    }
    return covered;
  }

  /** How many different devices the covered requests take at least. */
  private long wanted(SearchGoal goal, Tie tie, List<Leaf> covered) {
    boolean mayTakeOneTwice =
        IntStream.range(0, problem.devices().size())
            .filter(problem.devices()::isShared)
            .anyMatch(device -> covered.stream().anyMatch(leaf -> matches(leaf, device)));
    long sum = 0;
    long most = 0;
    for (SearchGoal.Line line : goal.lines()) {
      long least = Long.MAX_VALUE;
      for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
        Leaf leaf = line.leaves().get(alternative);
        long count = leaf.isAll() ? 1 : leaf.count();
        least = Math.min(least, tie.covers(line.request(), alternative) ? count : 0);
      }
      sum += least;
      most = Math.max(most, least);
    }
    return mayTakeOneTwice ? most : sum;
  }
}
