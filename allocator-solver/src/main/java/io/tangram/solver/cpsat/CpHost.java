package io.tangram.solver.cpsat;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.api.AllocatorException;
import io.tangram.solver.limit.Deadline;

/** Where searches run: {@linkplain ThisProcess here} or elsewhere. Thread-safe. */
public interface CpHost {

  /**
   * Searches.
   *
   * @param model the model
   * @param parameters how to search; the limit of time is set by the host, the limit of memory is
   *     what the search may add to its process
   * @param deadline when to end
   * @param listener hears of better solutions
   * @return OR-Tools' answer; UNKNOWN and else empty where there was no time
   * @throws AllocatorException if nobody can search there
   */
  CpSolverResponse search(
      CpModelProto model, SatParameters parameters, Deadline deadline, CpListener listener);
}
