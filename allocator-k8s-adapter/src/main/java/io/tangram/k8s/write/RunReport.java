package io.tangram.k8s.write;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.AllocationPlan;
import java.time.Duration;
import org.immutables.value.Value;

/** What a summary tells of one run besides its plan. */
@Value.Immutable
public interface RunReport {

  /** The plan. */
  AllocationPlan plan();

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
    return plan().allocations().size() + plan().unallocated().size();
  }

  /** Returns an empty builder; nothing but the warnings has a default. */
  static ImmutableRunReport.Builder builder() {
    return ImmutableRunReport.builder();
  }
}
