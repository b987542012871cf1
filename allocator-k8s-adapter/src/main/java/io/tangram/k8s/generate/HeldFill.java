package io.tangram.k8s.generate;

/** How much of the nodes belongs to earlier claims. */
public sealed interface HeldFill {

  /** Nothing. */
  HeldFill NOTHING = new Nothing();

  /**
   * Half of the memory slices of every third GPU, in a random legal layout. The nodes' GPUs are
   * partitioned on demand.
   */
  HeldFill HALF_OF_EVERY_THIRD_GPU = new HalfOfEveryThirdGpu();

  /**
   * About this part of all devices: where GPUs are partitioned on demand, each gets a random legal
   * layout that leaves no room, of which each partition is held with this probability; else each
   * device that is published is.
   *
   * @param part from 0 to 1
   * @throws IllegalArgumentException unless it is
   */
  static HeldFill part(double part) {
    return new Part(part);
  }

  /** Nothing. */
  record Nothing() implements HeldFill {}

  /** Half of every third GPU. */
  record HalfOfEveryThirdGpu() implements HeldFill {}

  /**
   * A part of all devices.
   *
   * @param part from 0 to 1
   */
  record Part(double part) implements HeldFill {

    /** Checks the part. */
    public Part {
      if (!(part >= 0 && part <= 1)) {
        throw new IllegalArgumentException(
            "The held part is " + part + "; it must be between 0 and 1.");
      }
    }
  }
}
