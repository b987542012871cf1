package io.tangram.k8s.write;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.LeftOut;
import java.time.Duration;
import org.immutables.value.Value;

/** What a summary tells of one run besides its plan. */
@Value.Immutable
public interface RunReport {

  /** The plan. */
  AllocationPlan plan();

  /** Why claims stay out that the allocator was not asked about. */
  ImmutableMap<ClaimId, LeftOut> withheld();

  /** Why pods stay out of which {@link #unallocated} doesn't tell. */
  ImmutableMap<WorkloadId, LeftOut> podsLeftOut();

  /** Why pending pods stay out, all of them. */
  ImmutableMap<WorkloadId, LeftOut> unplaced();

  /** The pod of each claim that exactly one pending pod uses. */
  ImmutableMap<ClaimId, WorkloadId> onlyUsers();

  /** The pod of each claim that stands for extended resources, which nobody wrote. */
  ImmutableMap<ClaimId, WorkloadId> extended();

  /** How many pods were pending and use devices. */
  @Value.Default
  default int pendingPods() {
    return 0;
  }

  /** How many pods were pending and use no devices. */
  @Value.Default
  default int skippedPods() {
    return 0;
  }

  /** How many claims held devices before. */
  int held();

  /** The seed. */
  long seed();

  /** Time taken to read the input. */
  Duration read();

  /** Time taken to write the result. */
  Duration write();

  /** Time taken from the start to the end, the summary apart. */
  Duration total();

  /** What the owner of the input should know, those of the plan included. */
  ImmutableList<String> warnings();

  /** How many claims were pending. */
  default int pending() {
    return plan().allocations().size() + plan().unallocated().size() + withheld().size();
  }

  /** Why claims stay out: those of the plan, then the others. */
  @Value.Derived
  default ImmutableMap<ClaimId, LeftOut> unallocated() {
    ImmutableMap.Builder<ClaimId, LeftOut> all = ImmutableMap.builder();
    plan().unallocated().forEach((claim, reason) -> all.put(claim, LeftOut.of(reason)));
    return all.putAll(withheld()).buildOrThrow();
  }

  /** Returns an empty builder; what counts or lists may stay unset. */
  static ImmutableRunReport.Builder builder() {
    return ImmutableRunReport.builder();
  }
}
