package io.tangram.solver.compile;

import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.DeviceRequest;

/**
 * A kind of leaf request: all requests that ask for the same, whatever their names.
 *
 * @param index its number
 * @param request one of the requests
 * @param filter the number of its class and selectors in {@link Matching}
 */
public record Leaf(int index, DeviceRequest request, int filter) {

  /** Whether it takes every matching device of the node. */
  public boolean isAll() {
    return request.mode() instanceof AllocationMode.All;
  }

  /**
   * How many devices it takes.
   *
   * @throws IllegalStateException in mode All, where that depends on the node
   */
  public long count() {
    if (request.mode() instanceof AllocationMode.ExactCount exact) {
      return exact.count();
    }
    throw new IllegalStateException("Request " + request.name() + " takes all there are.");
  }

  /** Its number: hashing all that it stands for, again at every look-up, would be slow. */
  @Override
  public int hashCode() {
    return index;
  }
}
