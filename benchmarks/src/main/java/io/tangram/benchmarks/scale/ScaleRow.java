package io.tangram.benchmarks.scale;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Problems in memory. Each is made from seeds, the same on every machine. */
public enum ScaleRow implements MeasuredRow {
  /** 100 nodes of 8 x H100, 2,848 claims of one partition each. */
  PARTITIONS_100(() -> SampleProblems.partitions(100, 2_848, 0), preferenceAndFit(), 4, 4),

  /** 1,000 nodes of 8 x H100, 28,480 claims of one partition each. */
  PARTITIONS_1000(() -> SampleProblems.partitions(1_000, 28_480, 0), preferenceAndFit(), 8, 4),

  /** 10,000 GPUs in random half-used states: where growth is measured from. */
  PARTITIONS_1250_USED(() -> SampleProblems.partitions(1_250, 31_600, 1), preferenceAndFit(), 8, 4),

  /** 5,000 nodes, the most that Kubernetes supports. */
  PARTITIONS_5000(() -> SampleProblems.partitions(5_000, 140_000, 0), preferenceAndFit(), 8, 4),

  /** 100,000 GPUs, each in a random half-used state. */
  PARTITIONS_12500_USED(
      () -> SampleProblems.partitions(12_500, 316_000, 1), preferenceAndFit(), 20, 8),

  /** Claims bound to nodes beside partitions; a third of the GPUs half used. */
  NODE_BOUND_1000(() -> SampleProblems.nodeBound(1_000, 20_000), preferenceAndFit(), 3, 4),

  /** The same at five times the size. */
  NODE_BOUND_5000(() -> SampleProblems.nodeBound(5_000, 100_000), preferenceAndFit(), 15, 4),

  /** The 20,000 claims one after the other. */
  NODE_BOUND_1000_IN_ORDER(
      () -> SampleProblems.nodeBound(1_000, 20_000),
      ImmutableAllocationOptions.copyOf(preferenceAndFit()).withAdmission(Admission.IN_ORDER),
      30,
      4),

  /** The 20,000 claims, with the node objectives. */
  NODE_BOUND_1000_PACKED(
      () -> SampleProblems.nodeBound(1_000, 20_000),
      ImmutableAllocationOptions.copyOf(preferenceAndFit())
          .withObjectives(Objective.FRAGMENTATION, Objective.PACKING)
          .withGap(0.01),
      20,
      4),

  /** Four GPU models; claims by memory and compute, prioritized lists, taints. */
  HETEROGENEOUS_500(() -> SampleProblems.heterogeneous(125, 10_000), preferenceAndFit(), 10, 4),

  /** 4,000 shared GPUs, claims of 12 sizes. */
  SHARED_500_12_SIZES(() -> SampleProblems.shared(500, 30_000, 12, 1), preferenceAndFit(), 10, 4),

  /** 4,000 shared GPUs, claims of 1,000 sizes in two dimensions. */
  SHARED_500_1000_SIZES(
      () -> SampleProblems.shared(500, 30_000, 1_000, 2), preferenceAndFit(), 20, 4),

  /** Pods with CPU and memory beside devices. */
  PODS_1000(() -> SampleProblems.pods(1_000, 10_000, 200), preferenceAndFit(), 20, 4);

  @SuppressWarnings("ImmutableEnumChecker") // it makes the same each time
  private final Supplier<AllocationProblem> problem;

  @SuppressWarnings("ImmutableEnumChecker") // they are immutable
  private final AllocationOptions options;

  private final Allowance allowance;

  ScaleRow(
      Supplier<AllocationProblem> problem,
      AllocationOptions options,
      int seconds,
      int heapGibibytes) {
    this.problem = problem;
    this.options = options;
    this.allowance = new Allowance(seconds, heapGibibytes);
  }

  /** Makes the problem. */
  AllocationProblem problem() {
    return problem.get();
  }

  /** What is optimised; the time limit is what the row may take. */
  AllocationOptions options() {
    return ImmutableAllocationOptions.copyOf(options).withTimeLimit(allowance.time());
  }

  /** The time is from the problem to the checked plan. */
  @Override
  public Allowance allowance() {
    return allowance;
  }

  @Override
  public List<ScaleRun> run(int times) throws IOException {
    List<ScaleRun> runs = new ArrayList<>(ScaleProcess.once(this));
    runs.addAll(ScaleProcess.run(this, times - 1));
    return runs;
  }

  private static AllocationOptions preferenceAndFit() {
    return AllocationOptions.builder().addObjectives(Objective.PREFERENCE, Objective.FIT).build();
  }
}
