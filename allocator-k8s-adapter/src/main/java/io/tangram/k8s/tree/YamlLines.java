package io.tangram.k8s.tree;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * The lines of a YAML text, gathered into chunks. There is a chunk, of lines taken and not yet cut
 * off, and the line behind it, which is looked at before it is taken.
 */
final class YamlLines {

  /** No chunk is longer, in bytes. */
  static final int MAX_CHUNK = 1 << 20;

  private static final int FIRST_SIZE = 1 << 16;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_SIZE];
  private int filled;
  private boolean exhausted;

  private int start;
  private int end;
  private int lineEnd;

  private int linesAbove;
  private int lines;

  YamlLines(InputStream in) {
    this.in = in;
  }

  /** What holds the chunk and the line behind it, until the next call of {@link #look}. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the chunk starts in the buffer. */
  int start() {
    return start;
  }

  /** Where the chunk ends and the line behind it starts. */
  int end() {
    return end;
  }

  /** How many lines are above the chunk. */
  int linesAbove() {
    return linesAbove;
  }

  /**
   * Looks for the line behind the chunk.
   *
   * @return whether there is one; if not, the text has ended, or the line would make the chunk too
   *     long, so that {@link #isAtEnd} is false
   */
  boolean look() throws IOException {
    int searched = end;
    while (true) {
      for (int i = searched; i < filled; i++) {
        if (buffer[i] == '\n') {
          lineEnd = i + 1;
          return lineEnd - start <= MAX_CHUNK;
        }
      }
      searched = filled;
      if (exhausted || filled - start > MAX_CHUNK) {
        lineEnd = filled;
        return lineEnd > end && lineEnd - start <= MAX_CHUNK;
      }
      searched -= fill();
    }
  }

  /** Reads on, and returns by how much what is in the buffer has moved to its start. */
  private int fill() throws IOException {
    int moved = 0;
    if (filled == buffer.length) {
      if (start > 0) {
        moved = start;
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= moved;
        end -= moved;
        start = 0;
      } else {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    exhausted = count < 0;
    filled += Math.max(0, count);
    return moved;
  }

  /** Whether the chunk reaches to the end of the text. */
  boolean isAtEnd() {
    return exhausted && end == filled;
  }

  /** The number of spaces that the line starts with. */
  int indent() {
    int i = end;
    while (i < lineEnd && buffer[i] == ' ') {
      i++;
    }
    return i - end;
  }

  /** Whether the line has nothing or a comment. */
  boolean isBlank() {
    int i = end + indent();
    return i == lineEnd || buffer[i] == '\n' || buffer[i] == '#';
  }

  /** Whether the line begins at once, and with no sign that may be a break of lines or a dash. */
  boolean isFlush() {
    return buffer[end] > ' ' && buffer[end] < 0x7F && buffer[end] != '-';
  }

  /** Whether the line is, but for spaces behind, the given text. */
  boolean is(String text) {
    int i = end + text.length();
    if (!startsWith(text)) {
      return false;
    }
    while (i < lineEnd && buffer[i] == ' ') {
      i++;
    }
    return i == lineEnd || buffer[i] == '\n';
  }

  /** Whether the line starts with the given text. */
  boolean startsWith(String text) {
    if (text.length() > lineEnd - end) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (buffer[end + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the line starts, behind its indentation, with the dash of an entry. */
  boolean isEntry() {
    int dash = end + indent();
    return dash < lineEnd
        && buffer[dash] == '-'
        && (dash + 1 == lineEnd || buffer[dash + 1] == ' ' || buffer[dash + 1] == '\n');
  }

  /** Adds the line to the chunk. */
  void take() {
    end = lineEnd;
    lines++;
  }

  /** Starts an empty chunk behind this one. */
  void cut() {
    linesAbove += lines;
    lines = 0;
    start = end;
  }

  /** Returns the chunk as a text of its own. */
  InputStream chunk() {
    return new ByteArrayInputStream(buffer, start, end - start);
  }

  /** Returns the chunk and all behind it; nothing else of this may be used after that. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(buffer, start, filled - start), in);
  }
}
