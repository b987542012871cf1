package io.tangram.k8s.tree;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses a text in which one value takes more bytes than any object can have, so that noise is
 * refused before it is swallowed. Who reads says after each token that it got on.
 */
final class ValueSizeGuard extends FilterInputStream {

  /** The store behind an API server takes objects of at most 1.5 MiB. */
  static final int LIMIT_MIB = 2;

  private long position;
  private long lastProgress;

  ValueSizeGuard(InputStream in) {
    super(in);
  }

  /** A token has ended somewhere before the bytes read so far. */
  void progress() {
    lastProgress = position;
  }

  private void advance(long count) {
    position += Math.max(0, count);
    if (position - lastProgress > (long) LIMIT_MIB << 20) {
      throw new SyntaxException(
          "one value of more than "
              + LIMIT_MIB
              + " MiB; no Kubernetes object has that, so this is neither YAML nor JSON of objects");
    }
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    advance(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    advance(count);
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
