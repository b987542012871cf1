package io.tangram.solver.process;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.SatParameters;
import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What this process and a child say to each other: a byte for the kind, then a protobuf message
 * after its length.
 *
 * <p>A search is {@link Kind#PARAMETERS} and {@link Kind#MODEL}; the child replies with any number
 * of {@link Kind#IMPROVED} and one {@link Kind#ANSWER}. Before the first search it says {@link
 * Kind#READY}. {@link Kind#STOP} ends the search in progress and means nothing where none is.
 */
record Message(Kind kind, MessageLite content) implements ProcessEvent {

  /** The kinds, and what each contains. */
  enum Kind {
    /** From the parent: how to search; the limit of time counts from now. */
    PARAMETERS(0xE0, SatParameters.parser()),
    /** From the parent: the model to search. */
    MODEL(0xE1, CpModelProto.parser()),
    /** From the parent: end the search. */
    STOP(0xE2, Empty.parser()),
    /** From the child: it is ready for searches. */
    READY(0xE3, Empty.parser()),
    /** From the child: a better solution, with its objective value and the bound. */
    IMPROVED(0xE4, CpSolverResponse.parser()),
    /** From the child: what the search came to. */
    ANSWER(0xE5, CpSolverResponse.parser());

    /** No letter of ASCII, so that text which strays into a stream is found out. */
    private final int code;

    private final Parser<? extends MessageLite> parser;

    Kind(int code, Parser<? extends MessageLite> parser) {
      this.code = code;
      this.parser = parser;
    }

    private static Kind ofCode(int code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("a message begins with byte " + code + ", which is no kind");
    }
  }

  /** A message whose kind says it all. */
  static Message of(Kind kind) {
    return new Message(kind, Empty.getDefaultInstance());
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(kind.code);
    content.writeDelimitedTo(out);
    out.flush();
  }

  /**
   * Reads the next message.
   *
   * @return the message, or nothing at the end of the stream
   * @throws IOException if the stream fails, ends within a message, or holds something else
   */
  static Optional<Message> read(InputStream in) throws IOException {
    int code = in.read();
    if (code < 0) {
      return Optional.empty();
    }
    Kind kind = Kind.ofCode(code);
    MessageLite content = kind.parser.parseDelimitedFrom(in);
    if (content == null) {
      throw new IOException("the stream ends within a message " + kind);
    }
    return Optional.of(new Message(kind, content));
  }
}
