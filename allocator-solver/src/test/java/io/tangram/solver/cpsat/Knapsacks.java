package io.tangram.solver.cpsat;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import java.util.Random;

/** Models for tests, as hard as wanted. */
public final class Knapsacks {

  private Knapsacks() {}

  /** Returns the same model as {@link #builder} as OR-Tools has it. */
  public static CpModel model(int items, int rows) {
    CpModel model = new CpModel();
    model.getBuilder().mergeFrom(builder(items, rows).build());
    return model;
  }

  /**
   * Returns a knapsack to maximise: every variable is in [0, 5], all 0 and all 1 are solutions.
   *
   * @param items how many variables
   * @param rows how many constraints; 60 items and 10 rows are solved in a fifth of a second, 120
   *     and 30 in no time anyone would wait
   */
  public static CpModelBuilder builder(int items, int rows) {
    CpModelBuilder model = new CpModelBuilder("knapsack");
    Random random = new Random(3);
    IntVar[] taken = new IntVar[items];
    for (int i = 0; i < items; i++) {
      taken[i] = model.newIntVar(0, 5, "taken[" + i + "]");
    }
    for (int row = 0; row < rows; row++) {
      long[] weights = random.longs(items, 1_000, 100_000).toArray();
      long room = 2 * java.util.Arrays.stream(weights).sum();
      model.addLessOrEqual(LinearExpr.weightedSum(taken, weights), room);
    }
    model.maximize(LinearExpr.weightedSum(taken, random.longs(items, 1_000, 100_000).toArray()));
    return model;
  }
}
