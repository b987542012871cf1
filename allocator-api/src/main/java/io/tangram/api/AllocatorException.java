package io.tangram.api;

import org.jspecify.annotations.Nullable;

/** An allocator failed through no fault of the problem. The message says how to reproduce it. */
public class AllocatorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message. */
  public AllocatorException(String message) {
    super(message);
  }

  /** Makes an exception with a message and a cause. */
  public AllocatorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
