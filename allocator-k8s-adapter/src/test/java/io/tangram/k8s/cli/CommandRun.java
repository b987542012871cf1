package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.Allocator;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the command in this process and keeps what it said. */
public final class CommandRun {

  /** Tests of many runs would otherwise do little but compile the same expressions. */
  private static final CelExpressions EXPRESSIONS = new CelExpressions();

  private final Map<String, Supplier<Allocator>> allocators = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> warmedUp = new ArrayList<>();
  private final Interruption interruption = new Interruption();
  private InputStream in = InputStream.nullInputStream();
  private boolean terminal;
  private Optional<StandardOutput> broken = Optional.empty();

  /**
   * How the command ended.
   *
   * @param out standard output
   * @param err standard error
   * @param warmedUp the allocators that were loaded ahead of time
   */
  public record Outcome(int exitCode, String out, String err, List<String> warmedUp) {}

  /** Starts from first-fit alone, no variables, empty standard input and no terminal. */
  public CommandRun() {
    allocators.put(FirstFitAllocator.NAME, FirstFitAllocator::new);
  }

  /** Starts from all allocators that there are outside of tests. */
  static CommandRun asInstalled() {
    CommandRun run = new CommandRun();
    run.allocators.clear();
    run.allocators.putAll(StandardEngines.get().allocators());
    return run;
  }

  CommandRun allocator(Allocator allocator) {
    allocators.put(allocator.name(), () -> allocator);
    return this;
  }

  /** Sets a variable of the environment. */
  public CommandRun variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CommandRun in(String text) {
    return in(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sets what standard input says. */
  public CommandRun in(InputStream stream) {
    in = stream;
    return this;
  }

  CommandRun terminal() {
    terminal = true;
    return this;
  }

  /** Has standard output be this one, of which nothing is kept. */
  CommandRun out(StandardOutput other) {
    broken = Optional.of(other);
    return this;
  }

  /** Where allocators hear of an interruption. */
  Interruption interruption() {
    return interruption;
  }

  /** Runs the command. */
  public Outcome run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            in,
            broken.orElseGet(() -> StandardOutput.to(out)),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            ImmutableMap.copyOf(environment),
            terminal,
            () -> Instant.parse("2025-01-31T12:00:00Z"),
            interruption);
    Engines engines = new Engines(ImmutableMap.copyOf(allocators), EXPRESSIONS, warmedUp::add);
    int exitCode = Tangram.run(args, surroundings, engines);
    return new Outcome(
        exitCode,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        warmedUp);
  }
}
