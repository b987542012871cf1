package io.tangram.solver.process;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.api.AllocatorException;
import io.tangram.solver.cpsat.CpHost;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.limit.Deadline;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the searches of one allocation run, each in a child; see {@link SolverProcesses}. */
final class ChildHost implements CpHost {

  /** When so many children have ended by themselves, the allocation fails. */
  static final int MOST_ENDS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ChildHost.class);

  private final SolverProcesses processes;
  private final long seed;
  private final AtomicInteger ends = new AtomicInteger();

  ChildHost(SolverProcesses processes, long seed) {
    this.processes = processes;
    this.seed = seed;
  }

  @Override
  public CpSolverResponse search(
      CpModelProto model, SatParameters parameters, Deadline deadline, CpListener listener) {
    while (!deadline.hasPassed()) {
      SolverProcess child = processes.take();
      try {
        return new RemoteSearch(child, model, deadline, listener, processes.patience())
            .run(parameters);
      } catch (ProcessEndedException e) {
        if (!deadline.hasPassed() && ends.incrementAndGet() >= MOST_ENDS) {
          throw tooManyEnds(e, model);
        }
        LOG.warn("the allocation goes on: {}", e.getMessage());
        if (e.incumbent().isPresent()) {
          return e.incumbent().get();
        }
      } finally {
        processes.giveBack(child);
      }
    }
    return CpSolverResponse.getDefaultInstance();
  }

  private AllocatorException tooManyEnds(ProcessEndedException e, CpModelProto model) {
    return new AllocatorException(
        MOST_ENDS
            + " solver processes ended by themselves in one allocation with seed "
            + seed
            + ", the last with the model \""
            + model.getName()
            + "\" of "
            + model.getVariablesCount()
            + " variables. "
            + e.getMessage(),
        e);
  }
}
