package io.tangram.solver;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.Knapsacks;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.process.ProcessOptions;
import io.tangram.solver.process.SolverProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A program of its own that has children search, for tests of what is around them. */
final class IsolatedParent {

  private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

  private static final AllocationOptions MINUTE =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  private IsolatedParent() {}

  /** Does what its argument says. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "allocate" -> allocate();
      case "search" -> search();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void allocate() throws IOException {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 1)
            .claims(MigFleet.claims(ImmutableMap.of("3g.40gb", 9, "4g.40gb", 9)))
            .build();
    try (IsolatedAllocator allocator = new IsolatedAllocator()) {
      AllocationPlan plan = allocator.allocate(problem, MINUTE);
      System.out.println(plan.allocations().size() + " allocated, " + plan.status());
    }
    boolean loaded =
        Files.exists(MAPPED_FILES) && Files.readString(MAPPED_FILES).contains("ortools");
    System.out.println(loaded ? "native code" : "no native code");
  }

  /** Prints the child's process number when its search is under way, which never ends. */
  private static void search() {
    new SolverProcesses(ProcessOptions.DEFAULTS)
        .forAllocation(1)
        .search(
            Knapsacks.builder(120, 30).build(),
            CpParameters.defaults().toProto(),
            Deadline.never(),
            incumbent -> System.out.println(Children.all().get(0).pid()));
  }
}
