package io.tangram.solver.model;

import com.google.ortools.sat.IntVar;
import io.tangram.solver.cpsat.CpModelBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a relaxed solution serves and nobody could place. */
final class Unplaced {

  private record Some(IntVar units, long placed, long missing) {}

  private final List<Some> all = new ArrayList<>();

  /** Forgets everything, for the next solution. */
  void clear() {
    all.clear();
  }

  /** Notes that of some units not all were placed, if that is so. */
  void add(IntVar units, long placed, long missing) {
    if (missing > 0) {
      all.add(new Some(units, placed, missing));
    }
  }

  /** How many units there are. */
  long count() {
    return all.stream().mapToLong(Some::missing).sum();
  }

  /** Lets no solution of a model serve more than was placed. */
  void exclude(CpModelBuilder model) {
    all.forEach(some -> model.addLessOrEqual(some.units(), some.placed()));
    all.clear();
  }
}
