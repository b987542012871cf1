package io.tangram.solver.diagnose;

import com.google.common.collect.Sets;
import io.tangram.api.device.Device;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.PoolView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The devices that nodes see in pools from which nothing may be taken (R15, R19). Only reasons look
 * at them.
 */
final class UnusablePools {

  /**
   * What such pools hold for a request.
   *
   * @param pool the first pool that holds something
   * @param defect what is wrong with it; empty if it is incomplete
   * @param devices how many matching devices are in pools of this kind
   */
  record Matching(PoolId pool, String defect, int devices) {}

  private final CompiledProblem problem;
  private final List<PoolView> views = new ArrayList<>();

  UnusablePools(CompiledProblem problem) {
    this.problem = problem;
    Set<PoolView> seen = Sets.newIdentityHashSet();
    for (int node = 0; node < problem.nodes(); node++) {
      for (PoolView view : problem.pools().onNode(node)) {
        if (isUnusable(view) && seen.add(view)) {
          views.add(view);
        }
      }
    }
  }

  private static boolean isUnusable(PoolView view) {
    return view.state() == PoolView.State.INCOMPLETE || view.state() == PoolView.State.INVALID;
  }

  /** How many devices there are in such pools. */
  int devices() {
    return views.stream()
        .flatMap(view -> view.slices().stream())
        .mapToInt(slice -> slice.devices().size())
        .sum();
  }

  /** What pools in this state hold for the request, if anything. */
  Optional<Matching> matching(Leaf leaf, PoolView.State state) {
    RequestFilter filter = RequestFilter.of(problem.problem(), leaf.request());
    PoolView example = null;
    int devices = 0;
    for (PoolView view : views) {
      if (view.state() != state) {
        continue;
      }
      int found = matching(filter, view);
      boolean first = example == null || view.pool().id().compareTo(example.pool().id()) < 0;
      if (found > 0 && first) {
        example = view;
      }
      devices += found;
    }
    return example == null
        ? Optional.empty()
        : Optional.of(new Matching(example.pool().id(), example.defect(), devices));
  }

  private static int matching(RequestFilter filter, PoolView view) {
    int found = 0;
    for (ResourceSlice slice : view.slices()) {
      for (Device device : slice.devices()) {
        found += filter.admits(slice, device) ? 1 : 0;
      }
    }
    return found;
  }
}
