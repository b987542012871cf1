package io.tangram.k8s.cel;

import com.google.common.math.LongMath;

/**
 * Between which bounds the size of a string, list or map lies; scalars have the size 1.
 *
 * @param min the least
 * @param max the greatest; the greatest long where nothing bounds it
 */
record SizeRange(long min, long max) {

  /** Of what nothing is known. */
  static final SizeRange UNKNOWN = new SizeRange(0, Long.MAX_VALUE);

  static SizeRange exactly(long size) {
    return new SizeRange(size, size);
  }

  static SizeRange upTo(long max) {
    return new SizeRange(0, max);
  }

  /** Of one behind the other. */
  SizeRange plus(SizeRange other) {
    return new SizeRange(
        LongMath.saturatedAdd(min, other.min), LongMath.saturatedAdd(max, other.max));
  }

  /** Of as many of this size as the other says. */
  SizeRange times(SizeRange other) {
    return new SizeRange(
        LongMath.saturatedMultiply(min, other.min), LongMath.saturatedMultiply(max, other.max));
  }

  /** Of one or the other. */
  SizeRange or(SizeRange other) {
    return new SizeRange(Math.min(min, other.min), Math.max(max, other.max));
  }
}
