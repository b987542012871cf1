package io.tangram.k8s.read;

/**
 * Input that can't be used. The message is one line: file, object, field, what is wrong, the rule,
 * what to do.
 */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message of one line. */
  public InputException(String message) {
    super(message);
  }
}
