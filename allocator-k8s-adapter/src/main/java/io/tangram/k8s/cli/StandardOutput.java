package io.tangram.k8s.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.util.Optional;

/**
 * Standard output. It remembers the first failure, so that none is lost in the writers of text,
 * which keep failures to themselves.
 */
final class StandardOutput extends OutputStream {

  private static final String NAME = "standard output";
  private static final String BROKEN_PIPE = "Broken pipe";

  private final Optional<OutputStream> out;
  private Optional<IOException> failure = Optional.empty();

  private StandardOutput(Optional<OutputStream> out) {
    this.out = out;
  }

  /** Returns the output that goes to {@code out}. */
  static StandardOutput to(OutputStream out) {
    return new StandardOutput(Optional.of(out));
  }

  /** Returns an output that was closed when the command started. */
  static StandardOutput closed() {
    return new StandardOutput(Optional.empty());
  }

  /**
   * Refuses to go on where what is going to be written would be lost.
   *
   * @throws UsageException if the output is closed
   */
  void requireOpen() {
    if (out.isEmpty()) {
      throw new UsageException(NAME + " is closed; open it, or send it to a file.");
    }
  }

  /** What was first thrown when something was written. */
  Optional<IOException> failure() {
    return failure;
  }

  /** Whether a failure says that who reads the output wants no more of it, as {@code head} does. */
  static boolean isReaderGone(Throwable failure) {
    return failure instanceof FileSystemException lost
        && NAME.equals(lost.getFile())
        && BROKEN_PIPE.equals(lost.getReason());
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    guarded(to -> to.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    guarded(OutputStream::flush);
  }

  private interface Action {
    void on(OutputStream to) throws IOException;
  }

  private void guarded(Action action) throws IOException {
    try {
      action.on(out.orElseThrow(() -> new IOException("it is closed")));
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(NAME, null, e.getMessage());
      named.initCause(e);
      failure = Optional.of(failure.orElse(named));
      throw named;
    }
  }
}
