package io.tangram.api;

/** The time limit passed, or the work was cancelled, before there was anything to return. */
public final class DeadlineExceededException extends AllocatorException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message. */
  public DeadlineExceededException(String message) {
    super(message);
  }
}
