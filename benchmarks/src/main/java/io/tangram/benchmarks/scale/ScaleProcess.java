package io.tangram.benchmarks.scale;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.CpSatAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that allocates the problem of a row once or several times. The first run pays for the
 * start of everything but the problem, which is there before. It has all of its heap from the
 * beginning, and the serial collector: on two cores others cost more than they give.
 */
final class ScaleProcess {

  private static final int MEBIBYTE = 1 << 20;

  /**
   * Java's quick compiler alone. What the thorough one compiles pays in later runs only, and takes
   * one of two cores until then; the command does without where it has little to do.
   */
  private static final ImmutableList<String> FOR_ONCE = ImmutableList.of("-XX:TieredStopAtLevel=1");

  private ScaleProcess() {}

  /** Runs a row in a process that is set up to allocate once. */
  static List<ScaleRun> once(ScaleRow row) throws IOException {
    return run(row, 1, FOR_ONCE);
  }

  /** Runs a row several times in a process. */
  static List<ScaleRun> run(ScaleRow row, int times) throws IOException {
    return run(row, times, ImmutableList.of());
  }

  /** Starts a process, and waits for what it prints. */
  private static List<ScaleRun> run(ScaleRow row, int times, List<String> options)
      throws IOException {
    String heap = row.allowance().heapGibibytes() + "g";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ScaleProcess.class.getName(), row.name(), String.valueOf(times)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      List<ScaleRun> runs = lines.lines().map(ScaleRun::parse).toList();
      if (runs.size() < times) {
        throw new IllegalStateException(
            "Row %s ended after %d of %d runs; why is on standard error."
                .formatted(row, runs.size(), times));
      }
      return runs;
    }
  }

  /**
   * Prints a {@link ScaleRun} a line.
   *
   * @param args the row, and how often it runs
   */
  public static void main(String[] args) {
    ScaleRow row = ScaleRow.valueOf(args[0]);
    AllocationProblem problem = row.problem();
    AllocationOptions options = row.options();
    for (int run = 0; run < Integer.parseInt(args[1]); run++) {
      System.gc(); // what made the problem, and the run before, is not this run's to collect
      System.out.println(run(problem, options).toJson());
    }
  }

  private static ScaleRun run(AllocationProblem problem, AllocationOptions options) {
    Stopwatch watch = Stopwatch.createStarted();
    try {
      AllocationPlan plan = new CpSatAllocator().allocate(problem, options);
      return ScaleRun.of(problem, plan, watch.elapsed(), peakMebibytes());
    } catch (DeadlineExceededException e) {
      return ScaleRun.late(watch.elapsed(), peakMebibytes());
    }
  }

  private static long peakMebibytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / MEBIBYTE;
  }
}
