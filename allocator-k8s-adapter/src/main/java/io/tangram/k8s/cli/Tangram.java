package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMap;
import io.tangram.k8s.read.NearNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code tangram} command. */
@Command(
    name = "tangram",
    mixinStandardHelpOptions = true,
    versionProvider = Tangram.Version.class,
    header = "Optimal device allocation for Kubernetes.",
    description = {
      "",
      "Plans which devices (GPUs, their MIG partitions, NICs, whatever a driver publishes) which"
          + " ResourceClaim gets, proves how good the plan is, and says why a claim has to wait.",
      ""
    },
    optionListHeading = "Options:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Environment:",
      "  TANGRAM_JAVA_OPTS   options for Java, such as -Xmx20g for large clusters",
      "  TANGRAM_PROGRESS    always or never: whether to show progress",
      "  TANGRAM_DEBUG       1: say more of an internal error",
      "",
      "Start with:  tangram allocate -f cluster.yaml --summary -",
      "More:        tangram allocate --help",
      "Completion:  source <(tangram completion bash)",
      "Rules:       allocator-k8s-adapter/docs/rules.md says what R112 and its like mean"
    })
public final class Tangram implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Tangram() {}

  /** Runs the command and ends the virtual machine with its exit code. */
  public static void main(String[] args) {
    ImmutableMap<String, String> environment = ImmutableMap.copyOf(System.getenv());
    keepLibrariesQuiet(Failure.isDebugging(environment));
    Interruption interruption = new Interruption();
    StandardStreams streams = StandardStreams.of(System.getProperty("tangram.closed", ""));
    PrintStream err = streams.err();
    boolean watched = TerminalCheck.isWatched(environment);
    interruption.listen(
        words -> {
          synchronized (err) {
            err.println((watched ? TerminalProgress.START_OF_LINE : "") + "tangram: " + words);
          }
        });
    Surroundings surroundings =
        new Surroundings(
            streams.in(),
            streams.out(),
            err,
            environment,
            watched,
            InstantSource.system(),
            interruption);
    int exitCode = run(args, surroundings, StandardEngines.get());
    interruption.finished(exitCode);
    System.exit(exitCode);
  }

  /** What libraries log goes to standard error, where a summary may have to stand alone. */
  private static void keepLibrariesQuiet(boolean debugging) {
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    if (System.getProperty(level) == null) {
      System.setProperty(level, debugging ? "debug" : "error");
    }
  }

  /**
   * Runs the command.
   *
   * @return the exit code
   */
  static int run(String[] args, Surroundings surroundings, Engines engines) {
    try {
      int exitCode = commandLine(surroundings, engines).execute(args);
      Optional<IOException> lost = surroundings.out().failure();
      return lost.isEmpty() || exitCode > ExitCode.UNSATISFIED
          ? exitCode
          : fail(lost.get(), "tangram", surroundings);
    } catch (Throwable e) { // errors too end in one line
      return fail(e, "tangram", surroundings);
    }
  }

  private static int fail(Throwable cause, String command, Surroundings surroundings) {
    Failure failure = Failure.of(cause);
    failure.report(command, surroundings.err(), surroundings.environment());
    return failure.exitCode();
  }

  private static CommandLine commandLine(Surroundings surroundings, Engines engines) {
    PrintWriter out = new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8);
    CommandLine command =
        new CommandLine(new Tangram())
            .addSubcommand(new AllocateCommand(engines, surroundings))
            .addSubcommand(new VerifyCommand(engines, surroundings))
            .addSubcommand(new CatalogCommand(surroundings))
            .addSubcommand(new GenerateCommand(surroundings))
            .addSubcommand(new CompletionCommand(engines, surroundings));
    command.getSubcommands().values().forEach(Tangram::addHelp);
    return command
        .setOut(out)
        .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
        .setUsageHelpLongOptionsMaxWidth(18)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, args) -> badUsage(e, surroundings))
        .setExecutionExceptionHandler(
            (e, failed, parsed) -> fail(e, failed.getCommandSpec().qualifiedName(), surroundings));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
  }

  private static int badUsage(ParameterException e, Surroundings surroundings) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
    String problem =
        unmatched.isEmpty()
            ? String.valueOf(e.getMessage())
                .replace("-f=FILE", "-f FILE")
                .replaceFirst("^Invalid value for option '(-[^' ]+)[^']*'", "$1")
            : unmatched(e.getCommandLine(), unmatched);
    surroundings
        .err()
        .println(
            name
                + ": "
                + OneLine.of(problem).replaceFirst("^Error: ", "")
                + (problem.endsWith("?") ? " See " : ". See ")
                + name
                + " --help.");
    return ExitCode.BAD_INPUT;
  }

  private static String unmatched(CommandLine command, List<String> unmatched) {
    boolean commandExpected = command.getParent() == null;
    String first = unmatched.get(0);
    Optional<String> planned = ContractOptions.planned(unmatched, commandExpected);
    if (planned.isPresent()) {
      return planned.get();
    }
    if (first.startsWith("-")) {
      return "'"
          + first
          + "' is no option"
          + nearest(first.replaceFirst("=.*", ""), options(command), "");
    }
    if (commandExpected) {
      return "'"
          + first
          + "' is no command"
          + nearest(first, command.getSubcommands().keySet(), "; there are " + commands(command));
    }
    return command.getCommandSpec().findOption("-f") == null
        ? "'" + first + "' is one argument too many"
        : "'" + first + "' belongs to no option; name input with -f";
  }

  private static String nearest(String word, Collection<String> names, String otherwise) {
    List<String> near = NearNames.of(word, names);
    return near.isEmpty() ? otherwise : "; did you mean " + near.get(0) + "?";
  }

  /** Short options are too near to everything. */
  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet().stream()
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static String commands(CommandLine command) {
    return String.join(", ", command.getSubcommands().keySet());
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Name a command, one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Says which build this is. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      Properties build = new Properties();
      try (InputStream in = Tangram.class.getResourceAsStream("/io/tangram/k8s/build.properties")) {
        build.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new String[] {"tangram " + build.getProperty("version")};
    }
  }
}
