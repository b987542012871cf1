package io.tangram.solver.process;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a child writes on standard error: logged as warnings, for a child in good health writes
 * nothing there. The first lines are kept, which in a report of a crash say the most.
 */
final class ErrorOutput {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorOutput.class);
  private static final int KEPT = 6;

  /** Java begins the lines of its reports with number signs. */
  private static final CharMatcher MARGIN = CharMatcher.anyOf("# \t");

  private final long pid;
  private final Thread reader;

  @GuardedBy("this")
  private final List<String> first = new ArrayList<>();

  /** Starts to read. */
  ErrorOutput(Process process) {
    this.pid = process.pid();
    this.reader = new Thread(() -> read(process.getErrorStream()), "tangram-solver-errors");
    reader.setDaemon(true);
    reader.start();
  }

  /** Reads what is left of a stream, to its end. */
  void read(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, Charset.defaultCharset()))) {
      lines.lines().forEach(this::heard);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("the errors of solver process {} can't be read", pid, e);
    }
  }

  private void heard(String line) {
    String text = MARGIN.trimFrom(line);
    if (text.isEmpty()) {
      return;
    }
    LOG.warn("solver process {}: {}", pid, text);
    synchronized (this) {
      if (first.size() < KEPT) {
        first.add(text);
      }
    }
  }

  /** Forgets the lines kept so far: what comes next is about something else. */
  synchronized void forget() {
    first.clear();
  }

  /** Returns the first lines since the last call of {@link #forget}, if the child has ended. */
  ImmutableList<String> firstLines(long patienceMillis) {
    try {
      reader.join(patienceMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      return ImmutableList.copyOf(first);
    }
  }
}
