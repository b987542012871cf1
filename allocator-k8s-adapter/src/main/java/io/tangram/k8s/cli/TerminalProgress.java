package io.tangram.k8s.cli;

import io.tangram.api.AllocationProblem;
import io.tangram.k8s.read.InputFile;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line at the bottom of a terminal that says what is going on and for how long. It first shows
 * when something takes a moment, and disappears when all is done. Thread-safe.
 */
final class TerminalProgress implements Progress {

  private static final long FIRST_MILLIS = 300;
  private static final long PERIOD_MILLIS = 100;
  private static final int WIDTH = 78;

  /** Goes to the start of the line and leaves nothing of it. */
  static final String START_OF_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final Amounts amounts;
  private final Interruption interruption;
  private @Nullable ScheduledExecutorService executor;
  private @Nullable ScheduledFuture<?> redraw;
  private String doing = "";
  private long start;
  private boolean shown;

  /**
   * Makes a display.
   *
   * @param err the terminal
   * @param amounts how values are shown
   * @param interruption after it nothing is drawn any more: the last words stand
   */
  TerminalProgress(PrintStream err, Amounts amounts, Interruption interruption) {
    this.err = err;
    this.amounts = amounts;
    this.interruption = interruption;
  }

  @Override
  public synchronized void reading(List<InputFile> files) {
    start = System.nanoTime();
    if (executor == null) {
      executor = Executors.newSingleThreadScheduledExecutor(TerminalProgress::thread);
    }
    redraw =
        executor.scheduleAtFixedRate(
            this::draw, FIRST_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    doing = "reading " + (files.size() == 1 ? files.get(0).name() : files.size() + " files");
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tangram-progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void compiling(AllocationProblem problem) {
    doing = "compiling " + problem.claims().size() + " claims";
  }

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Event.Compiled) {
      doing = "solving";
    } else if (event instanceof Event.Improved improved) {
      doing = "solving " + improved.objective() + ": " + standing(improved);
    } else if (event instanceof Event.Checking) {
      doing = "checking";
    }
  }

  private String standing(Event.Improved improved) {
    double value = improved.value();
    double bound = improved.bound();
    String shown = amounts.show(improved.objective(), value);
    if (!Double.isFinite(bound)) {
      return shown;
    }
    double gap = Math.abs(bound - value) / Math.max(1, Math.abs(value));
    return String.format(
        Locale.ROOT,
        "%s, bound %s, gap %.2f %%",
        shown,
        amounts.show(improved.objective(), bound),
        100 * gap);
  }

  @Override
  public synchronized void writing() {
    doing = "writing";
  }

  /** Shows the line as it is now. */
  synchronized void draw() {
    double seconds = (System.nanoTime() - start) / 1e9;
    String time = String.format(Locale.ROOT, "  %.1f s", seconds);
    String text =
        doing.length() + time.length() > WIDTH ? doing.substring(0, WIDTH - time.length()) : doing;
    synchronized (err) { // as last words do
      if (!interruption.isInterrupted()) {
        err.print(START_OF_LINE + text + time);
        err.flush();
        shown = true;
      }
    }
  }

  @Override
  public synchronized void clear() {
    if (redraw != null) {
      redraw.cancel(false);
    }
    if (shown) {
      err.print(START_OF_LINE);
      err.flush();
      shown = false;
    }
  }
}
