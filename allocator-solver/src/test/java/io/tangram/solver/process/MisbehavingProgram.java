package io.tangram.solver.process;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;

/** A program in the place of {@link SolverProgram} that misbehaves as its argument says. */
final class MisbehavingProgram {

  /** The exit status of a program that ends when it should not. */
  static final int GAVE_UP = 7;

  private MisbehavingProgram() {}

  /** Misbehaves. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "ends before it is ready" -> giveUp();
      case "is never ready" -> {}
      case "babbles" -> System.out.println("Hello, parent!");
      case "ends in a search" -> {
        awaitModel();
        giveUp();
      }
      case "ends in the first search" -> {
        if (Files.notExists(Path.of(arguments[1]))) {
          awaitModel();
          Files.createFile(Path.of(arguments[1]));
          giveUp();
        }
        SolverProgram.main(new String[0]);
      }
      case "never answers" -> say(Message.Kind.IMPROVED, allZero(awaitModel()));
      case "says it is ready in a search" -> {
        awaitModel();
        Message.of(Message.Kind.READY).writeTo(System.out);
      }
      default -> throw new IllegalArgumentException("no misbehaviour called " + arguments[0]);
    }
    waitForEndOfInput();
  }

  private static void giveUp() {
    System.err.println("I give up.");
    Runtime.getRuntime().halt(GAVE_UP);
  }

  private static CpModelProto awaitModel() throws IOException {
    Message.of(Message.Kind.READY).writeTo(System.out);
    while (true) {
      Optional<Message> next = Message.read(System.in);
      if (next.orElseThrow().kind() == Message.Kind.MODEL) {
        return (CpModelProto) next.get().content();
      }
    }
  }

  private static void say(Message.Kind kind, CpSolverResponse content) throws IOException {
    new Message(kind, content).writeTo(System.out);
  }

  private static CpSolverResponse allZero(CpModelProto model) {
    return CpSolverResponse.newBuilder()
        .setStatus(CpSolverStatus.FEASIBLE)
        .setBestObjectiveBound(1e9)
        .addAllSolution(Collections.nCopies(model.getVariablesCount(), 0L))
        .build();
  }

  private static void waitForEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // what else comes is ignored
    }
  }
}
