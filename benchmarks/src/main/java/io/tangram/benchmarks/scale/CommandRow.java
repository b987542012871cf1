package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
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

  private final int nodes;
  private final String format;
  private final int seconds;
  private final int heapGibibytes;

  CommandRow(int nodes, String format, int seconds, int heapGibibytes) {
    this.nodes = nodes;
    this.format = format;
    this.seconds = seconds;
    this.heapGibibytes = heapGibibytes;
  }

  @Override
  public int seconds() {
    return seconds;
  }

  @Override
  public int heapGibibytes() {
    return heapGibibytes;
  }

  @Override
  public List<ScaleRun> run(int times) throws IOException {
    Path folder = Files.createTempDirectory("tangram-scale");
    try {
      Path input = folder.resolve("cluster." + format);
      start(generate(), input);
      List<ScaleRun> runs = new ArrayList<>();
      for (int run = 0; run < times; run++) {
        Path summary = folder.resolve("summary.json");
        Duration took = start(allocate(input, summary), folder.resolve("claims.yaml"));
        runs.add(ScaleRun.of(JsonMapper.builder().build().readTree(summary.toFile()), took));
      }
      return runs;
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private ImmutableList<String> generate() {
    ImmutableList.Builder<String> arguments = ImmutableList.builder();
    arguments.add("generate", "--nodes", "8xH100-80GB=" + nodes, "-o", format);
    PartitionQueue.of(nodes / 100 * CLAIMS_PER_100_NODES)
        .forEach((profile, claims) -> arguments.add("--claims", profile + "=" + claims));
    return arguments.build();
  }

  private static ImmutableList<String> allocate(Path input, Path summary) {
    return ImmutableList.of(
        "allocate",
        "-f",
        input.toString(),
        "--objectives",
        "preference,fit",
        "--summary",
        summary.toString());
  }

  /** Starts the command, waits for its end, and returns how long that took. */
  private Duration start(ImmutableList<String> arguments, Path output) throws IOException {
    File script = new File("tangram");
    if (!script.canExecute()) {
      throw new IllegalStateException(
          "There is no script %s; start the benchmark in the root of the repository."
              .formatted(script.getAbsolutePath()));
    }
    Path errors = output.resolveSibling("errors.txt");
    ProcessBuilder command =
        new ProcessBuilder(
                ImmutableList.<String>builder()
                    .add(script.getAbsolutePath())
                    .addAll(arguments)
                    .build())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("TANGRAM_JAVA_OPTS", "-Xmx" + heapGibibytes + "g");
    long start = System.nanoTime();
    Process process = command.start();
    try {
      int exitCode = process.waitFor();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (exitCode != 0) {
        throw new IllegalStateException(
            "tangram %s ended with exit code %d: %s"
                .formatted(
                    String.join(" ", arguments), exitCode, Files.readString(errors).strip()));
      }
      return took;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while tangram ran.", e);
    }
  }
}
