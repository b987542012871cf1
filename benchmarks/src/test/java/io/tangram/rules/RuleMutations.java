package io.tangram.rules;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Shows for rows of the index that the test passes, and that it fails under the mutation: compiles
 * the mutated class alone, puts it before the others on the class path, and runs the test in
 * another process. {@code scripts/check-rules} runs it.
 */
final class RuleMutations {

  private static final int ROWS_UNLESS_SAID = 10;

  private final Path root;
  private final SourceTree sources;
  private final Path folder;
  private final Map<Path, TestProcess> processes = new HashMap<>();
  private final Map<String, String> unmutatedAnswers = new HashMap<>();
  private int mutants;

  private RuleMutations(Path root, Path folder) {
    this.root = root;
    this.sources = new SourceTree(root);
    this.folder = folder;
  }

  /**
   * Checks the rows of the rules named, or as many of all as a number says, at random.
   *
   * @param args rules such as {@code R112}, {@code all}, or a number and a seed
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tangram-rules");
    RuleMutations mutations = new RuleMutations(Path.of("").toAbsolutePath(), folder);
    int held = 0;
    int unheld = 0;
    for (RuleIndex.Row row : chosen(args)) {
      if (!row.isTested()) {
        System.out.println("         " + row);
        continue;
      }
      String finding = mutations.check(row);
      System.out.println(
          finding.isEmpty() ? "held     " + row : "NOT HELD " + row + ": " + finding);
      held += finding.isEmpty() ? 1 : 0;
      unheld += finding.isEmpty() ? 0 : 1;
    }
    mutations.close();
    System.out.println(held + " rows held, " + unheld + " not held");
    System.exit(unheld == 0 ? 0 : 1);
  }

  private static List<RuleIndex.Row> chosen(String[] args) {
    if (args.length > 0 && args[0].startsWith("R")) {
      List<String> rules = List.of(args);
      return RuleIndex.rows().stream().filter(row -> rules.contains(row.rule())).toList();
    }
    List<RuleIndex.Row> tested =
        new ArrayList<>(RuleIndex.rows().stream().filter(RuleIndex.Row::isTested).toList());
    if (List.of(args).contains("all")) {
      return tested;
    }
    int count = args.length > 0 ? Integer.parseInt(args[0]) : ROWS_UNLESS_SAID;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    System.out.println("Seed " + seed);
    Collections.shuffle(tested, new Random(seed));
    return tested.subList(0, Math.min(count, tested.size()));
  }

  /** Returns what is wrong with a row; nothing if the test holds the rule. */
  private String check(RuleIndex.Row row) throws IOException, InterruptedException {
    long matches = row.matches(sources.text(row.mutatedClass(), "main"));
    if (matches != 1) {
      return "what it replaces is there " + matches + " times";
    }
    Path module = sources.module(row.testClass(), "test");
    TestProcess process = processes.get(module);
    if (process == null) {
      process = new TestProcess(root, module);
      processes.put(module, process);
    }
    String test = row.testClass() + "#" + row.testMethod();
    String unmutated = unmutatedAnswers.get(test);
    if (unmutated == null) {
      unmutated = process.run(test, List.of());
      unmutatedAnswers.put(test, unmutated);
    }
    if (!unmutated.equals(TestProgram.PASSED)) {
      return unmutated.equals(TestProgram.NONE)
          ? "there is no such test, or it has nothing to run on"
          : "as it is, the test has " + unmutated;
    }
    Path mutant = folder.resolve("mutant-" + mutants++);
    String complaint = compile(row, mutant);
    if (!complaint.isEmpty()) {
      return "the mutated class doesn't compile: " + complaint;
    }
    String mutated = process.run(test, List.of(mutant));
    return mutated.startsWith(TestProgram.FAILED)
        ? ""
        : "under the mutation the test has " + mutated;
  }

  /** Compiles the mutated class and returns what the compiler has against it. */
  private String compile(RuleIndex.Row row, Path into) throws IOException {
    String className = row.mutatedClass();
    Path file = into.resolve("src").resolve(className.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, row.mutate(sources.text(className, "main")));
    String classPath =
        String.join(File.pathSeparator, TestProcess.classPath(sources.module(className, "main")));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-nowarn",
                      "-parameters",
                      "-d",
                      into.toString(),
                      "-cp",
                      classPath),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      return compiles ? "" : complaints.toString();
    }
  }

  private void close() throws IOException {
    processes.values().forEach(TestProcess::close);
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Collections.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
