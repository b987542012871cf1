package io.tangram.k8s.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The standard streams of the process. Where one was closed, the first file that the virtual
 * machine opened would be in its place; so the launcher puts {@code /dev/null} there, and says
 * which it were in the system property {@code tangram.closed}: some of {@code in,out,err}.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
record StandardStreams(InputStream in, StandardOutput out, PrintStream err) {

  /**
   * Returns the streams.
   *
   * @param closed the ones that were closed when the command started, parted by commas
   */
  static StandardStreams of(String closed) {
    List<String> names = Arrays.asList(closed.split(",", -1));
    return new StandardStreams(
        names.contains("in") ? new ClosedInput() : System.in,
        names.contains("out")
            ? StandardOutput.closed()
            : StandardOutput.to(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(
            names.contains("err") ? new ClosedOutput() : System.err, true, StandardCharsets.UTF_8));
  }

  private static final class ClosedInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("it is closed");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  private static final class ClosedOutput extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("it is closed");
    }

    @Override
    public void flush() throws IOException {
      throw new IOException("it is closed");
    }
  }
}
