package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.k8s.cel.CelSelectors;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** The command with an allocator that says when it works, and works until it is interrupted. */
final class InterruptibleCommand {

  static final String WORKING = "working";

  private InterruptibleCommand() {}

  public static void main(String[] args) {
    Interruption interruption = new Interruption();
    interruption.listen();
    ScriptedAllocator endless =
        new ScriptedAllocator(
            "optimal",
            (problem, options) -> {
              CountDownLatch cancelled = new CountDownLatch(1);
              options.cancellation().onCancel(cancelled::countDown);
              System.err.println(WORKING);
              try {
                cancelled.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return new FirstFitAllocator().allocate(problem, AllocationOptions.DEFAULTS);
            });
    int exitCode =
        Tangram.run(
            args,
            new Surroundings(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                System.err,
                ImmutableMap.of(),
                false,
                InstantSource.system(),
                interruption),
            new Engines(
                ImmutableMap.of("optimal", () -> endless),
                new CelSelectors()::compile,
                allocator -> {}));
    interruption.finished();
    System.exit(exitCode);
  }
}
