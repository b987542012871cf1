package io.tangram.benchmarks.scale;

import java.io.IOException;
import java.util.List;

/** A line of {@link ScaleTable}: something that is run, and what it may take. */
sealed interface MeasuredRow permits ScaleRow, CommandRow {

  /** The name in capitals. */
  String name();

  /** How many seconds a run may take. */
  int seconds();

  /** The heap that it gets, in GiB. */
  int heapGibibytes();

  /**
   * Runs it, the first time in a fresh process.
   *
   * @param times how often, at least once
   * @return what each run came to, in order
   * @throws IOException if files or processes can't be made
   * @throws IllegalStateException if a run fails, and not just for its time; it says why
   */
  List<ScaleRun> run(int times) throws IOException;
}
