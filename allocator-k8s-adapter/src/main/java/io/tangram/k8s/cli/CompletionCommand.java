package io.tangram.k8s.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tangram completion}. */
@Command(
    name = "completion",
    sortOptions = false,
    header = "Writes a script that completes commands, options and words in a shell.",
    description = {
      "",
      "Load it in the shell that you are in, or have its start-up file do so. Then the tab key"
          + " completes what you type behind tangram, in whatever folder the command is.",
      ""
    },
    parameterListHeading = "Parameters:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "2:bad usage, such as an unknown shell", "70:internal error"},
    footer = {
      "",
      "Examples:",
      "  source <(tangram completion bash)     in ~/.bashrc",
      "  source <(tangram completion zsh)      in ~/.zshrc, behind compinit"
    })
final class CompletionCommand implements Callable<Integer> {

  /** What options call their values if these are files or folders. */
  private static final Set<String> FILES = Set.of("FILE", "DIR");

  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Engines engines;
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** One script serves both: it finds out which of them it is in. */
  @Parameters(
      paramLabel = "SHELL",
      converter = ShellWord.class,
      completionCandidates = Shells.class,
      description = "bash or zsh.")
  @SuppressWarnings("UnusedVariable") // reading it is checking it
  private String shell = "";

  CompletionCommand(Engines engines, Surroundings surroundings) {
    this.engines = engines;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    surroundings.out().requireOpen();
    completeWords(spec.root());
    String script = AutoComplete.bash("tangram", spec.root().commandLine());
    surroundings.out().write(script.getBytes(StandardCharsets.UTF_8));
    surroundings.out().flush();
    return ExitCode.DONE;
  }

  /** Options that take a text say themselves which there are; not so files and allocators. */
  private void completeWords(CommandSpec command) {
    for (OptionSpec option : List.copyOf(command.options())) {
      OptionSpec.Builder words = OptionSpec.builder(option.names()).paramLabel(option.paramLabel());
      if (FILES.contains(option.paramLabel())) {
        replace(option, words.type(Path.class), command);
      } else if (option.longestName().equals("--allocator")) {
        replace(
            option,
            words.type(String.class).completionCandidates(engines.allocators().keySet()),
            command);
      }
    }
    command.subcommands().values().forEach(each -> completeWords(each.getCommandSpec()));
  }

  private static void replace(
      OptionSpec option, OptionSpec.Builder replacement, CommandSpec command) {
    command.remove(option);
    command.addOption(replacement.build());
  }

  /** Reads a shell. */
  static final class ShellWord implements ITypeConverter<String> {
    @Override
    public String convert(String word) {
      return Words.choose(word, SHELLS, shell -> shell);
    }
  }

  /** Lists the shells. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }
}
