package io.tangram.k8s.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.primitives.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A change of a text, whatever it says.
 *
 * @param kind what is done
 * @param where at which of its bytes; every number stands for one
 * @param what with what it is done; every number stands for something
 */
record TextChange(Kind kind, int where, int what) {

  private static final List<String> PIECES =
      List.of(
          "\t",
          "\r",
          "\r\n",
          "\n",
          "\n\n",
          "\n---\n",
          "---\n",
          "\n...\n",
          "%YAML 1.2\n---\n",
          "# a\n",
          "\uFEFF",
          "\u0000",
          "\u0085",
          "\u2028",
          "\"",
          "'",
          "|\n",
          ">-\n",
          "? ",
          "- ",
          ": ",
          "a: ",
          "&a ",
          "*a",
          " *a",
          "<<: *a\n",
          "\n<<: {a: b}\n",
          "!!int ",
          "!!binary ",
          "!a ",
          "{",
          "}",
          "[",
          "]",
          ",",
          "{}",
          "[]",
          "null",
          "~",
          "@",
          "`",
          "\\u0000",
          "\\ud800",
          "\"\\ud83d\"",
          "0x",
          ".inf",
          ".nan",
          "+1e99999999999",
          "-.5e-99999999999",
          "1:".repeat(20_000),
          "0b2",
          "0o8",
          "08",
          "1_0",
          "&b [*b]",
          "!<tag:yaml.org,2002:int> a",
          "!!null ",
          "!!float 1",
          "|9\n",
          "|+\n\n",
          ">\n a\n\n  b\n",
          "? [a]\n: b\n",
          "1e",
          "-",
          "0",
          "\nitems:\n",
          "\nitems:\n- ",
          "items: []\n",
          "\nkind: List\n",
          "[".repeat(3_000),
          "{a: ".repeat(3_000),
          "{\"a\":".repeat(3_000),
          "- ".repeat(3_000),
          "? ".repeat(3_000),
          "a".repeat(100_000),
          " ".repeat(100_000),
          "1".repeat(100_000),
          "\n".repeat(10_000),
          "&a [*a, *a]",
          "\u001f\u008b",
          "\u00c3",
          "\u00e2\u0082");

  /** What can be done to a text. */
  enum Kind {
    TRUNCATE,
    DELETE,
    INSERT,
    NOISE,
    FLIP,
    MOVE,
    REPEAT_LINE,
    INDENT,
    LINE_ENDS,
    ENCODE,
    COMPRESS
  }

  /** Returns the text with the change. */
  byte[] applyTo(byte[] text) {
    int at = text.length == 0 ? 0 : where % text.length;
    byte[] head = Arrays.copyOf(text, at);
    byte[] tail = Arrays.copyOfRange(text, at, text.length);
    return switch (kind) {
      case TRUNCATE -> head;
      case DELETE -> Bytes.concat(head, Arrays.copyOfRange(tail, length(tail), tail.length));
      case INSERT ->
          Bytes.concat(head, PIECES.get(what % PIECES.size()).getBytes(encoding()), tail);
      case NOISE -> Bytes.concat(head, noise(), tail);
      case FLIP -> flipped(head, tail);
      case MOVE -> Bytes.concat(tail, head);
      case REPEAT_LINE ->
          Bytes.concat(head, lineOf(tail).repeat(1 + what % 3).getBytes(ISO_8859_1), tail);
      case INDENT -> Bytes.concat(head, " ".repeat(1 + what % 5).getBytes(UTF_8), tail);
      case LINE_ENDS ->
          latin(text).replace("\n", what % 2 == 0 ? "\r\n" : "\r").getBytes(ISO_8859_1);
      case ENCODE -> new String(text, UTF_8).getBytes(what % 2 == 0 ? UTF_16LE : ISO_8859_1);
      case COMPRESS ->
          what % 2 == 0 ? compressed(text) : Bytes.concat(compressed(head), compressed(tail));
    };
  }

  /** Half of the pieces that are not ASCII become broken UTF-8. */
  private Charset encoding() {
    return what / PIECES.size() % 2 == 0 ? UTF_8 : ISO_8859_1;
  }

  private int length(byte[] tail) {
    return tail.length == 0 ? 0 : 1 + what % Math.min(tail.length, 1 << (what >>> 8) % 12);
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + what % 64];
    new Random(what).nextBytes(noise);
    return noise;
  }

  private byte[] flipped(byte[] head, byte[] tail) {
    if (tail.length > 0) {
      tail[0] ^= (byte) (1 << what % 8);
    }
    return Bytes.concat(head, tail);
  }

  private static String lineOf(byte[] tail) {
    String text = latin(tail);
    int start = text.indexOf('\n') + 1;
    int end = text.indexOf('\n', start) + 1;
    return text.substring(start, end > start ? end : text.length());
  }

  private static String latin(byte[] text) {
    return new String(text, ISO_8859_1);
  }

  private static byte[] compressed(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
