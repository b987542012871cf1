package io.tangram.solver.process;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tangram.api.AllocatorException;
import io.tangram.solver.cpsat.CpHost;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Child processes that search, one search each at a time. They are started when they are needed and
 * kept for the next search. Thread-safe.
 */
public final class SolverProcesses implements AutoCloseable {

  private final ImmutableList<String> command;
  private final int mostIdle;
  private final Patience patience;

  @GuardedBy("this")
  private final Deque<SolverProcess> idle = new ArrayDeque<>();

  @GuardedBy("this")
  private final Set<SolverProcess> all = new HashSet<>();

  @GuardedBy("this")
  private boolean closed;

  /** Prepares children; none is started yet. */
  public SolverProcesses(ProcessOptions options) {
    this(JavaCommand.of(options, SolverProgram.class), options.idleProcesses(), Patience.DEFAULT);
  }

  SolverProcesses(List<String> command, int mostIdle, Patience patience) {
    this.command = ImmutableList.copyOf(command);
    this.mostIdle = mostIdle;
    this.patience = patience;
  }

  /**
   * Returns where the searches of an allocation run: each in a child. A child that ends in the
   * middle of a search leaves the best solution it had sent as the answer; where it had sent none,
   * another child searches again. When {@value ChildHost#MOST_ENDS} children have ended in one
   * allocation, the search in progress fails with an {@link AllocatorException}.
   *
   * @param seed the allocation's seed, for messages
   */
  public CpHost forAllocation(long seed) {
    return new ChildHost(this, seed);
  }

  /**
   * Starts a child ahead of need and returns at once, unless there is one.
   *
   * @throws AllocatorException if it can't be started
   * @throws IllegalStateException if this is closed
   */
  public void preload() {
    giveBack(take());
  }

  /**
   * Returns a child that nobody else has, perhaps one that is not ready yet.
   *
   * @throws AllocatorException if none can be started
   * @throws IllegalStateException if this is closed
   */
  SolverProcess take() {
    synchronized (this) {
      requireOpen();
      while (!idle.isEmpty()) {
        SolverProcess child = idle.removeFirst();
        if (child.isAlive()) {
          return child;
        }
        all.remove(child);
      }
    }
    SolverProcess started = start();
    synchronized (this) {
      if (!closed) {
        all.add(started);
        return started;
      }
    }
    started.close();
    throw closedException();
  }

  private SolverProcess start() {
    try {
      return SolverProcess.start(command, patience);
    } catch (IOException e) {
      throw new AllocatorException(
          "The solver's process can't be started: "
              + e.getMessage()
              + ". It needs "
              + command.get(0)
              + "; ProcessOptions.java names another.",
          e);
    }
  }

  /** Takes a child back after its search. */
  synchronized void giveBack(SolverProcess child) {
    if (closed || idle.size() >= mostIdle || !child.isAlive()) {
      child.close();
      all.remove(child);
    } else if (child.isReady()) {
      idle.addFirst(child);
    } else {
      idle.addLast(child);
    }
  }

  Patience patience() {
    return patience;
  }

  /** The children that have not been seen to end. */
  synchronized ImmutableList<SolverProcess> all() {
    return ImmutableList.copyOf(all);
  }

  /**
   * Refuses further use.
   *
   * @throws IllegalStateException if this is closed
   */
  public synchronized void requireOpen() {
    if (closed) {
      throw closedException();
    }
  }

  private static IllegalStateException closedException() {
    return new IllegalStateException(
        "The allocator is closed, and its processes with it; make another.");
  }

  /** Ends all children, also those that search. */
  @Override
  public synchronized void close() {
    closed = true;
    all.forEach(SolverProcess::close);
    all.clear();
    idle.clear();
  }
}
