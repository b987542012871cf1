package io.tangram.benchmarks.quality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.k8s.generate.WorkloadMix;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What somebody put on GPUs.
 *
 * @param admitted requests admitted
 * @param computeSlices the part of all compute slices that they have
 * @param deviceShare the sum of the {@linkplain io.tangram.api.plan.Admission#MOST_DEVICE_SHARE
 *     device shares} that they have: more than GPUs, as each counts by its scarcest counter
 * @param proven 1 where no other plan admits more; in a mean, the part of the plans that are so
 */
record FillResult(double admitted, double computeSlices, double deviceShare, double proven) {

  private static final double MILLION = 1e6;

  static FillResult of(GpuFill fill, AllocationPlan plan, ImmutableMap<MigProfile, Double> shares) {
    double slices = 0;
    double share = 0;
    for (ClaimId claim : plan.allocations().keySet()) {
      MigProfile profile = fill.requests().get(Integer.parseInt(claim.name()));
      slices += profile.computeSlices();
      share += shares.getOrDefault(profile, 0.0);
    }
    return new FillResult(
        plan.allocations().size(),
        slices / (fill.gpus() * fill.model().computeSlices().orElseThrow()),
        share,
        plan.objectives().get(0).status() == PlanStatus.OPTIMAL ? 1 : 0);
  }

  /** Returns the share of a GPU that each profile takes, as an allocator counts it. */
  static ImmutableMap<MigProfile, Double> shares(GpuModel model) {
    return Maps.toMap(
        WorkloadMix.profiles(model),
        profile -> {
          GpuFill one = new GpuFill(model, 1, ImmutableList.of(profile));
          AllocationPlan plan = Contestant.MOST_DEVICE_SHARE.allocate(one.problem());
          return plan.objectives().get(0).value() / MILLION;
        });
  }

  /** Returns the means of one or more. */
  static FillResult mean(List<FillResult> results) {
    return new FillResult(
        mean(results, FillResult::admitted),
        mean(results, FillResult::computeSlices),
        mean(results, FillResult::deviceShare),
        mean(results, FillResult::proven));
  }

  private static double mean(List<FillResult> results, ToDoubleFunction<FillResult> of) {
    return results.stream().mapToDouble(of).average().orElseThrow();
  }
}
