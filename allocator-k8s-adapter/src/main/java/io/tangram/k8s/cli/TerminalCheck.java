package io.tangram.k8s.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Finds out whether somebody watches standard error. Java can't ask; so the variable {@code
 * TANGRAM_PROGRESS} says {@code always} or {@code never}, and otherwise Linux tells what the file
 * is. Where neither says anything nobody watches.
 */
final class TerminalCheck {

  private static final String VARIABLE = "TANGRAM_PROGRESS";
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private TerminalCheck() {}

  /** Returns whether to show progress on standard error. */
  static boolean isWatched(Map<String, String> environment) {
    String wish = environment.getOrDefault(VARIABLE, "");
    if (wish.equals("always") || wish.equals("never")) {
      return wish.equals("always");
    }
    return !environment.getOrDefault("TERM", "dumb").equals("dumb") && isTerminal(STANDARD_ERROR);
  }

  private static boolean isTerminal(Path descriptor) {
    try {
      String file = Files.readSymbolicLink(descriptor).toString();
      return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
