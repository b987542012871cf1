package io.tangram.benchmarks.scale;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;

/**
 * What a run of a row may take.
 *
 * @param seconds its time limit
 * @param heapGibibytes the heap that its process gets, in GiB
 */
@Immutable
record Allowance(int seconds, int heapGibibytes) {

  private static final int MEBIBYTES = 1_024;

  Duration time() {
    return Duration.ofSeconds(seconds);
  }

  long heapMebibytes() {
    return (long) heapGibibytes * MEBIBYTES;
  }
}
