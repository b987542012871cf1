package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;

/** Which devices NVIDIA's driver publishes for the GPUs of a node (section 16.1 of the rules). */
public sealed interface Partitioning {

  /** Whole GPUs, no partitions. */
  Partitioning WHOLE_GPUS = new WholeGpus();

  /** Every partition that could be made, and counters that say which can exist together (R240). */
  Partitioning EVERY_PLACEMENT = new EveryPlacement();

  /** Returns that all GPUs are partitioned in the same, lasting way. */
  static Partitioning fixed(MigLayout layout) {
    return new Fixed(ImmutableList.of(layout));
  }

  /** Whole GPUs. */
  record WholeGpus() implements Partitioning {}

  /**
   * Every profile at every placement, beside the whole GPU: what the driver calls DynamicMIG. GPUs
   * of the Ampere architecture can't switch MIG off without a reset; their driver publishes the
   * partitions and not the whole GPU.
   */
  record EveryPlacement() implements Partitioning {}

  /**
   * Partitions made beforehand, without counters; they can't be changed.
   *
   * @param layouts one for all GPUs, or one for each; a GPU of the empty layout is published whole
   */
  record Fixed(ImmutableList<MigLayout> layouts) implements Partitioning {

    /** The layout of a GPU. */
    MigLayout of(int gpu) {
      return layouts.get(layouts.size() == 1 ? 0 : gpu);
    }
  }
}
