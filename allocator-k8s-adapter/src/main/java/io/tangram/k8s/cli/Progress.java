package io.tangram.k8s.cli;

import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationProblem;
import io.tangram.k8s.read.InputFile;
import java.util.List;

/** Shows somebody what is going on. */
interface Progress extends AllocationListener {

  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void reading(List<InputFile> files) {}

        @Override
        public void compiling(AllocationProblem problem) {}

        @Override
        public void writing() {}

        @Override
        public void clear() {}

        @Override
        public void on(Event event) {}
      };

  /** Returns what shows progress in these surroundings. */
  static Progress on(Surroundings surroundings, AllocateSettings settings) {
    return surroundings.terminal()
        ? new TerminalProgress(surroundings.err(), settings.amounts(), surroundings.interruption())
        : NONE;
  }

  /** The files are being read. */
  void reading(List<InputFile> files);

  /** The problem is being compiled. */
  void compiling(AllocationProblem problem);

  /** The result is being written. */
  void writing();

  /** Nothing goes on any more; what was shown disappears. */
  void clear();
}
