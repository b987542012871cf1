package io.tangram.solver.nodesearch;

import io.tangram.solver.compile.Leaf;

/** Which of the devices that suit a request a search tries first. */
public interface CandidateOrder {

  /** The order in which the node offers them (R22 to R24). */
  CandidateOrder AS_OFFERED = (leaf, device) -> new long[0];

  /**
   * Returns what speaks against giving a device, compared number by number: less is better. Of
   * equals the one that the node offers first comes first.
   *
   * @param leaf the request
   * @param device a device that suits it and is not in use, in the state of the search as it is
   */
  long[] reluctance(Leaf leaf, int device);
}
