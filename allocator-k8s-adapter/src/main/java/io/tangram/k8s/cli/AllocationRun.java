package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationListener.Event;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.LeftOut;
import io.tangram.k8s.write.ClaimUsers;
import io.tangram.k8s.write.PodsLeftOut;
import io.tangram.k8s.write.ResultFormat;
import io.tangram.k8s.write.ResultWriter;
import io.tangram.k8s.write.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** One problem from its files to its result: read, allocate, write. */
final class AllocationRun {

  /** Where a result goes. */
  @FunctionalInterface
  interface Destination {

    /** Has {@code content} write the result. */
    void write(Result content) throws IOException;
  }

  /** Writes a result. */
  @FunctionalInterface
  interface Result {

    /** Writes the result to {@code out}. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final Engines engines;
  private final AllocateSettings settings;
  private final Interruption interruption;
  private final Progress progress;

  AllocationRun(
      Engines engines, AllocateSettings settings, Interruption interruption, Progress progress) {
    this.engines = engines;
    this.settings = settings;
    this.interruption = interruption;
    this.progress = progress;
  }

  /**
   * Works on one problem.
   *
   * @param files its objects
   * @param destination where the result goes; not asked for the format {@code none}
   * @return what happened
   * @throws IOException if the result can't be written
   */
  RunReport run(List<InputFile> files, Destination destination) throws IOException {
    interruption.release();
    long start = System.nanoTime();
    try {
      progress.reading(files);
      Cluster cluster =
          ClusterReader.create(engines.expressions())
              .withSeed(settings.options().seed())
              .withView(settings.view())
              .read(files);
      Duration read = since(start);
      progress.compiling(cluster.problem());
      AllocationPlan plan =
          engines.allocator(settings).allocate(cluster.problem(), options(cluster.problem()));
      interruption.guard();
      long writeStart = System.nanoTime();
      progress.writing();
      if (settings.format() != ResultFormat.NONE) {
        ResultWriter writer =
            new ResultWriter(
                cluster, plan, settings.now(), settings.options().seed(), settings.withPods());
        destination.write(out -> writer.write(settings.format(), out));
      }
      ImmutableMap<WorkloadId, LeftOut> podsLeftOut = PodsLeftOut.beside(cluster, plan);
      return RunReport.builder()
          .plan(plan)
          .withheld(cluster.pods().claimsLeftOut())
          .podsLeftOut(podsLeftOut)
          .unplaced(PodsLeftOut.all(cluster, plan))
          .onlyUsers(ClaimUsers.only(cluster))
          .extended(ClaimUsers.ofExtended(cluster))
          .pendingPods(cluster.pods().pending())
          .skippedPods(cluster.pods().skipped())
          .held(cluster.problem().held().size())
          .seed(settings.options().seed())
          .read(read)
          .write(since(writeStart))
          .total(since(start))
          .warnings(
              ImmutableList.<String>builder()
                  .addAll(ViewOptions.warnings(settings.view()))
                  .addAll(cluster.warnings())
                  .addAll(Omissions.beforeAllocation(cluster))
                  .addAll(settings.guidance().warnings(cluster.problem()))
                  .addAll(Omissions.misspelledAttributes(cluster.problem(), plan))
                  .addAll(plan.warnings())
                  .addAll(PodsLeftOut.warnings(podsLeftOut))
                  .build())
          .build();
    } finally {
      progress.clear();
    }
  }

  private AllocationOptions options(AllocationProblem problem) {
    return AllocationOptions.builder()
        .from(settings.optionsFor(problem))
        .listener(this::heard)
        .cancellation(interruption.cancellation())
        .build();
  }

  /** From when a problem is compiled an allocator that is interrupted has a plan. */
  private void heard(Event event) {
    if (event instanceof Event.Compiled) {
      interruption.guard();
    }
    progress.on(event);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
