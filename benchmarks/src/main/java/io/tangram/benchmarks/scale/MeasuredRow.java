package io.tangram.benchmarks.scale;

import java.io.IOException;
import java.util.List;

/** A line of {@link ScaleTable}: something that is run, and what it may take. */
sealed interface MeasuredRow permits ScaleRow, CommandRow {

  /** The name in capitals. */
  String name();

  /** What a run may take. */
  Allowance allowance();

  /**
   * Runs it, the first time in a process set up to allocate once, the second in a fresh one too.
   *
   * @param times how often, at least twice
   * @return what each run came to, in order
   * @throws IOException if files or processes can't be made
   * @throws IllegalStateException if a run fails, and not just for its time; it says why
   */
  List<ScaleRun> run(int times) throws IOException;
}
