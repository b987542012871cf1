package io.tangram.k8s.cli;

import io.tangram.api.AllocatorException;
import io.tangram.api.DeadlineExceededException;
import io.tangram.k8s.read.InputException;
import io.tangram.k8s.read.InputFile;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.Map;

/**
 * How the command ends when something is thrown.
 *
 * @param exitCode what it says when it ends
 * @param message why, in one line
 * @param cause what was thrown
 */
record Failure(int exitCode, String message, Throwable cause) {

  private static final String DEBUG = "TANGRAM_DEBUG";

  /** Judges what was thrown. */
  static Failure of(Throwable cause) {
    if (cause instanceof UsageException || cause instanceof InputException) {
      return new Failure(ExitCode.BAD_INPUT, message(cause), cause);
    }
    if (cause instanceof DeadlineExceededException) {
      return new Failure(ExitCode.OUT_OF_TIME, message(cause), cause);
    }
    if (cause instanceof OutOfMemoryError) {
      return new Failure(
          ExitCode.INTERNAL_ERROR,
          "out of memory; give Java more, as in TANGRAM_JAVA_OPTS=-Xmx8g.",
          cause);
    }
    if (cause instanceof FileSystemException file) {
      return new Failure(ExitCode.INTERNAL_ERROR, "can't write " + OneLine.of(reason(file)), cause);
    }
    if (cause instanceof AllocatorException) {
      return new Failure(ExitCode.INTERNAL_ERROR, message(cause), cause);
    }
    return new Failure(
        ExitCode.INTERNAL_ERROR,
        "internal error: " + cause.getClass().getSimpleName() + ": " + message(cause),
        cause);
  }

  private static String reason(FileSystemException cause) {
    String reason = cause.getReason();
    return cause.getFile() + (reason == null ? "." : ": " + reason + ".");
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "no message" : OneLine.of(message);
  }

  /** Returns the failure of a run on one of several inputs, with a message that says on which. */
  Failure in(InputFile input) {
    return message.startsWith(input.name())
        ? this
        : new Failure(exitCode, input + ": " + message, cause);
  }

  /** Returns whether somebody looks for a fault. */
  static boolean isDebugging(Map<String, String> environment) {
    return !environment.getOrDefault(DEBUG, "").isEmpty();
  }

  /** The machine is no fault of the program. */
  private boolean isFault() {
    return exitCode == ExitCode.INTERNAL_ERROR
        && !(cause instanceof FileSystemException)
        && !(cause instanceof OutOfMemoryError);
  }

  /** Says on one line what went wrong; the rest only where somebody looks for a fault. */
  void report(PrintStream err, Map<String, String> environment) {
    report("tangram", err, environment);
  }

  /**
   * Says on one line what went wrong, unless the reader of the output has had enough.
   *
   * @param command what was called, such as {@code tangram allocate}; bad usage is its matter
   */
  void report(String command, PrintStream err, Map<String, String> environment) {
    boolean debug = isDebugging(environment);
    if (StandardOutput.isReaderGone(cause) && !debug) {
      return;
    }
    err.println(
        (cause instanceof UsageException ? command : "tangram")
            + ": "
            + message
            + (isFault() && !debug ? " (details: set " + DEBUG + "=1)" : ""));
    if (debug) {
      cause.printStackTrace(err);
    }
  }
}
