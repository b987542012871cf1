package io.tangram.solver.cpsat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a solve that takes too much memory. OR-Tools has a parameter for that, which does nothing in
 * the version we use (pinned in the solver facts) and would count the Java heap.
 *
 * <p>Looks every 100 ms at the memory of the process outside the Java heap, where the operating
 * system tells it (Linux); elsewhere nothing is watched.
 */
final class MemoryWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);
  private static final long INTERVAL_MILLIS = 100;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
  private static final long KIBI = 1024;

  private final long limitBytes;
  private final Runnable onExcess;
  private boolean closed;

  private MemoryWatch(long limitBytes, Runnable onExcess) {
    this.limitBytes = limitBytes;
    this.onExcess = onExcess;
  }

  /**
   * Starts to watch.
   *
   * @param mebibytes how much the process may grow from now on
   * @param onExcess called once when it has grown by more
   */
  static MemoryWatch start(long mebibytes, Runnable onExcess) {
    OptionalLong now = bytesOutsideHeap();
    MemoryWatch watch = new MemoryWatch(now.orElse(0) + mebibytes * KIBI * KIBI, onExcess);
    if (now.isPresent()) {
      Thread thread = new Thread(watch::run, "tangram-memory-watch");
      thread.setDaemon(true);
      thread.start();
    }
    return watch;
  }

  private synchronized void run() {
    try {
      while (!closed) {
        wait(INTERVAL_MILLIS);
        if (!closed && bytesOutsideHeap().orElse(0) > limitBytes) {
          LOG.warn("a solve is ended: it takes more memory than it may");
          onExcess.run();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Returns resident memory less the committed Java heap, if the system tells. */
  static OptionalLong bytesOutsideHeap() {
    try {
      Matcher matcher = RESIDENT.matcher(Files.readString(STATUS));
      if (!matcher.find()) {
        return OptionalLong.empty();
      }
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
      return OptionalLong.of(Long.parseLong(matcher.group(1)) * KIBI - heap);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
