package io.tangram.k8s.cli;

/** The command line asks for something that can't be done. The message is one line. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
