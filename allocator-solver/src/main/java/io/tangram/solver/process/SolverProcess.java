package io.tangram.solver.process;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Queues;
import com.google.ortools.sat.CpSolverResponse;
import io.tangram.api.Cancellation;
import io.tangram.solver.limit.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process, as its parent has it. Nothing here waits for a child without a limit: what is
 * said to it is written by a thread of its own, what it says lies in a queue.
 *
 * <p>One search at a time has it; {@link #wake} and the calls that end it may come from any thread.
 */
final class SolverProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SolverProcess.class);
  private static final int SIGNALLED = 128;
  private static final int MOST_SIGNALS = 64;
  private static final long MOST_MILLIS_TO_END = 5_000;

  private final Process process;
  private final Patience patience;
  private final Deadline readyBy;
  private final ErrorOutput errors;
  private final ExecutorService writer;
  private final BlockingQueue<ProcessEvent> events = new LinkedBlockingQueue<>();
  private boolean ready;
  private volatile String fault = "";
  private volatile boolean killed;

  private SolverProcess(Process process, Patience patience) {
    this.process = process;
    this.patience = patience;
    this.readyBy = Deadline.after(patience.toStart(), Cancellation.never());
    this.errors = new ErrorOutput(process);
    this.writer = Executors.newSingleThreadExecutor(work -> daemon(work, "tangram-solver-orders"));
  }

  /**
   * Starts a child.
   *
   * @param command its command line
   * @param patience how long it may take
   * @throws IOException if the command can't be run
   */
  static SolverProcess start(List<String> command, Patience patience) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(JavaCommand.VARIABLES_WITH_OPTIONS);
    SolverProcess started = new SolverProcess(builder.start(), patience);
    daemon(started::listen, "tangram-solver-answers").start();
    LOG.debug("started solver process {}", started.pid());
    return started;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void listen() {
    InputStream answers = process.getInputStream();
    try {
      Optional<Message> next = Message.read(answers);
      while (next.isPresent()) {
        events.add(next.get());
        next = Message.read(answers);
      }
    } catch (IOException e) {
      // Perhaps a report of its crash, which is worth reading; then it ends soon.
      CompletableFuture.delayedExecutor(patience.toStop().toNanos(), TimeUnit.NANOSECONDS)
          .execute(() -> endFor("it can't be understood (" + e.getMessage() + ")"));
      errors.read(answers);
    } finally {
      close();
      writer.shutdownNow();
      events.add(ProcessEvent.Note.ENDED);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Whether it can search, as far as is known. */
  boolean isAlive() {
    return !killed && process.isAlive();
  }

  /** Whether it has said that it is ready for searches. */
  boolean isReady() {
    return ready;
  }

  /**
   * Waits until the child is ready for searches.
   *
   * @return whether it is; if not, the deadline has passed
   * @throws ProcessEndedException if it ended instead
   */
  boolean awaitReady(Deadline deadline) throws ProcessEndedException {
    while (!ready) {
      Duration time = deadline.remaining();
      if (fault.isEmpty() && readyBy.remaining().compareTo(time) < 0) {
        time = readyBy.remaining();
      }
      @Nullable ProcessEvent event = next(time);
      if (event == ProcessEvent.Note.ENDED) {
        throw ended(Optional.empty());
      }
      ready = event instanceof Message message && message.kind() == Message.Kind.READY;
      if (!ready && deadline.hasPassed()) {
        return false;
      }
      if (!ready && fault.isEmpty() && readyBy.hasPassed()) {
        endFor("it was not ready in " + patience.toStart());
      }
    }
    return true;
  }

  /** Says something to the child, when it listens. */
  void send(Message message) {
    try {
      writer.execute(
          () -> {
            try {
              message.writeTo(process.getOutputStream());
            } catch (IOException e) {
              LOG.debug("solver process {} does not listen", pid(), e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("solver process {} has ended", pid(), e);
    }
  }

  /** Returns the next event, or null if there is none in this time. */
  @Nullable ProcessEvent next(Duration time) {
    List<ProcessEvent> one = new ArrayList<>(1);
    Queues.drainUninterruptibly(events, one, 1, time);
    return one.isEmpty() ? null : one.get(0);
  }

  /** Gives the thread that waits for an event one. */
  void wake() {
    events.add(ProcessEvent.Note.WOKEN);
  }

  /** From now on, what the child writes on standard error is about another search. */
  void forgetErrors() {
    errors.forget();
  }

  /**
   * Says how the child ended, after {@link ProcessEvent.Note#ENDED}.
   *
   * @param incumbent the best solution it had sent
   */
  ProcessEndedException ended(Optional<CpSolverResponse> incumbent) {
    StringBuilder how = new StringBuilder("Solver process ").append(pid()).append(" ended");
    how.append(ready ? "" : " before it was ready").append(exitStatus()).append('.');
    how.append(fault);
    ImmutableList<String> lines = errors.firstLines(MOST_MILLIS_TO_END);
    if (!lines.isEmpty()) {
      how.append(" It said: ").append(String.join(" / ", lines));
    }
    if (!ready) {
      how.append(" (ProcessOptions.java and ProcessOptions.classPath say what is started.)");
    }
    return new ProcessEndedException(how.toString(), incumbent);
  }

  private String exitStatus() {
    try {
      if (!process.waitFor(MOST_MILLIS_TO_END, TimeUnit.MILLISECONDS)) {
        return "";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
    int status = process.exitValue();
    int signal = status - SIGNALLED;
    if (signal > 0 && signal <= MOST_SIGNALS) {
      return " with exit status " + status + " (signal " + signal + ")";
    }
    return " with exit status "
        + status
        + (status == JavaCommand.OUT_OF_HEAP
            ? " (its Java heap was full; raise ProcessOptions.heapMebibytes)"
            : "");
  }

  /** Ends the child for something that is wrong with it. */
  void endFor(String reason) {
    if (!killed) {
      fault = " It was killed because " + reason + ".";
    }
    close();
  }

  /** Ends the child, whatever it is doing. */
  @Override
  public void close() {
    killed = true;
    // The process itself would close its streams, with what they still hold.
    process.toHandle().destroyForcibly();
  }
}
