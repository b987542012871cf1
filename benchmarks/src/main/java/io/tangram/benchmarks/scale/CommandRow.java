package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command as it is typed, from its start to its end: {@code ./tangram allocate} of a file that
 * {@code ./tangram generate} has written, with nodes of 8 x H100 and claims of one partition each.
 * Every run is a process of its own, on the options for Java that the script gives it.
 */
enum CommandRow implements MeasuredRow {
  /** 100 nodes, 20,800 devices, 2,848 claims: 25 MB of JSON, an object a line. */
  COMMAND_100_JSON(100, "ndjson", 4, 1),

  /** 1,000 nodes, 208,000 devices, 28,480 claims: 250 MB. */
  COMMAND_1000_JSON(1_000, "ndjson", 20, 3),

  /** The same as YAML documents: 276 MB. */
  COMMAND_1000_YAML(1_000, "yaml", 60, 3);

  private static final int CLAIMS_PER_100_NODES = 2_848;

  /** The exit code where the time limit passed before the problem was compiled. */
  private static final int NO_PLAN_IN_TIME = 3;

  private final int nodes;
  private final String format;
  private final Allowance allowance;

  CommandRow(int nodes, String format, int seconds, int heapGibibytes) {
    this.nodes = nodes;
    this.format = format;
    this.allowance = new Allowance(seconds, heapGibibytes);
  }

  /** The time is from the start of the process to its end. */
  @Override
  public Allowance allowance() {
    return allowance;
  }

  @Override
  public List<ScaleRun> run(int times) throws IOException {
    Path folder = Files.createTempDirectory("tangram-scale");
    try {
      Path input = folder.resolve("cluster." + format);
      start(generate(), input).requireSuccess();
      List<ScaleRun> runs = new ArrayList<>();
      for (int run = 0; run < times; run++) {
        runs.add(allocate(input, folder));
      }
      return runs;
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private ScaleRun allocate(Path input, Path folder) throws IOException {
    Path summary = folder.resolve("summary.json");
    End end = start(allocateTo(input, summary), folder.resolve("claims.yaml"));
    if (end.exitCode() == NO_PLAN_IN_TIME) {
      return ScaleRun.late(end.took(), 0);
    }
    end.requireSuccess();
    return ScaleRun.of(JsonMapper.builder().build().readTree(summary.toFile()), end.took());
  }

  private ImmutableList<String> generate() {
    ImmutableList.Builder<String> arguments = ImmutableList.builder();
    arguments.add("generate", "--nodes", "8xH100-80GB=" + nodes, "-o", format);
    PartitionQueue.of(nodes / 100 * CLAIMS_PER_100_NODES)
        .forEach((profile, claims) -> arguments.add("--claims", profile + "=" + claims));
    return arguments.build();
  }

  private ImmutableList<String> allocateTo(Path input, Path summary) {
    return ImmutableList.of(
        "allocate",
        "-f",
        input.toString(),
        "--objectives",
        "preference,fit",
        "--time-limit",
        allowance.seconds() + "s",
        "--summary",
        summary.toString());
  }

  /** How a process ended: how long it took, its exit code, and the last that it said. */
  private record End(Duration took, int exitCode, String errors) {

    void requireSuccess() {
      if (exitCode != 0) {
        throw new IllegalStateException(
            "tangram ended with exit code %d: %s".formatted(exitCode, errors));
      }
    }
  }

  /** Starts the command, and waits for its end. */
  private End start(ImmutableList<String> arguments, Path output) throws IOException {
    File script = new File("tangram");
    if (!script.canExecute()) {
      throw new IllegalStateException(
          "There is no script %s; start the benchmark in the root of the repository."
              .formatted(script.getAbsolutePath()));
    }
    Path errors = output.resolveSibling("errors.txt");
    ProcessBuilder command =
        new ProcessBuilder(Lists.asList(script.getAbsolutePath(), arguments.toArray(String[]::new)))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("TANGRAM_JAVA_OPTS", "-Xmx" + allowance.heapGibibytes() + "g");
    Stopwatch watch = Stopwatch.createStarted();
    int exitCode = command.start().onExit().join().exitValue();
    return new End(watch.elapsed(), exitCode, Files.readString(errors).strip());
  }
}
