package io.tangram.solver.process;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.solver.cpsat.CpHost;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.Knapsacks;
import io.tangram.solver.limit.Deadline;

/** Models and searches for tests. */
final class Searches {

  /** Solved to proof in a fifth of a second. */
  static final CpModelProto SHORT = Knapsacks.builder(60, 10).build();

  /** Solutions come soon, proof never. */
  static final CpModelProto ENDLESS = Knapsacks.builder(120, 30).build();

  static final SatParameters DEFAULT = CpParameters.defaults().toProto();

  private Searches() {}

  static CpSolverResponse search(CpHost host, CpModelProto model, CpListener listener) {
    return host.search(model, DEFAULT, Deadline.never(), listener);
  }

  static CpSolverResponse search(CpHost host, CpModelProto model) {
    return search(host, model, CpListener.NONE);
  }
}
