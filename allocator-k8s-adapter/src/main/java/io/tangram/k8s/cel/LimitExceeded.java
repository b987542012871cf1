package io.tangram.k8s.cel;

/**
 * Ends an evaluation that went over a limit. It is an error and no exception because the
 * interpreter takes every exception for a value that {@code ||} and {@code &&} may absorb.
 */
final class LimitExceeded extends Error {

  private static final long serialVersionUID = 1;

  LimitExceeded(String message) {
    super(message, null, false, false);
  }
}
