package io.tangram.k8s.cli;

import io.tangram.api.Cancellation;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Ends the command when a signal asks for it. Where there is a plan, or something is being written,
 * the virtual machine waits for the best plan so far to be written; at any other time it ends at
 * once.
 */
final class Interruption {

  private final Cancellation cancellation = Cancellation.create();
  private final AtomicBoolean guarding = new AtomicBoolean();
  private final Semaphore guard = new Semaphore(1);
  private volatile OptionalInt exitCode = OptionalInt.empty();
  private volatile String lastWords = "";

  /**
   * Listens to the signals that end a process.
   *
   * @param speaker takes the last words, if there are any, when the command ends at once
   */
  void listen(Consumer<String> speaker) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupted(speaker), "tangram-interruption"));
  }

  private void interrupted(Consumer<String> speaker) {
    if (exitCode.isPresent()) {
      return;
    }
    cancellation.cancel();
    if (!guard.tryAcquire()) {
      guard.acquireUninterruptibly();
    } else if (exitCode.isEmpty() && !lastWords.isEmpty()) {
      speaker.accept(lastWords);
    }
    // Left alone, the virtual machine would end with another code for each signal.
    Runtime.getRuntime().halt(exitCode.orElse(ExitCode.INTERRUPTED));
  }

  /** The switch that allocators listen to. */
  Cancellation cancellation() {
    return cancellation;
  }

  boolean isInterrupted() {
    return cancellation.isCancelled();
  }

  /**
   * From now on something would be lost if the command ended. Does not return where the command is
   * ending already.
   */
  void guard() {
    if (guarding.compareAndSet(false, true)) {
      guard.acquireUninterruptibly();
    }
  }

  /** From now on the command says this when it ends at once; at first it says nothing. */
  void lastWords(String words) {
    lastWords = words;
  }

  /** From now on nothing would be lost. */
  void release() {
    if (guarding.compareAndSet(true, false)) {
      guard.release();
    }
  }

  /** The command has done what it could, and ends with this code. */
  void finished(int code) {
    exitCode = OptionalInt.of(code);
    release();
  }
}
