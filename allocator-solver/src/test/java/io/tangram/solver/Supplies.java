package io.tangram.solver;

import io.tangram.api.AllocationProblem;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Expectation;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.Partition;
import io.tangram.solver.symmetry.ReadMeasures;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.TiedTraits;
import java.util.BitSet;

/** What the devices of small problems can supply. */
public final class Supplies {

  private Supplies() {}

  /** Returns the supply of a problem of one part, wherever it is. */
  public static Supply of(AllocationProblem problem) {
    CompiledProblem compiled = CompiledProblem.of(problem, Deadline.never());
    Measures measures = new Measures(compiled);
    Expectation expectation = new Expectation(compiled, measures);
    Candidates candidates = new Candidates(compiled, expectation);
    Part part = Part.together(Partition.of(compiled, candidates));
    return Supply.of(
            compiled,
            candidates,
            part,
            TiedTraits.none(),
            new ReadMeasures(measures, false, false, expectation),
            new BitSet(),
            Deadline.never())
        .orElseThrow();
  }
}
