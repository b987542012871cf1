package io.tangram.k8s.cli;

import io.tangram.api.Cancellation;
import java.util.concurrent.CountDownLatch;

/**
 * Ends the command on a signal. While a plan is made or written, the virtual machine waits for the
 * best plan so far to be written; at any other time it ends at once.
 */
final class Interruption {

  private final Cancellation cancellation = Cancellation.create();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean planning;

  /** Listens to the signals that end a process. */
  void listen() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "tangram-interruption"));
  }

  private void interrupted() {
    cancellation.cancel();
    if (!planning) {
      return;
    }
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The switch that allocators listen to. */
  Cancellation cancellation() {
    return cancellation;
  }

  boolean isInterrupted() {
    return cancellation.isCancelled();
  }

  /** From now on there is something to wait for, or there is not. */
  void planning(boolean isPlanning) {
    planning = isPlanning;
  }

  /** The command has ended; nothing waits for it any more. */
  void finished() {
    planning = false;
    finished.countDown();
  }
}
