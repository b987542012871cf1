package io.tangram.solver.process;

import static io.tangram.solver.process.Searches.DEFAULT;
import static io.tangram.solver.process.Searches.SHORT;
import static io.tangram.solver.process.Searches.search;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.solver.cpsat.CpHost;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searches side by side, disturbed at moments that a seed picks: each of them ends. */
class SolverProcessRacesTest {

  private static final int THREADS = 3;
  private static final int SEARCHES = 6;

  private final SolverProcesses processes = new SolverProcesses(ProcessOptions.DEFAULTS);

  @AfterEach
  void endProcesses() {
    processes.close();
  }

  @Test
  void survivesKillsOfAnyChildAtAnyTime() {
    List<String> outcomes = sideBySide(this::searchAndKill);

    assertThat(outcomes).hasSize(THREADS * SEARCHES).isSubsetOf("OPTIMAL", "FEASIBLE", "failed");
    assertThat(search(processes.forAllocation(1), SHORT).getStatus())
        .isEqualTo(CpSolverStatus.OPTIMAL);
  }

  private String searchAndKill(Random random) {
    CpHost host = processes.forAllocation(1);
    CpListener killing =
        incumbent -> {
          List<SolverProcess> children = processes.all();
          if (random.nextInt(10) == 0) {
            children.get(random.nextInt(children.size())).close();
          }
        };
    try {
      return search(host, SHORT, killing).getStatus().name();
    } catch (AllocatorException e) {
      return "failed";
    }
  }

  @Test
  void endsSearchesThatAreCancelledAtAnyTime() {
    List<String> outcomes = sideBySide(this::searchAndCancel);

    assertThat(outcomes).hasSize(THREADS * SEARCHES).isSubsetOf("OPTIMAL", "FEASIBLE", "UNKNOWN");
    assertThat(processes.all()).hasSizeLessThanOrEqualTo(THREADS);
    assertThat(search(processes.forAllocation(1), SHORT).getStatus())
        .isEqualTo(CpSolverStatus.OPTIMAL);
  }

  private String searchAndCancel(Random random) {
    Cancellation cancellation = Cancellation.create();
    Deadline deadline = Deadline.after(Duration.ofMinutes(10), cancellation);
    int[] left = {random.nextInt(8)};
    CompletableFuture<Void> cancelling =
        left[0] == 0
            ? CompletableFuture.runAsync(cancellation::cancel)
            : CompletableFuture.completedFuture(null);
    CpListener counting =
        incumbent -> {
          left[0]--;
          if (left[0] == 0) {
            cancellation.cancel();
          }
        };
    CpSolverResponse response =
        processes.forAllocation(1).search(SHORT, DEFAULT, deadline, counting);
    cancelling.join();
    return response.getStatus().name();
  }

  private static List<String> sideBySide(Function<Random, String> search) {
    List<CompletableFuture<List<String>>> running =
        IntStream.range(0, THREADS)
            .mapToObj(Random::new)
            .map(
                random ->
                    CompletableFuture.supplyAsync(
                        () ->
                            IntStream.range(0, SEARCHES)
                                .mapToObj(i -> search.apply(random))
                                .toList(),
                        searches -> new Thread(searches).start()))
            .toList();
    return running.stream().flatMap(each -> each.join().stream()).toList();
  }
}
