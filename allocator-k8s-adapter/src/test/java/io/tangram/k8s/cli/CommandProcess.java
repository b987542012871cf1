package io.tangram.k8s.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the command in a process of its own. */
final class CommandProcess {

  /** From this version on Java remarks on native code, on standard error. */
  private static final int NATIVE_ACCESS_SINCE = 22;

  private CommandProcess() {}

  /** Returns how to start the command, to be given its surroundings. */
  static ProcessBuilder of(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Tangram.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  /** Returns all that comes. */
  static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Returns all that comes, read beside what else is read. */
  static CompletableFuture<String> textOf(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return text(in);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        reading -> new Thread(reading).start());
  }

  /** Reads as far as this word; true if it came. */
  static boolean says(String word, InputStream in) throws IOException {
    StringBuilder said = new StringBuilder();
    while (said.indexOf(word) < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      said.append((char) next);
    }
    return true;
  }

  /** Sends a signal. */
  static void signal(Process process, String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }

  /** Whether programs started from here don't hear this signal, as behind {@code nohup}. */
  static boolean ignores(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.replaceFirst("SigIgn:\\s*", ""), 16))
        .anyMatch(ignored -> (ignored >> (signal - 1) & 1) == 1);
  }
}
