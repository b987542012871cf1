package io.tangram.solver.cpsat;

import com.google.common.base.Throwables;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import com.google.ortools.sat.SolutionCallback;
import com.google.ortools.sat.SolveWrapper;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One search, from before its start to after its end. Uses OR-Tools' {@link SolveWrapper} itself:
 * unlike {@code CpSolver} it can be stopped before it starts, and hands out its whole answer.
 *
 * <p>Bounds are heard with solutions only: OR-Tools' callback for bounds calls through a JNI
 * reference that is no longer valid, and now and then kills the process.
 */
final class CpSearch implements AutoCloseable {

  private final CpModelProto model;
  private final SatParameters parameters;
  private final CpListener listener;
  private final SolveWrapper wrapper = new SolveWrapper();

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private boolean abandoned;

  @GuardedBy("this")
  private @Nullable Throwable failure;

  CpSearch(CpModelProto model, SatParameters parameters, CpListener listener) {
    this.model = model;
    this.parameters = parameters;
    this.listener = listener;
  }

  /**
   * Searches, at most for this time, until stopped.
   *
   * @throws RuntimeException what the listener threw
   */
  @SuppressWarnings("try") // the watch is only to be closed
  CpSolverResponse run(Duration time) {
    long mebibytes = parameters.getMaxMemoryInMb();
    wrapper.setParameters(
        parameters.toBuilder()
            .setMaxTimeInSeconds(time.toNanos() / 1e9)
            // This one counts the whole process, Java heap included; MemoryWatch keeps ours.
            .setMaxMemoryInMb(mebibytes + Runtime.getRuntime().maxMemory() / (1 << 20))
            .build());
    SolutionCallback solutions = new Solutions();
    wrapper.addSolutionCallback(solutions);
    try (MemoryWatch ignored = MemoryWatch.start(mebibytes, this::stop)) {
      CpSolverResponse response = wrapper.solve(model);
      rethrowFailure();
      return response;
    } finally {
      wrapper.clearSolutionCallback(solutions);
      // Native code holds it without telling the garbage collector.
      Reference.reachabilityFence(solutions);
    }
  }

  /** Ends the search as soon as it can be ended; nothing is heard of it any more. */
  synchronized void abandon() {
    abandoned = true;
    stop();
  }

  /** Ends the search soon, whether it has begun or not. May be called from any thread. */
  synchronized void stop() {
    if (!closed) {
      wrapper.stopSearch();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    wrapper.delete();
  }

  private synchronized void rethrowFailure() {
    if (failure != null) {
      Throwables.throwIfUnchecked(failure);
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Called by native code, one call at a time: nothing may be thrown out of here. A listener may
   * take its time; nobody who ends the search waits for it.
   */
  private void heard(CpIncumbent incumbent) {
    if (isDeaf()) {
      return;
    }
    try {
      listener.improved(incumbent);
    } catch (Throwable e) {
      fail(e);
    }
  }

  private synchronized boolean isDeaf() {
    return failure != null || abandoned;
  }

  private synchronized void fail(Throwable thrown) {
    failure = thrown;
    stop();
  }

  private final class Solutions extends SolutionCallback {
    @Override
    public void onSolutionCallback() {
      try (Found found = new Found(this)) {
        heard(found);
      }
    }
  }

  /** What native code has to say of a solution, until its call returns. */
  private final class Found implements CpIncumbent, AutoCloseable {

    private final long objective;
    private final OptionalLong bound;
    private @Nullable SolutionCallback callback;

    Found(SolutionCallback callback) {
      boolean rated = model.hasObjective();
      this.objective = rated ? Math.round(callback.objectiveValue()) : 0;
      this.bound =
          rated ? OptionalLong.of(Math.round(callback.bestObjectiveBound())) : OptionalLong.empty();
      this.callback = callback;
    }

    @Override
    public long objective() {
      return objective;
    }

    @Override
    public OptionalLong bound() {
      return bound;
    }

    @Override
    public long[] values() {
      if (callback == null) {
        throw new IllegalStateException(
            "The search has moved on; read values while the listener is called.");
      }
      long[] values = new long[model.getVariablesCount()];
      Arrays.setAll(values, callback::solutionIntegerValue);
      return values;
    }

    @Override
    public void close() {
      callback = null;
    }
  }
}
