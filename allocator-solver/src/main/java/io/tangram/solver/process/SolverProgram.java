package io.tangram.solver.process;

import com.google.common.util.concurrent.Uninterruptibles;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.solver.cpsat.CpHost;
import io.tangram.solver.cpsat.NativeLibrary;
import io.tangram.solver.cpsat.ThisProcess;
import io.tangram.solver.limit.Deadline;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of a child process: searches what standard input brings, one search at a time, and
 * answers on standard output. It ends with its input, so with its parent, whatever it is doing.
 */
public final class SolverProgram {

  private static final Logger LOG = LoggerFactory.getLogger(SolverProgram.class);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final InputStream orders;
  private final OutputStream answers;
  private final CpHost host = new ThisProcess();
  private final BlockingQueue<Order> waiting = new LinkedBlockingQueue<>();

  /** A search that was asked for. */
  private record Order(CpModelProto model, SatParameters parameters, Deadline deadline) {}

  private SolverProgram(InputStream orders, OutputStream answers) {
    this.orders = orders;
    this.answers = answers;
  }

  /** Runs the program; it takes no arguments. */
  public static void main(String[] arguments) {
    InputStream orders = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    OutputStream answers = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    // What prints must not get between the answers.
    System.setOut(System.err);
    Runtime.getRuntime().addShutdownHook(new Thread(SolverProgram::waitForParent));
    try {
      NativeLibrary.load();
      new SolverProgram(orders, answers).run();
    } catch (AllocatorException e) {
      LOG.error(e.getMessage());
    } catch (Throwable e) {
      LOG.error("the search failed", e);
    }
    Runtime.getRuntime().halt(1);
  }

  /**
   * Keeps the process from ending. A terminal or a service manager sends its signals to parent and
   * children alike; what they mean is the parent's to decide.
   */
  private static void waitForParent() {
    Uninterruptibles.awaitUninterruptibly(new CountDownLatch(1));
  }

  private void run() throws IOException, InterruptedException {
    Thread reader = new Thread(this::takeOrders, "tangram-orders");
    reader.setDaemon(true);
    reader.start();
    send(Message.of(Message.Kind.READY));
    while (true) {
      Order order = waiting.take();
      CpSolverResponse answer =
          host.search(
              order.model(),
              order.parameters(),
              order.deadline(),
              incumbent ->
                  send(new Message(Message.Kind.IMPROVED, SentIncumbent.responseOf(incumbent))));
      send(new Message(Message.Kind.ANSWER, answer));
    }
  }

  /** Never returns: with the orders the process ends. */
  private void takeOrders() {
    int status = 0;
    try {
      readOrders();
    } catch (Throwable e) {
      LOG.error("the parent can't be understood", e);
      status = 1;
    }
    Runtime.getRuntime().halt(status);
  }

  private void readOrders() throws IOException {
    SatParameters parameters = SatParameters.getDefaultInstance();
    Deadline deadline = Deadline.never();
    Cancellation cancellation = Cancellation.create();
    for (Optional<Message> next = Message.read(orders);
        next.isPresent();
        next = Message.read(orders)) {
      switch (next.get().kind()) {
        case PARAMETERS -> {
          parameters = (SatParameters) next.get().content();
          cancellation = Cancellation.create();
          deadline = Deadline.after(time(parameters), cancellation);
        }
        case MODEL ->
            waiting.add(new Order((CpModelProto) next.get().content(), parameters, deadline));
        case STOP -> cancellation.cancel();
        default -> throw new IOException("A parent does not say " + next.get().kind() + ".");
      }
    }
  }

  private static Duration time(SatParameters parameters) {
    return Duration.ofNanos((long) (parameters.getMaxTimeInSeconds() * NANOS_PER_SECOND));
  }

  /** The search's own threads send incumbents, one at a time, and none after its answer. */
  private void send(Message message) {
    try {
      message.writeTo(answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
