package io.tangram.solver.cpsat;

import java.time.Duration;

/**
 * Native code that nobody waits for any more. If the process ended under it, it might crash; so the
 * end of the process waits a little.
 */
final class AbandonedSearch {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private AbandonedSearch() {}

  /** Lets the process end only when the thread has, or after some seconds. */
  static void keepFromExit(Thread search) {
    Thread atExit = new Thread(() -> await(search), "tangram-search-end");
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The process is ending already.
    }
    Thread remover = new Thread(() -> forget(atExit, search), "tangram-search-end");
    remover.setDaemon(true);
    remover.start();
  }

  private static void await(Thread search) {
    try {
      search.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without this, a process that runs for long would keep all that it ever abandoned. */
  private static void forget(Thread atExit, Thread search) {
    try {
      search.join();
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs and finds the search ended.
    }
  }
}
