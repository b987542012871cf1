package io.tangram.solver.cpsat;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.api.Cancellation;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Searches in this process. Loads the native library when first used.
 *
 * <p>OR-Tools looks at its clock between the steps of presolve, and one of them may take seconds
 * where the model is large. So each search has a thread of its own; one that does not end soon
 * after its deadline is left to itself, unheard, and ends when that step does.
 */
public final class ThisProcess implements CpHost {

  private static final Duration GRACE = Duration.ofMillis(100);
  private static final long MILLIS_BETWEEN_LOOKS_AT_THE_CLOCK = 20;

  @Override
  @SuppressWarnings("try") // the subscription is only to be closed
  public CpSolverResponse search(
      CpModelProto model, SatParameters parameters, Deadline deadline, CpListener listener) {
    NativeLibrary.load();
    CpSearch search = new CpSearch(model, parameters, listener);
    FutureTask<CpSolverResponse> answer = new FutureTask<>(() -> run(search, deadline));
    Thread thread = new Thread(answer, "tangram-search");
    thread.setDaemon(true);
    try (Cancellation.Subscription ignored = deadline.cancellation().onCancel(search::stop)) {
      thread.start();
      return answer(answer, deadline);
    } catch (TimeoutException e) {
      search.abandon();
      AbandonedSearch.keepFromExit(thread);
      return CpSolverResponse.getDefaultInstance();
    }
  }

  private static CpSolverResponse run(CpSearch search, Deadline deadline) {
    try (search) {
      Duration time = deadline.remaining();
      return time.isZero() ? CpSolverResponse.getDefaultInstance() : search.run(time);
    }
  }

  private static CpSolverResponse answer(FutureTask<CpSolverResponse> answer, Deadline deadline)
      throws TimeoutException {
    long passedAt = Long.MAX_VALUE;
    while (true) {
      try {
        return Objects.requireNonNull(
            Uninterruptibles.getUninterruptibly(
                answer, MILLIS_BETWEEN_LOOKS_AT_THE_CLOCK, TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        if (passedAt == Long.MAX_VALUE && deadline.hasPassed()) {
          passedAt = System.nanoTime();
        } else if (passedAt != Long.MAX_VALUE && System.nanoTime() - passedAt > GRACE.toNanos()) {
          throw e;
        }
      } catch (ExecutionException e) {
        Throwable thrown = Objects.requireNonNull(e.getCause());
        Throwables.throwIfUnchecked(thrown);
        throw new IllegalStateException(thrown);
      }
    }
  }
}
