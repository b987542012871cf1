package io.tangram.solver.search;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.tangram.api.Cancellation;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.greedy.GreedySearch;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.plan.Placement;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * First-fit on a thread of its own, so that it is there when the time turns out too short for more:
 * the optimal allocator never returns less. It begins when somebody asks for it, or when a part of
 * the time has passed without an end in sight; most problems are solved before. Thread-safe.
 */
public final class FirstFitBeside implements AutoCloseable {

  private static final double SHARE_BEFORE_START = 0.15;
  private static final double SHARE_WHEN_ASKED = 0.7;

  private final Deadline deadline;
  private final Cancellation enough = Cancellation.create();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final FutureTask<List<Placement>> search;

  /**
   * Prepares to search.
   *
   * @param workers how many threads may work at a time; with one, nothing begins before it is asked
   *     for
   */
  public FirstFitBeside(CompiledProblem problem, Deadline deadline, int workers) {
    this.deadline = deadline;
    long patience =
        workers > 1 ? (long) (deadline.remaining().toNanos() * SHARE_BEFORE_START) : Long.MAX_VALUE;
    this.search =
        new FutureTask<>(
            () -> {
              boolean wanted =
                  Uninterruptibles.awaitUninterruptibly(asked, patience, TimeUnit.NANOSECONDS);
              return wanted && enough.isCancelled() ? List.of() : search(problem);
            });
    Thread thread = new Thread(search, "tangram-first-fit");
    thread.setDaemon(true);
    thread.start();
  }

  private List<Placement> search(CompiledProblem problem) {
    SearchBudget budget = new SearchBudget(deadline.cancelledBy(enough), OptionalDouble.empty());
    return GreedySearch.firstFit(problem, budget).placements();
  }

  /** Returns what first-fit finds in a part of the time that is left. */
  @SuppressWarnings("try") // the subscription is only to be closed
  List<Placement> placements() {
    asked.countDown();
    try (Cancellation.Subscription ignored = deadline.cancellation().onCancel(enough::cancel)) {
      if (!search.isDone()) {
        long patience = deadline.share(SHARE_WHEN_ASKED).remaining().toNanos();
        try {
          return Objects.requireNonNull(
              Uninterruptibles.getUninterruptibly(search, patience, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
          enough.cancel();
        }
      }
      return Objects.requireNonNull(Uninterruptibles.getUninterruptibly(search));
    } catch (ExecutionException e) {
      Throwable thrown = Objects.requireNonNull(e.getCause());
      Throwables.throwIfUnchecked(thrown);
      throw new IllegalStateException(thrown);
    }
  }

  /** Ends the search. */
  @Override
  public void close() {
    enough.cancel();
    asked.countDown();
  }
}
