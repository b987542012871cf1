package io.tangram.solver.greedy;

import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.nodesearch.CandidateOrder;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.symmetry.Measures;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The smallest device that does the job; of equals the one on the fullest counter set, or the
 * fullest shared device; there the one that blocks the fewest others, which on a GPU with all
 * placements of its MIG profiles is what the literature calls the best index. Of nodes where all
 * this is equal, the fullest.
 */
final class BestFit implements PlacementPolicy {

  private final Measures measures;
  private final Fullness fullness;
  private final Optional<JoinedPlaces> joined;

  BestFit(CompiledProblem problem, ClusterState state, Optional<LinkObjective> objective) {
    this.measures = new Measures(problem);
    this.fullness = new Fullness(problem, measures, state);
    this.joined = objective.map(each -> new JoinedPlaces(problem, state, this::reluctance, each));
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
      measures.size(leaf, device), -fullness.around(device), fullness.blockedBy(leaf, device)
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
    return new long[] {size.sum(), -full.sum(), -fullness.ofNode(node)};
  }
}
