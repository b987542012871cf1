package io.tangram.solver.process;

import com.google.common.base.Throwables;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.api.Cancellation;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search in a child. It ends with the child's answer, with the child, or, where the child does
 * not end when its time is over, by ending the child.
 */
final class RemoteSearch {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteSearch.class);

  private final SolverProcess child;
  private final CpModelProto model;
  private final Deadline deadline;
  private final CpListener listener;
  private final Patience patience;
  private Optional<CpSolverResponse> incumbent = Optional.empty();
  private @Nullable Throwable failure;
  private Deadline end = Deadline.never();
  private boolean stopped;

  RemoteSearch(
      SolverProcess child,
      CpModelProto model,
      Deadline deadline,
      CpListener listener,
      Patience patience) {
    this.child = child;
    this.model = model;
    this.deadline = deadline;
    this.listener = listener;
    this.patience = patience;
  }

  /**
   * Searches. May be run once.
   *
   * @return the answer, or the best solution sent where the child had to be ended; UNKNOWN where
   *     there is none
   * @throws ProcessEndedException if the child ended before it had answered
   * @throws RuntimeException what the listener threw
   */
  @SuppressWarnings("try") // the subscription is only to be closed
  CpSolverResponse run(SatParameters parameters) throws ProcessEndedException {
    try (Cancellation.Subscription ignored = deadline.cancellation().onCancel(child::wake)) {
      if (!child.awaitReady(deadline)) {
        return best();
      }
      Duration time = deadline.remaining();
      if (time.isZero()) {
        return best();
      }
      child.forgetErrors();
      child.send(
          new Message(
              Message.Kind.PARAMETERS,
              parameters.toBuilder().setMaxTimeInSeconds(time.toNanos() / 1e9).build()));
      child.send(new Message(Message.Kind.MODEL, model));
      end = afterNow(time.plus(patience.toStop()));
      CpSolverResponse answer = awaitAnswer();
      rethrowFailure();
      return answer;
    }
  }

  private CpSolverResponse awaitAnswer() throws ProcessEndedException {
    while (true) {
      @Nullable ProcessEvent event = child.next(end.remaining());
      if (event == null) {
        child.endFor("it did not stop in time");
        LOG.warn("solver process {} did not stop in time and is killed", child.pid());
        return best();
      } else if (event == ProcessEvent.Note.ENDED) {
        rethrowFailure();
        throw child.ended(incumbent);
      } else if (event == ProcessEvent.Note.WOKEN && deadline.hasPassed()) {
        stop();
      } else if (event instanceof Message message) {
        switch (message.kind()) {
          case IMPROVED -> heard((CpSolverResponse) message.content());
          case ANSWER -> {
            return (CpSolverResponse) message.content();
          }
          default -> child.endFor("it said " + message.kind() + " in the middle of a search");
        }
      }
    }
  }

  private void heard(CpSolverResponse solution) {
    incumbent = Optional.of(solution);
    if (failure == null) {
      try {
        listener.improved(new SentIncumbent(model.hasObjective(), solution));
      } catch (Throwable e) {
        failure = e;
        stop();
      }
    }
  }

  private void stop() {
    if (!stopped) {
      stopped = true;
      child.send(Message.of(Message.Kind.STOP));
      Deadline soon = afterNow(patience.toStop());
      end = soon.remaining().compareTo(end.remaining()) < 0 ? soon : end;
    }
  }

  private CpSolverResponse best() {
    return incumbent.orElse(CpSolverResponse.getDefaultInstance());
  }

  private static Deadline afterNow(Duration time) {
    return Deadline.after(time, Cancellation.never());
  }

  private void rethrowFailure() {
    if (failure != null) {
      Throwables.throwIfUnchecked(failure);
      throw new IllegalStateException(failure);
    }
  }
}
