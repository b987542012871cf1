package io.tangram.k8s.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher at the root of the repository, with a Java and a Maven that only say what they do.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final String JAVA =
      """
      #!/usr/bin/env bash
      for argument; do
        case $argument in
          -XX:DumpLoadedClassList=*) echo classes >"${argument#*=}" && exit ;;
          -XX:SharedClassListFile=*) list=${argument#*=} ;;
          -XX:SharedArchiveFile=*) archive=${argument#*=} ;;
          -Xshare:dump) dump=yes ;;
        esac
      done
      [[ -z $dump ]] || exec cp "$list" "$archive"
      echo "pid=$$"
      printf '[%s]\\n' "$@"
      cat
      exit "${JAVA_EXIT_CODE:-0}"
      """;

  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo "mvn $*" >>"$BUILDS"
      for arrival in ${ARRIVALS:+first second}; do
        read -r -t 60 _ <>"$ARRIVALS" || exit 1
      done
      if [[ -n $BUILD_FAILS ]]; then
        echo '[ERROR] Failed to execute goal: ThisOrThat.java:[7,1] class expected'
        echo '[ERROR] '
        echo '[ERROR] Re-run Maven using the -X switch to enable full debug logging.'
        exit 1
      fi
      mkdir -p allocator-k8s-adapter/target/fast/lib
      echo classes >allocator-k8s-adapter/target/fast/tangram.jar
      printf 'lib/b.jar:lib/a.jar' >allocator-k8s-adapter/target/fast/lib/classpath
      """;

  @TempDir private Path temporary;
  private Path checkout;
  private Path java;
  private Path input;
  private Path builds;

  private record Outcome(int exitCode, long pid, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    checkout = Files.createDirectories(temporary.resolve("a checkout").resolve("tangram"));
    Files.copy(Path.of("..", "tangram"), checkout.resolve("tangram"));
    assertThat(checkout.resolve("tangram").toFile().setExecutable(true)).isTrue();
    java = temporary.resolve("jdk");
    executable(java.resolve("bin").resolve("java"), JAVA);
    Files.writeString(
        java.resolve("release"), "JAVA_RUNTIME_VERSION=\"17.0.1+3\"\nJAVA_VERSION=\"17.0.1\"\n");
    executable(temporary.resolve("bin").resolve("mvn"), MAVEN);
    input = Files.writeString(temporary.resolve("input"), "the input\n");
    builds = temporary.resolve("builds");
  }

  @Test
  void passesArgumentsInputAndExitCodeThrough() throws Exception {
    Outcome outcome =
        run(Map.of("JAVA_EXIT_CODE", "3"), "allocate", "-f", "two words", "", "*", "-f-");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out())
        .endsWith(
            "[io.tangram.k8s.cli.Tangram]\n[allocate]\n[-f]\n[two words]\n[]\n[*]\n[-f-]\nthe input\n");
  }

  @Test
  void givesItsPlaceToJavaSoThatSignalsReachIt() throws Exception {
    Outcome outcome = run(Map.of());

    assertThat(outcome.out()).startsWith("pid=" + outcome.pid() + "\n");
  }

  @Test
  void buildsWhenItIsFirstUsedAndSaysSoInOneLine() throws Exception {
    Outcome first = run(Map.of());
    Outcome second = run(Map.of());

    assertThat(first.err()).hasLineCount(1).startsWith("tangram: building the command");
    assertThat(second.err()).isEmpty();
    assertThat(builds).content().hasLineCount(1).contains("-Dtangram.fast", "package");
  }

  @Test
  void takesTheJarsThatTheBuildNamesInItsOrder() throws Exception {
    Path fast = checkout.toRealPath().resolve("allocator-k8s-adapter").resolve("target/fast");

    Outcome outcome = run(Map.of());

    assertThat(outcome.out())
        .contains(
            "[-cp]\n[%s/tangram.jar:%s/lib/b.jar:%s/lib/a.jar]\n".formatted(fast, fast, fast));
  }

  @Test
  void worksThroughLinksFromAnyFolder() throws Exception {
    Path links = Files.createDirectories(temporary.resolve("links"));
    Files.createSymbolicLink(links.resolve("second"), checkout.resolve("tangram"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("second"));

    Outcome outcome = finish(start(links, Map.of(), "./first", "--version"));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("[--version]");
    assertThat(checkout.resolve("allocator-k8s-adapter")).exists();
  }

  /** The build ends when both launches have come to the lock. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void buildsOnceForTwoLaunchesAtATime() throws Exception {
    Path arrivals = temporary.resolve("arrivals");
    assertThat(new ProcessBuilder("mkfifo", arrivals.toString()).start().waitFor()).isZero();
    executable(
        temporary.resolve("bin").resolve("flock"),
        """
        #!/usr/bin/env bash
        echo arrived >"$ARRIVALS"
        PATH=${PATH#*:} exec flock "$@"
        """);
    Map<String, String> environment = Map.of("ARRIVALS", arrivals.toString());

    // What is written into a pipe stays there while somebody has it open.
    RandomAccessFile pipe = new RandomAccessFile(arrivals.toFile(), "rw");
    Process first = start(checkout, environment, "./tangram");
    Process second = start(checkout, environment, "./tangram");
    Outcome one = finish(first);
    Outcome other = finish(second);
    pipe.close();

    assertThat(List.of(one.exitCode(), other.exitCode())).containsOnly(0);
    assertThat(builds).content().hasLineCount(1);
  }

  @Test
  void showsWhatAFailedBuildSaid() throws Exception {
    Outcome outcome = run(Map.of("BUILD_FAILS", "yes"));

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("ThisOrThat.java:[7,1] class expected", "build.log")
        .doesNotContain("Re-run Maven");
  }

  @Test
  void buildsAgainAfterABuildThatFailed() throws Exception {
    Outcome failed = run(Map.of("BUILD_FAILS", "yes"));
    Outcome built = run(Map.of());

    assertThat(failed.exitCode()).isEqualTo(70);
    assertThat(built.exitCode()).isZero();
  }

  @Test
  void archivesClassesAfterTheBuildAndUsesThemFromThenOn() throws Exception {
    Outcome first = run(Map.of());
    Outcome second = run(Map.of());

    assertThat(archives(first)).hasSize(1).isEqualTo(archives(second));
    assertThat(Path.of(archives(first).get(0))).hasContent("classes");
  }

  @Test
  void runsWhereNothingCanBeArchived() throws Exception {
    Path fast = Files.createDirectories(checkout.resolve("allocator-k8s-adapter/target/fast"));
    Files.writeString(fast.resolve("cds"), "not a folder");

    Outcome outcome = run(Map.of());

    assertThat(outcome.exitCode()).isZero();
    assertThat(archives(outcome)).isEmpty();
  }

  @Test
  void givesTheUsersOptionsToJavaLast() throws Exception {
    Outcome outcome = run(Map.of("TANGRAM_JAVA_OPTS", "-Xmx3g -XX:+UseG1GC"));

    assertThat(outcome.out())
        .contains("[-Xmx3g]\n[-XX:+UseG1GC]\n[-cp]\n")
        .doesNotContain("UseSerialGC");
  }

  @Test
  void refusesAJavaThatIsTooOld() throws Exception {
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    Outcome outcome = run(Map.of());

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err()).hasLineCount(1).contains("Java 11.0.2", "17 or later");
    assertThat(builds).doesNotExist();
  }

  @Test
  void asksForAJavaWhereThereIsNone() throws Exception {
    Outcome outcome =
        finish(
            start(
                checkout,
                Map.of("PATH", "/nonexistent", "JAVA_HOME", ""),
                "/bin/bash",
                "./tangram"));

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err()).hasLineCount(1).contains("there is no Java");
  }

  /** In the place of a closed stream Java would have a file of its own, and mistake it for that. */
  @ParameterizedTest
  @CsvSource({"<&-, in", ">&-, 'out'", "2>&-, 'err'", "<&- 2>&-, 'in,err'"})
  void standsInForStreamsThatAreClosed(String redirection, String closed) throws Exception {
    run(Map.of());
    Path seen = temporary.resolve("seen");
    executable(
        java.resolve("bin").resolve("java"),
        """
        #!/usr/bin/env bash
        printf '%s\\n' "$@" >"$SEEN"
        [[ -e /dev/fd/0 && -e /dev/fd/1 && -e /dev/fd/2 ]]
        """);

    Outcome outcome =
        finish(
            start(
                checkout,
                Map.of("SEEN", seen.toString()),
                "/bin/bash",
                "-c",
                "./tangram allocate -f - " + redirection));

    assertThat(outcome.exitCode()).isZero();
    assertThat(Files.readAllLines(seen))
        .filteredOn(option -> option.startsWith("-Dtangram.closed="))
        .singleElement()
        .satisfies(
            option ->
                assertThat(
                        Splitter.on(',')
                            .omitEmptyStrings()
                            .split(option.replace("-Dtangram.closed=", "")))
                    .containsExactly(closed.split(",")));
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    return finish(
        start(checkout, environment, prepend(checkout.resolve("tangram").toString(), arguments)));
  }

  private static String[] prepend(String first, String... rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private Process start(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> variables = builder.environment();
    variables.remove("TANGRAM_JAVA_OPTS");
    variables.put("JAVA_HOME", java.toString());
    variables.put("PATH", temporary.resolve("bin") + ":" + System.getenv("PATH"));
    variables.put("BUILDS", builds.toString());
    variables.putAll(environment);
    return builder.redirectInput(input.toFile()).start();
  }

  /** The outputs are short enough for a pipe to hold them, so they can be read one by one. */
  private static Outcome finish(Process process) throws Exception {
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      String output = new String(out.readAllBytes(), UTF_8);
      String errors = new String(err.readAllBytes(), UTF_8);
      return new Outcome(process.waitFor(), process.pid(), output, errors);
    }
  }

  private static List<String> archives(Outcome outcome) {
    return outcome
        .out()
        .lines()
        .filter(line -> line.startsWith("[-XX:SharedArchiveFile="))
        .map(line -> line.substring(line.indexOf('=') + 1, line.length() - 1))
        .toList();
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
