package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import io.tangram.k8s.read.InputFiles;
import io.tangram.k8s.write.ResultFormat;
import io.tangram.k8s.write.RunReport;
import io.tangram.k8s.write.SummaryWriter;
import io.tangram.k8s.write.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes every file as a problem of its own. */
final class EachFile {

  private final Surroundings surroundings;
  private final ImmutableList<InputFile> shared;
  private final ImmutableList<Problem> problems;

  /**
   * A problem and where its outputs go.
   *
   * @param result the file of the result; not written for the format {@code none}
   */
  private record Problem(InputFile input, Path result, Path summary) {}

  private EachFile(
      Surroundings surroundings, ImmutableList<InputFile> shared, List<Problem> problems) {
    this.surroundings = surroundings;
    this.shared = shared;
    this.problems = ImmutableList.copyOf(problems);
  }

  /**
   * Decides where everything goes.
   *
   * @param names the inputs, as the user named them
   * @param sharedNames the inputs whose objects belong to every problem
   * @param others what must not be written over either
   * @param folder where the outputs go
   * @throws UsageException if an input is standard input, or shared as well, two outputs have one
   *     name, the outputs would lie among the inputs, or one can't be written
   */
  static EachFile plan(
      List<String> names,
      List<String> sharedNames,
      List<InputFile> others,
      Surroundings surroundings,
      Path folder,
      ResultFormat format) {
    if (names.contains(InputFiles.STANDARD_INPUT)) {
      throw new UsageException("--each: standard input has no name to write to; use files.");
    }
    List<InputFile> inputs = InputFiles.find("-f", names, surroundings.in());
    ImmutableList<InputFile> shared = shared(sharedNames, inputs, surroundings);
    for (String name : Iterables.concat(names, sharedNames)) {
      if (absolute(folder).startsWith(absolute(Path.of(name)))) {
        throw new UsageException(
            "--each: " + folder + " lies in the input " + name + "; choose a folder outside.");
      }
    }
    List<Problem> problems = new ArrayList<>();
    Map<Path, InputFile> writers = new LinkedHashMap<>();
    for (InputFile input : inputs) {
      Path stem = folder.resolve(withoutExtension(input.relativePath().toString()));
      Problem problem =
          new Problem(
              input, withExtension(stem, format.label()), withExtension(stem, "summary.json"));
      problems.add(problem);
      claim(writers, problem.summary(), input);
      if (format != ResultFormat.NONE) {
        claim(writers, problem.result(), input);
      }
    }
    OutputCheck check =
        new OutputCheck("--each", ImmutableList.copyOf(Iterables.concat(inputs, shared, others)));
    check.make(folder);
    for (Path output : writers.keySet()) {
      check.make(Objects.requireNonNull(output.getParent(), "outputs lie in the folder"));
      check.file(output);
    }
    return new EachFile(surroundings, shared, problems);
  }

  private static ImmutableList<InputFile> shared(
      List<String> names, List<InputFile> inputs, Surroundings surroundings) {
    Set<Path> problems =
        inputs.stream()
            .flatMap(input -> input.path().stream())
            .map(EachFile::absolute)
            .collect(Collectors.toSet());
    ImmutableList<InputFile> shared = InputFiles.find("--shared", names, surroundings.in());
    for (InputFile file : shared) {
      if (file.path().map(EachFile::absolute).filter(problems::contains).isPresent()) {
        throw new UsageException(
            "--shared: " + file + " is an input of -f too; keep it outside of what -f names.");
      }
    }
    return shared.stream().map(InputFile::repeatable).collect(ImmutableList.toImmutableList());
  }

  private static Path absolute(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static String withoutExtension(String path) {
    String name = path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }

  private static Path withExtension(Path stem, String extension) {
    return stem.resolveSibling(stem.getFileName() + "." + extension);
  }

  private static void claim(Map<Path, InputFile> writers, Path output, InputFile input) {
    InputFile other = writers.putIfAbsent(output, input);
    if (other != null) {
      throw new UsageException(
          "--each: "
              + other
              + " and "
              + input
              + " would both write "
              + output
              + "; rename one or run them apart.");
    }
  }

  /**
   * Works on the problems, one behind the other.
   *
   * @return the highest exit code of any
   * @throws io.tangram.k8s.read.InputException if the shared objects are bad, which would make
   *     every problem a bad one
   */
  int run(Engines engines, AllocateSettings settings) throws IOException {
    Interruption interruption = surroundings.interruption();
    ClusterReader.create(engines.expressions()).check(shared);
    int highest = ExitCode.DONE;
    int done = 0;
    for (Problem problem : problems) {
      interruption.lastWords(
          "interrupted before there was a plan for " + problem.input() + "; " + done(done));
      highest = Math.max(highest, run(problem, engines, settings));
      done++;
      if (interruption.isInterrupted()) {
        surroundings.err().println("tangram: interrupted; " + done(done));
        return ExitCode.INTERRUPTED;
      }
    }
    return highest;
  }

  private String done(int files) {
    return files + " of " + problems.size() + (files == 1 ? " files is" : " files are") + " done.";
  }

  private int run(Problem problem, Engines engines, AllocateSettings settings) throws IOException {
    try {
      return allocate(problem, engines, settings);
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      Failure failure = Failure.of(e).in(problem.input());
      failure.report(surroundings.err(), surroundings.environment());
      surroundings.interruption().guard();
      if (Files.isRegularFile(problem.result())) {
        Files.delete(problem.result());
      }
      WholeFile.write(problem.summary(), out -> SummaryWriter.writeError(failure.message(), out));
      return failure.exitCode();
    }
  }

  private int allocate(Problem problem, Engines engines, AllocateSettings settings)
      throws IOException {
    Progress progress = Progress.on(surroundings, settings);
    HeapPeak.reset();
    RunReport report =
        new AllocationRun(engines, settings, surroundings.interruption(), progress)
            .run(
                ImmutableList.<InputFile>builder().addAll(shared).add(problem.input()).build(),
                result -> WholeFile.write(problem.result(), result::writeTo));
    long heap = HeapPeak.mebibytes();
    WholeFile.write(problem.summary(), out -> SummaryWriter.write(report, heap, out));
    surroundings
        .err()
        .println(problem.input() + ": " + ClosingWords.line(report) + warnings(report.warnings()));
    return AllocateCommand.exitCode(report, settings, surroundings.interruption());
  }

  /** All of them are in the summary. */
  private static String warnings(List<String> warnings) {
    return switch (warnings.size()) {
      case 0 -> "";
      case 1 -> "; warning: " + OneLine.of(warnings.get(0));
      default -> "; " + warnings.size() + " warnings, such as: " + OneLine.of(warnings.get(0));
    };
  }
}
