package io.tangram.k8s.cli;

/** What the command says when it ends. */
final class ExitCode {

  /** Everything asked for was done, also when some claims had to stay unallocated. */
  static final int DONE = 0;

  /** {@code verify} found a violation, or with {@code --require-all} something stayed out. */
  static final int UNSATISFIED = 1;

  /** Bad usage or bad input. */
  static final int BAD_INPUT = 2;

  /** The time limit passed before the problem was compiled. */
  static final int OUT_OF_TIME = 3;

  /** A fault of the program or of the machine it runs on. */
  static final int INTERNAL_ERROR = 70;

  /** Interrupted; the best plan so far is written. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
