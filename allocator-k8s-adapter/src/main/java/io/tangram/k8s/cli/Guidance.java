package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.k8s.read.EarlierResult;
import io.tangram.k8s.read.ExpectedClaims;
import io.tangram.k8s.read.PriceList;
import java.util.Optional;

/**
 * What objectives go by beside the cluster, read once for any number of problems.
 *
 * @param expected the claims that are likely to come
 * @param prices what nodes cost
 * @param start an earlier result
 */
record Guidance(
    Optional<ExpectedClaims> expected, Optional<PriceList> prices, Optional<EarlierResult> start) {

  /** Nothing: objectives go by the cluster alone. */
  static final Guidance NONE = new Guidance(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Returns the options with what they say of one problem.
   *
   * @throws io.tangram.k8s.read.InputException if a node of the problem has no price
   */
  AllocationOptions apply(AllocationOptions options, AllocationProblem problem) {
    ImmutableAllocationOptions.Builder guided = AllocationOptions.builder().from(options);
    expected.ifPresent(sample -> guided.expectedDemand(sample.demand()));
    prices.ifPresent(list -> guided.prices(list.of(problem)));
    start.ifPresent(result -> guided.start(result.pendingIn(problem)));
    return guided.build();
  }

  /** Returns what the owner of the problem should know, each one line. */
  ImmutableList<String> warnings(AllocationProblem problem) {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    expected.ifPresent(
        sample -> warnings.addAll(sample.warnings()).addAll(sample.warnings(problem)));
    start.ifPresent(result -> warnings.addAll(result.warnings()).addAll(result.warnings(problem)));
    return warnings.build();
  }
}
