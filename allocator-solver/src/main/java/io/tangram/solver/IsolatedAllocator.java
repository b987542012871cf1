package io.tangram.solver;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.AllocatorException;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.process.ProcessOptions;
import io.tangram.solver.process.SolverProcesses;

/**
 * The optimal allocator for processes that can't risk native code, which may abort them or take
 * their memory: {@link CpSatAllocator}, but with CP-SAT's searches in child processes. Its plans
 * are the same.
 *
 * <p>Everything else happens here, without native code: OR-Tools' library is not even loaded. A
 * child is started when a search needs one, in about half a second, and serves the next searches as
 * well; parts of a problem that are searched side by side have a child each. Children end with
 * {@link #close} and with this process, however it ends.
 *
 * <p>When a child ends in the middle of a search, say because the operating system took it for its
 * memory, the allocation goes on with the best solution that the child had sent, or lets another
 * child search again. The plan may then be less good than it could be, never wrong, and what was
 * not proven says so. A child that does not stop when its time is over is ended two seconds later.
 *
 * <p>Thread-safe. What children write on standard error, reports of crashes included, is logged as
 * a warning.
 */
public final class IsolatedAllocator implements Allocator, AutoCloseable {

  private final SolverProcesses processes;

  /** Makes an allocator whose children run this process's Java on its class path. */
  public IsolatedAllocator() {
    this(ProcessOptions.DEFAULTS);
  }

  /**
   * Makes an allocator.
   *
   * @param options what its children are like
   */
  public IsolatedAllocator(ProcessOptions options) {
    this.processes = new SolverProcesses(options);
  }

  /** Returns the name of {@link CpSatAllocator}: where it searches makes no other allocator. */
  @Override
  public String name() {
    return CpSatAllocator.NAME;
  }

  /**
   * Starts a child ahead of need and returns at once, unless there is one.
   *
   * @throws AllocatorException if it can't be started
   * @throws IllegalStateException if this is closed
   */
  public void preload() {
    processes.preload();
  }

  /**
   * {@inheritDoc}
   *
   * @throws AllocatorException also if no child can be started, or the third child ends by itself
   *     during the allocation; the message has its exit status, the seed, and what it said
   * @throws IllegalStateException if this is closed, before or during the allocation
   */
  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    processes.requireOpen();
    CpEngine engine = new CpEngine(processes.forAllocation(options.seed()));
    return new CpSatAllocator(engine).allocate(problem, options);
  }

  /** Ends the children. Allocations in progress end soon, with an exception or what they have. */
  @Override
  public void close() {
    processes.close();
  }
}
