package io.tangram.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that runs tests of one module, started when there is one to run. */
final class TestProcess implements AutoCloseable {

  private static final int SECONDS_PER_TEST = 300;

  /** Classes that something still holds add up; then it is time for another process. */
  private static final int TESTS_PER_PROCESS = 100;

  private final Path module;
  private final ImmutableList<String> project;
  private final ImmutableList<String> libraries;
  private @Nullable Process process;
  private int runs;

  /**
   * Prepares the process of a module as {@code scripts/check-rules} builds it.
   *
   * @param root the folder of the project
   * @param module the folder of the module
   */
  TestProcess(Path root, Path module) throws IOException {
    this.module = module;
    this.project = only(classPath(module), root, true);
    this.libraries =
        ImmutableList.<String>builder()
            .add(classesOf(TestProgram.class).toString())
            .addAll(only(classPath(module), root, false))
            .addAll(only(split(System.getProperty("java.class.path")), root, false))
            .build();
  }

  private static Path classesOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Nobody knows where " + type + " comes from.", e);
    }
  }

  /** Returns what the tests of a module need, its own classes first. */
  static ImmutableList<String> classPath(Path module) throws IOException {
    Path built = module.resolve("target").resolve("fast");
    return ImmutableList.<String>builder()
        .add(built.resolve("test-classes").toString(), built.resolve("classes").toString())
        .addAll(split(Files.readString(built.resolve("test.classpath")).strip()))
        .build();
  }

  private static List<String> split(String classPath) {
    return Arrays.asList(classPath.split(File.pathSeparator));
  }

  private static ImmutableList<String> only(List<String> entries, Path root, boolean ofProject) {
    return entries.stream()
        .filter(entry -> Path.of(entry).startsWith(root) == ofProject)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Runs the tests of a method. One that doesn't end, or takes the process with it, has failed.
   *
   * @param test the method, as {@code package.Class#method}
   * @param first where classes are looked for first
   * @return the answer of {@link TestProgram}
   */
  String run(String test, List<Path> first) throws IOException, InterruptedException {
    if (runs++ % TESTS_PER_PROCESS == 0) {
      close();
    }
    Process running = process == null || !process.isAlive() ? start() : process;
    process = running;
    ImmutableList.Builder<String> classPath = ImmutableList.builder();
    first.forEach(each -> classPath.add(each.toString()));
    classPath.addAll(project);
    BufferedWriter requests = running.outputWriter(UTF_8);
    requests.write(test + "\t" + String.join(File.pathSeparator, classPath.build()) + "\n");
    requests.flush();
    try {
      return CompletableFuture.supplyAsync(() -> answer(running))
          .get(SECONDS_PER_TEST, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      close();
      return TestProgram.FAILED + " no end";
    }
  }

  private static String answer(Process running) {
    try {
      String line = running.inputReader(UTF_8).readLine();
      return line == null ? TestProgram.FAILED + " the process ended" : line;
    } catch (IOException e) {
      return TestProgram.FAILED + " " + e;
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            String.join(File.pathSeparator, libraries),
            TestProgram.class.getName())
        .directory(module.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
