package io.tangram.solver.solverfacts;

import com.google.ortools.sat.SatParameters;
import com.google.ortools.sat.SolutionCallback;
import com.google.ortools.sat.SolveWrapper;
import io.tangram.solver.cpsat.Knapsacks;
import io.tangram.solver.cpsat.NativeLibrary;

/** A program that gives OR-Tools a callback of the kind its argument names. */
final class MisbehavingCallback {

  /** The exit value of a process that outlived its callback. */
  static final int SURVIVED = 42;

  private MisbehavingCallback() {}

  /** Solves a model with the callback; ends with {@link #SURVIVED} if it gets that far. */
  public static void main(String[] arguments) {
    NativeLibrary.load();
    SolveWrapper wrapper = new SolveWrapper();
    wrapper.setParameters(SatParameters.newBuilder().setNumWorkers(1).build());
    SolutionCallback throwing = new Throwing();
    switch (arguments[0]) {
      case "throwing" -> wrapper.addSolutionCallback(throwing);
      case "lambda" -> wrapper.addBestBoundCallback(bound -> {});
      default -> throw new IllegalArgumentException("no callback called " + arguments[0]);
    }
    wrapper.solve(Knapsacks.model(60, 10).model());
    System.exit(SURVIVED);
  }

  private static final class Throwing extends SolutionCallback {
    @Override
    public void onSolutionCallback() {
      throw new IllegalStateException("from the callback");
    }
  }
}
