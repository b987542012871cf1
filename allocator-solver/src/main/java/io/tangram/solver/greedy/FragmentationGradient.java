package io.tangram.solver.greedy;

import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.nodesearch.CandidateOrder;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.symmetry.Expectation;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.SupplyGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The device, and the node, by which what stays free loses least of its use for the requests that
 * are expected: the fragmentation gradient (Weng et al., Beware of Fragmentation: Scheduling
 * GPU-Sharing Workloads with Fragmentation Gradient Descent, USENIX ATC 2023). There a GPU is an
 * amount, and what a request can't use of it is lost to it; here it is what its free devices can
 * still supply beside each other, as in {@link io.tangram.api.plan.Objective#FRAGMENTATION}. Where
 * what is taken is the same, that is the same.
 *
 * <p>Of equals the smallest device, then that on the fullest counter set, on the fullest node.
 */
final class FragmentationGradient implements PlacementPolicy {

  private final ClusterState state;
  private final Measures measures;
  private final Fullness fullness;
  private final Optional<JoinedPlaces> joined;
  private final SupplyGradient gradient;

  FragmentationGradient(
      CompiledProblem problem, ClusterState state, Optional<LinkObjective> objective) {
    this.state = state;
    this.measures = new Measures(problem);
    this.fullness = new Fullness(problem, measures, state);
    this.joined = objective.map(each -> new JoinedPlaces(problem, state, this::reluctance, each));
    this.gradient = new SupplyGradient(problem, new Expectation(problem, measures), state);
  }

  @Override
  public SearchRules rules() {
    return SearchRules.PLAIN;
  }

  @Override
  public CandidateOrder devices() {
    return this::reluctance;
  }

  private long[] reluctance(Leaf leaf, int device) {
    return new long[] {
      gradient.of(leaf, device), measures.size(leaf, device), -fullness.around(device)
    };
  }

  @Override
  public SearchOutcome.Found together(int node, SearchGoal goal, SearchOutcome.Found found) {
    return joined.map(each -> each.of(node, goal, found)).orElse(found);
  }

  @Override
  public boolean prefersTightDomains() {
    return true;
  }

  @Override
  public long[] reluctance(int node, SearchGoal goal, SearchOutcome.Found found) {
    LongAdder size = new LongAdder();
    LongAdder full = new LongAdder();
    goal.forEachDevice(
        found,
        (leaf, device) -> {
          size.add(measures.size(leaf, device));
          full.add(fullness.around(device));
        });
    return new long[] {loss(goal, found), size.sum(), -full.sum(), -fullness.ofNode(node)};
  }

  /** What all devices together take from the supply. */
  private long loss(SearchGoal goal, SearchOutcome.Found found) {
    LongAdder loss = new LongAdder();
    List<Runnable> undo = new ArrayList<>();
    goal.forEachDevice(
        found,
        (leaf, device) -> {
          loss.add(gradient.of(leaf, device));
          state.take(leaf, device);
          undo.add(() -> state.giveBack(leaf, device));
        });
    undo.forEach(Runnable::run);
    return loss.sum();
  }
}
