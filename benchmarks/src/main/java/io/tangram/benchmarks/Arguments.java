package io.tangram.benchmarks;

import java.util.function.Supplier;

/** What programs are started with. A mistake in it is one line on standard error, exit code 2. */
public final class Arguments {

  private static final int BAD_USAGE = 2;

  private Arguments() {}

  /**
   * Returns what the arguments ask for, or ends the process.
   *
   * @param reading throws an {@link IllegalArgumentException} that says what is wrong
   */
  public static <T> T orExit(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_USAGE);
      throw e;
    }
  }

  /**
   * Reads a number.
   *
   * @param what is counted, in the plural
   * @throws IllegalArgumentException if it is no whole number, or less than 1
   */
  public static int count(String what, String text) {
    if (!text.matches("0*[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException(
          "The number of %s is %s; it must be a whole number, 1 or more.".formatted(what, text));
    }
    return Integer.parseInt(text);
  }
}
