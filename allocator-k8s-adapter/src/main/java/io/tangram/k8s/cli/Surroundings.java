package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMap;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;

/**
 * What the command runs in.
 *
 * @param in standard input
 * @param out standard output, which takes the result and nothing else
 * @param err standard error, for people
 * @param environment the environment's variables
 * @param terminal whether somebody watches standard error
 * @param clock what time it is
 * @param interruption tells when the user wants no more
 */
record Surroundings(
    InputStream in,
    StandardOutput out,
    PrintStream err,
    ImmutableMap<String, String> environment,
    boolean terminal,
    InstantSource clock,
    Interruption interruption) {

  /** Says what the user should know, though it stops nothing. */
  void warn(String warning) {
    err.println("warning: " + OneLine.of(warning));
  }
}
