package io.tangram.solver.cpsat;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.api.Cancellation;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;

/** Searches in this process, on the caller's thread. Loads the native library when first used. */
public final class ThisProcess implements CpHost {

  @Override
  @SuppressWarnings("try") // the subscription is only to be closed
  public CpSolverResponse search(
      CpModelProto model, SatParameters parameters, Deadline deadline, CpListener listener) {
    NativeLibrary.load();
    try (CpSearch search = new CpSearch(model, parameters, listener);
        Cancellation.Subscription ignored = deadline.cancellation().onCancel(search::stop)) {
      Duration time = deadline.remaining();
      return time.isZero() ? CpSolverResponse.getDefaultInstance() : search.run(time);
    }
  }
}
