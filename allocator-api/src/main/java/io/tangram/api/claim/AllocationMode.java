package io.tangram.api.claim;

/** How many of the matching devices a request takes. */
public sealed interface AllocationMode {

  /** One device. */
  AllocationMode ONE = new ExactCount(1);

  /** Every matching device of the node, at least one (R65 to R67). */
  AllocationMode ALL = new All();

  /**
   * Exactly {@code count} different devices (R62).
   *
   * @param count at least 1
   */
  record ExactCount(long count) implements AllocationMode {

    /**
     * Makes the mode.
     *
     * @throws IllegalArgumentException if count &lt; 1
     */
    public ExactCount {
      if (count < 1) {
        throw new IllegalArgumentException(
            "A request for "
                + count
                + " devices asks for nothing; at least 1 is needed (R62). Remove the request, or"
                + " set its count.");
      }
    }
  }

  /** Every matching device of the node. */
  record All() implements AllocationMode {}

  /** Returns the mode for exactly {@code count} devices. */
  static AllocationMode exactly(long count) {
    return new ExactCount(count);
  }
}
