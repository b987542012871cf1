package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.zip.GZIPInputStream;

/**
 * Reads Kubernetes objects from a text: YAML of any number of documents, or JSON of any number of
 * objects one behind the other, either of them compressed with gzip or not. Lists are handed on
 * item by item, so that memory holds one object at a time.
 *
 * <p>Integers of any size, fractions and exponents come out of the trees as they went in.
 */
public final class ObjectText {

  private static final int BUFFER = 1 << 16;
  private static final int LOOK_AHEAD = 1 << 12;

  private ObjectText() {}

  /**
   * Hands every object to {@code sink}, in order.
   *
   * @param in the text; not closed
   * @throws SyntaxException if the text is not what it should be; objects before the mistake have
   *     been handed on
   * @throws IOException if {@code in} can't be read
   */
  public static void read(InputStream in, ObjectSink sink) throws IOException {
    InputStream plain = decompressed(new BufferedInputStream(in, BUFFER));
    try {
      if (isJson(plain)) {
        JsonTrees.read(plain, sink);
      } else {
        YamlTrees.read(plain, sink);
      }
    } catch (CharacterCodingException e) {
      throw new SyntaxException("not UTF-8 text; save it in UTF-8");
    }
  }

  /**
   * Reads one JSON value.
   *
   * @throws SyntaxException if the text is not exactly one JSON value
   */
  public static JsonNode parseJson(byte[] json) {
    return JsonTrees.parse(json);
  }

  private static InputStream decompressed(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip
        ? new BufferedInputStream(new GZIPInputStream(new Waiting(in), BUFFER), BUFFER)
        : in;
  }

  /**
   * Knows whether more is to come where the sender is slow: behind each part of a compressed text
   * {@link GZIPInputStream} asks what is available, and takes nothing for the end.
   */
  private static final class Waiting extends FilterInputStream {

    Waiting(BufferedInputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      int available = in.available();
      if (available > 0) {
        return available;
      }
      in.mark(1);
      boolean ended = in.read() < 0;
      in.reset();
      return ended ? 0 : 1;
    }
  }

  /**
   * A JSON object begins with a brace and a quote, or closes at once; a flow mapping of YAML may
   * begin with a brace too. A mark of the byte order is skipped.
   */
  private static boolean isJson(InputStream in) throws IOException {
    in.mark(3);
    boolean marked = in.read() == 0xEF && in.read() == 0xBB && in.read() == 0xBF;
    if (!marked) {
      in.reset();
    }
    in.mark(LOOK_AHEAD);
    int first = significant(in, LOOK_AHEAD / 2);
    int second = first == '{' ? significant(in, LOOK_AHEAD / 2) : -1;
    in.reset();
    return first == '[' || (first == '{' && (second == '"' || second == '}'));
  }

  private static int significant(InputStream in, int limit) throws IOException {
    for (int i = 0; i < limit; i++) {
      int next = in.read();
      if (next != ' ' && next != '\t' && next != '\n' && next != '\r') {
        return next;
      }
    }
    return -1;
  }
}
