package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.ResourceSlice;

/**
 * A pool as some nodes see it.
 *
 * @param pool the generation they see (R3)
 * @param slices the slices relevant for them, in the order of their names (R5, R23)
 * @param state whether devices may be taken from it
 * @param defect what makes the pool invalid; empty for the other states
 * @param bindsLast whether a device of it has binding conditions, which puts the pool last (R22)
 */
public record PoolView(
    PoolGeneration pool,
    ImmutableList<ResourceSlice> slices,
    State state,
    String defect,
    boolean bindsLast) {

  /** What may be done with a pool. */
  public enum State {
    /** Complete and valid. */
    USABLE,
    /** Some slices are missing, or there are too many (R12). */
    INCOMPLETE,
    /** It contradicts itself (R16 to R18). */
    INVALID,
    /** A newer generation exists, on other nodes: the pool counts for nothing here (R13). */
    OBSOLETE
  }
}
