package io.tangram.solver.greedy;

import io.tangram.solver.nodesearch.CandidateOrder;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;

/**
 * kube-scheduler's choice: the first devices that fit, on the first node by name.
 *
 * @param rules by which rules devices are looked for
 */
record FirstFit(SearchRules rules) implements PlacementPolicy {

  private static final long[] NOTHING = {};

  @Override
  public CandidateOrder devices() {
    return CandidateOrder.AS_OFFERED;
  }

  @Override
  public boolean prefersTightDomains() {
    return false;
  }

  @Override
  public long[] reluctance(int node, SearchGoal goal, SearchOutcome.Found found) {
    return NOTHING;
  }
}
