package io.tangram.solver.search;

import com.google.common.base.Throwables;
import io.tangram.api.AllocatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Runs pieces of a search on several threads. */
final class SideBySide {

  private SideBySide() {}

  /**
   * Runs all pieces and returns what they found, in their order.
   *
   * @param workers how many may run at a time; the caller's thread runs them if it is one
   * @throws AllocatorException if the caller is interrupted; what a piece throws is thrown on
   */
  static <T> List<T> run(int workers, List<? extends Supplier<T>> pieces) {
    List<T> found = new ArrayList<>();
    if (workers == 1 || pieces.size() <= 1) {
      pieces.forEach(piece -> found.add(piece.get()));
      return found;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(pieces.size(), workers),
            work -> {
              Thread thread = new Thread(work, "tangram-part");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> running = new ArrayList<>();
      pieces.forEach(piece -> running.add(threads.submit(piece::get)));
      for (Future<T> each : running) {
        found.add(each.get());
      }
      return found;
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      Throwables.throwIfUnchecked(cause);
      throw new IllegalStateException(cause); // pieces throw nothing checked
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AllocatorException("The search was interrupted; cancel it to keep its result.", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
