package io.tangram.solver.process;

import static io.tangram.solver.process.Searches.DEFAULT;
import static io.tangram.solver.process.Searches.ENDLESS;
import static io.tangram.solver.process.Searches.SHORT;
import static io.tangram.solver.process.Searches.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.MoreCollectors;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.solver.cpsat.CpHost;
import io.tangram.solver.cpsat.CpIncumbent;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.Knapsacks;
import io.tangram.solver.cpsat.ThisProcess;
import io.tangram.solver.limit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SolverProcessesTest {

  private final SolverProcesses processes = new SolverProcesses(ProcessOptions.DEFAULTS);
  private final CpHost host = processes.forAllocation(77);

  @AfterEach
  void endProcesses() {
    processes.close();
  }

  @Test
  void answersAsThisProcessWould() {
    CpSolverResponse here = search(new ThisProcess(), SHORT);

    CpSolverResponse there = search(host, SHORT);

    assertThat(there.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
    assertThat(there.toBuilder().clearWallTime().clearUserTime().build())
        .isEqualTo(here.toBuilder().clearWallTime().clearUserTime().build());
  }

  @Test
  void tellsTheListenerOfTheIncumbentsThatThisProcessWouldFind() {
    List<List<Long>> here = new ArrayList<>();
    List<List<Long>> there = new ArrayList<>();

    search(new ThisProcess(), SHORT, incumbent -> here.add(read(incumbent)));
    search(host, SHORT, incumbent -> there.add(read(incumbent)));

    assertThat(there).isNotEmpty().isEqualTo(here);
  }

  private static List<Long> read(CpIncumbent incumbent) {
    List<Long> all = new ArrayList<>();
    all.add(incumbent.objective());
    all.add(incumbent.bound().orElseThrow());
    for (long value : incumbent.values()) {
      all.add(value);
    }
    return all;
  }

  @Test
  void usesAChildAgain() {
    search(host, SHORT);
    SolverProcess first = onlyChild();

    search(host, SHORT);
    search(processes.forAllocation(1), SHORT);

    assertThat(onlyChild()).isSameAs(first);
  }

  @Test
  void startsAChildAheadOfNeed() {
    processes.preload();
    SolverProcess first = onlyChild();

    processes.preload();
    search(host, SHORT);

    assertThat(onlyChild()).isSameAs(first);
  }

  @Test
  void givesEachConcurrentSearchAChild() throws Exception {
    Cancellation cancellation = Cancellation.create();
    CountDownLatch one = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    List<CompletableFuture<CpSolverResponse>> running =
        List.of(searchUntil(cancellation, one), searchUntil(cancellation, other));

    one.await();
    other.await();
    List<SolverProcess> children = processes.all();
    cancellation.cancel();

    assertThat(children).hasSize(2).allMatch(SolverProcess::isAlive);
    assertThat(running).allMatch(each -> each.join().getStatus() == CpSolverStatus.FEASIBLE);
    assertThat(processes.all()).hasSameElementsAs(children);
  }

  private CompletableFuture<CpSolverResponse> searchUntil(
      Cancellation cancellation, CountDownLatch begun) {
    Deadline deadline = Deadline.after(Duration.ofMinutes(10), cancellation);
    return CompletableFuture.supplyAsync(
        () -> host.search(ENDLESS, DEFAULT, deadline, incumbent -> begun.countDown()),
        // The common pool of two cores has one thread.
        search -> new Thread(search).start());
  }

  @Test
  void keepsNoMoreIdleChildrenThanAsked() {
    try (SolverProcesses none =
        new SolverProcesses(ProcessOptions.builder().idleProcesses(0).build())) {
      search(none.forAllocation(1), SHORT);

      assertThat(none.all()).isEmpty();
    }
  }

  @Test
  void endsASearchAtItsDeadline() {
    Deadline deadline = Deadline.after(Duration.ofSeconds(3), Cancellation.never());

    CpSolverResponse response = host.search(ENDLESS, DEFAULT, deadline, CpListener.NONE);

    assertThat(response.getStatus()).isIn(CpSolverStatus.FEASIBLE, CpSolverStatus.UNKNOWN);
    assertThat(deadline.hasPassed()).isTrue();
    assertThat(search(host, SHORT).getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
  }

  @Test
  void endsASearchThatIsCancelledAndUsesItsChildAgain() {
    Cancellation cancellation = Cancellation.create();
    Deadline deadline = Deadline.after(Duration.ofMinutes(10), cancellation);

    CpSolverResponse response =
        host.search(ENDLESS, DEFAULT, deadline, incumbent -> cancellation.cancel());
    SolverProcess first = onlyChild();
    CpSolverResponse next = search(host, SHORT);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.FEASIBLE);
    assertThat(next.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
    assertThat(onlyChild()).isSameAs(first);
  }

  @Test
  void startsNothingWhereThereIsNoTime() {
    Cancellation cancelled = Cancellation.create();
    cancelled.cancel();
    Deadline deadline = Deadline.after(Duration.ofMinutes(10), cancelled);

    CpSolverResponse response = host.search(SHORT, DEFAULT, deadline, CpListener.NONE);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.UNKNOWN);
    assertThat(processes.all()).isEmpty();
  }

  @Test
  void handsOnWhatTheListenerThrowsAndUsesTheChildAgain() {
    IllegalStateException thrown = new IllegalStateException("enough");
    CpListener throwing =
        incumbent -> {
          throw thrown;
        };

    assertThatThrownBy(() -> search(host, ENDLESS, throwing)).isSameAs(thrown);

    SolverProcess first = onlyChild();
    search(host, SHORT);
    assertThat(onlyChild()).isSameAs(first);
  }

  @Test
  void goesOnWithTheIncumbentOfAChildThatIsKilled() {
    List<Long> objectives = new ArrayList<>();

    CpSolverResponse response =
        search(
            host,
            ENDLESS,
            incumbent -> {
              objectives.add(incumbent.objective());
              kill(onlyChild());
            });
    CpSolverResponse next = search(host, SHORT);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.FEASIBLE);
    assertThat(response.getSolutionCount()).isEqualTo(ENDLESS.getVariablesCount());
    assertThat(objectives).last().isEqualTo(Math.round(response.getObjectiveValue()));
    assertThat(next.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
  }

  @Test
  void startsAnotherChildForOneThatEndedWhileIdle() throws Exception {
    search(host, SHORT);
    SolverProcess first = onlyChild();
    kill(first);
    ProcessHandle.of(first.pid()).ifPresent(handle -> handle.onExit().join());

    CpSolverResponse response = search(host, SHORT);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
    assertThat(onlyChild()).isNotSameAs(first);
  }

  @Test
  void failsWhenItsChildrenAreKilledAgainAndAgain() {
    CpListener killing = incumbent -> kill(onlyChild());
    search(host, ENDLESS, killing);
    search(host, ENDLESS, killing);

    assertThatThrownBy(() -> search(host, ENDLESS, killing))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("3 solver processes ended by themselves")
        .hasMessageContaining("seed 77")
        .hasMessageContaining("exit status 137 (signal 9)")
        .hasMessageContaining("\"knapsack\" of 120 variables");
    assertThat(search(processes.forAllocation(1), SHORT).getStatus())
        .isEqualTo(CpSolverStatus.OPTIMAL);
  }

  @Test
  void leavesTheSignalsOfATerminalToTheParent() {
    boolean[] asked = {false};

    CpSolverResponse response =
        search(
            host,
            SHORT,
            incumbent -> asked[0] = ProcessHandle.of(onlyChild().pid()).orElseThrow().destroy());
    SolverProcess first = onlyChild();
    search(host, SHORT);

    assertThat(asked[0]).isTrue();
    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
    assertThat(onlyChild()).isSameAs(first);
  }

  @Test
  void searchesForAThreadThatIsInterrupted() {
    Thread.currentThread().interrupt();

    CpSolverResponse response = search(host, SHORT);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
  }

  @Test
  void saysThatTheHeapIsTooSmallForAModel() {
    ProcessOptions small = ProcessOptions.builder().heapMebibytes(16).build();
    try (SolverProcesses tight = new SolverProcesses(small)) {
      CpHost tightHost = tight.forAllocation(1);

      assertThatThrownBy(() -> search(tightHost, Knapsacks.builder(60_000, 3).build()))
          .isInstanceOf(AllocatorException.class)
          .hasMessageContaining("raise ProcessOptions.heapMebibytes");
    }
  }

  @Test
  void saysThatThereIsNoJava() {
    ProcessOptions missing = ProcessOptions.builder().java(Path.of("no", "java")).build();
    try (SolverProcesses none = new SolverProcesses(missing)) {
      assertThatThrownBy(() -> search(none.forAllocation(1), SHORT))
          .isInstanceOf(AllocatorException.class)
          .hasMessageContaining("ProcessOptions.java");
    }
  }

  @Test
  void saysThatTheClassPathLacksTheProgram() {
    ProcessOptions lacking = ProcessOptions.builder().classPath("nothing.jar").build();
    try (SolverProcesses none = new SolverProcesses(lacking)) {
      assertThatThrownBy(() -> search(none.forAllocation(1), SHORT))
          .isInstanceOf(AllocatorException.class)
          .hasMessageContaining("before it was ready with exit status 1")
          .hasMessageContaining(SolverProgram.class.getName())
          .hasMessageContaining("ProcessOptions.classPath");
    }
  }

  @Test
  void endsItsChildrenWhenItIsClosed() {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<CpSolverResponse> running =
        CompletableFuture.supplyAsync(
            () -> search(host, ENDLESS, incumbent -> begun.complete(null)));
    begun.join();
    ProcessHandle child = ProcessHandle.of(onlyChild().pid()).orElseThrow();

    processes.close();

    child.onExit().join();
    assertThat(running.join().getStatus()).isEqualTo(CpSolverStatus.FEASIBLE);
    assertThatThrownBy(() -> search(host, SHORT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private SolverProcess onlyChild() {
    return processes.all().stream().collect(MoreCollectors.onlyElement());
  }

  private static void kill(SolverProcess child) {
    ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }
}
