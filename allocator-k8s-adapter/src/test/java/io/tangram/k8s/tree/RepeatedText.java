package io.tangram.k8s.tree;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A text again and again, up to a length, that counts what is read of it. */
public final class RepeatedText extends InputStream {

  private final byte[] text;
  private final long length;
  private long position;

  /** Makes the stream. */
  public RepeatedText(String text, long length) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    this.length = length;
  }

  /** How many bytes were read. */
  public long bytesRead() {
    return position;
  }

  @Override
  public int read() {
    return position == length ? -1 : text[(int) (position++ % text.length)];
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    int available = (int) Math.min(count, length - position);
    for (int i = 0; i < available; i++) {
      buffer[offset + i] = (byte) read();
    }
    return available == 0 && count > 0 ? -1 : available;
  }
}
