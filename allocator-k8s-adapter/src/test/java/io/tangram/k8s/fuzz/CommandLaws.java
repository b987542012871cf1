package io.tangram.k8s.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun;
import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds of the command, whatever it is given. */
final class CommandLaws {

  /** What is off unless asked for. */
  private static final String FEATURES =
      "DRANodeAllocatableResources=true,DRADeviceCompatibilityGroups=true,DRADerivedAttributes=true";

  /** So much time that a busy machine changes nothing. */
  private static final List<String> ALLOCATE =
      List.of(
          "allocate",
          "--allocator",
          "first-fit",
          "--with-pods",
          "--time-limit",
          "1h",
          "--feature-gates",
          FEATURES);

  private static final List<String> VERIFY =
      List.of("verify", "-f", "-", "--feature-gates", FEATURES);

  private static final int LONGEST_LINE = 20_000;
  private static final Pattern SECONDS = Pattern.compile(", [0-9.]+ s(?=$|;)", Pattern.MULTILINE);
  private static final Pattern LINE =
      Pattern.compile("(warning: |left out: |[0-9]+ of [0-9]+ claims allocated, | +[0-9]).*");

  private CommandLaws() {}

  /** Runs the command on standard input, twice, which has to end the same way. */
  static Outcome allocate(byte[] input, String... options) {
    Outcome outcome = run(input, ALLOCATE, options);
    Outcome again = run(input, ALLOCATE, options);
    assertThat(again.exitCode()).isEqualTo(outcome.exitCode());
    assertThat(again.out()).isEqualTo(outcome.out());
    assertThat(timeless(again.err())).isEqualTo(timeless(outcome.err()));
    return outcome;
  }

  /** Returns what a sound cluster becomes. */
  static byte[] allocate(Path cluster) {
    Outcome outcome = allocate(new byte[0], "-f", cluster.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out().getBytes(UTF_8);
  }

  private static Outcome run(byte[] input, List<String> command, String... options) {
    String[] words = Stream.concat(command.stream(), Stream.of(options)).toArray(String[]::new);
    return new CommandRun().in(new ByteArrayInputStream(input)).run(words);
  }

  private static String timeless(String words) {
    return SECONDS.matcher(words).replaceAll("");
  }

  /** A sound input is worked on, any other refused. */
  static void isTakenOrRefused(Outcome outcome) {
    if (outcome.exitCode() == 0) {
      assertThat(outcome.err().lines()).allMatch(CommandLaws::isWords, "is a line of its own");
    } else {
      isRefused(outcome);
    }
  }

  /** One line says what is wrong, and nothing else is said. */
  static void isRefused(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("tangram").endsWith(System.lineSeparator());
    assertThat(outcome.err().lines()).hasSize(1).allMatch(CommandLaws::isPrintable, "is printable");
    assertThat(outcome.out()).isEmpty();
  }

  private static boolean isWords(String line) {
    return isPrintable(line) && LINE.matcher(line).matches();
  }

  private static boolean isPrintable(String line) {
    return line.length() < LONGEST_LINE && line.chars().noneMatch(Character::isISOControl);
  }

  /** What was allocated is as it should be, and what was held as it was. */
  static void keepsTheRules(byte[] input, Outcome allocated) throws IOException {
    Path result = Files.createTempFile("result", ".yaml");
    try {
      Files.writeString(result, allocated.out(), UTF_8);
      Outcome before = run(input, VERIFY);
      Outcome after = run(input, VERIFY, "--result", result.toString());
      assertThat(before.exitCode()).as(before.err()).isLessThan(2);
      assertThat(after.exitCode()).as(after.err()).isLessThan(2);
      assertThat(findings(before)).containsAll(findings(after));
    } finally {
      Files.delete(result);
    }
  }

  private static List<String> findings(Outcome verified) {
    return Stream.concat(
            verified.out().lines(),
            verified.err().lines().filter(line -> line.startsWith("warning: drift: ")))
        .toList();
  }
}
