package io.tangram.solver.process;

import static io.tangram.solver.process.Searches.DEFAULT;
import static io.tangram.solver.process.Searches.SHORT;
import static io.tangram.solver.process.Searches.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.solver.cpsat.CpHost;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.limit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a child does, its parent neither hangs nor takes it for an answer. */
class MisbehavingChildTest {

  private static final Patience SHORT_PATIENCE =
      new Patience(Duration.ofMinutes(1), Duration.ofMillis(10));

  private SolverProcesses processes = new SolverProcesses(ProcessOptions.DEFAULTS);

  @TempDir Path folder;

  @AfterEach
  void endProcesses() {
    processes.close();
  }

  @Test
  void failsWhenNoChildGetsReady() {
    CpHost host = children(SHORT_PATIENCE, "ends before it is ready");

    assertThatThrownBy(() -> search(host, SHORT))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("before it was ready with exit status 7")
        .hasMessageContaining("I give up.")
        .hasMessageContaining("seed 5");
  }

  @Test
  void failsWhenEveryChildEndsInTheSearch() {
    CpHost host = children(SHORT_PATIENCE, "ends in a search");

    assertThatThrownBy(() -> search(host, SHORT))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("ended with exit status 7")
        .hasMessageContaining("I give up.");
  }

  @Test
  void searchesAgainWhereTheFirstChildFoundNothing() {
    CpHost host =
        children(SHORT_PATIENCE, "ends in the first search", folder.resolve("marker").toString());

    CpSolverResponse response = search(host, SHORT);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
  }

  @Test
  void waitsForAChildNoLongerThanTheDeadlineAndLetsItGetReady() {
    CpHost host = children(SHORT_PATIENCE, "is never ready");
    Deadline deadline = Deadline.after(Duration.ofMillis(50), Cancellation.never());

    CpSolverResponse response = host.search(SHORT, DEFAULT, deadline, CpListener.NONE);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.UNKNOWN);
    assertThat(processes.all()).hasSize(1).allMatch(SolverProcess::isAlive);
  }

  @Test
  void endsAChildThatDoesNotGetReady() {
    Patience none = new Patience(Duration.ofMillis(10), Duration.ofMillis(10));
    CpHost host = children(none, "is never ready");

    assertThatThrownBy(() -> search(host, SHORT))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("it was not ready in PT0.01S");
  }

  @Test
  void endsAChildThatWritesSomethingElse() {
    CpHost host = children(SHORT_PATIENCE, "babbles");

    assertThatThrownBy(() -> search(host, SHORT))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("it can't be understood (a message begins with byte 72");
  }

  @Test
  void endsAChildThatSaysTheWrongThing() {
    CpHost host = children(SHORT_PATIENCE, "says it is ready in a search");

    assertThatThrownBy(() -> search(host, SHORT))
        .isInstanceOf(AllocatorException.class)
        .hasMessageContaining("it said READY in the middle of a search");
  }

  @Test
  void endsAChildThatGoesOnAfterTheDeadlineAndKeepsItsIncumbent() {
    CpHost host = children(SHORT_PATIENCE, "never answers");
    Deadline deadline = Deadline.after(Duration.ofSeconds(2), Cancellation.never());

    CpSolverResponse response = host.search(SHORT, DEFAULT, deadline, CpListener.NONE);

    assertThat(response.getStatus()).isIn(CpSolverStatus.FEASIBLE, CpSolverStatus.UNKNOWN);
    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void endsAChildThatGoesOnAfterItWasCancelledAndKeepsItsIncumbent() {
    CpHost host = children(SHORT_PATIENCE, "never answers");
    Cancellation cancellation = Cancellation.create();
    Deadline deadline = Deadline.after(Duration.ofMinutes(10), cancellation);

    CpSolverResponse response =
        host.search(SHORT, DEFAULT, deadline, incumbent -> cancellation.cancel());

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.FEASIBLE);
    assertThat(response.getSolutionList()).hasSize(60).containsOnly(0L);
    assertThat(processes.all()).isEmpty();
  }

  @Test
  void handsOnWhatTheListenerThrowsWhenTheChildDoesNotStop() {
    CpHost host = children(SHORT_PATIENCE, "never answers");
    IllegalStateException thrown = new IllegalStateException("enough");
    CpListener throwing =
        incumbent -> {
          throw thrown;
        };

    assertThatThrownBy(() -> search(host, SHORT, throwing)).isSameAs(thrown);
  }

  private CpHost children(Patience patience, String... misbehaviour) {
    processes =
        new SolverProcesses(
            JavaCommand.of(ProcessOptions.DEFAULTS, MisbehavingProgram.class, misbehaviour),
            1,
            patience);
    return processes.forAllocation(5);
  }
}
