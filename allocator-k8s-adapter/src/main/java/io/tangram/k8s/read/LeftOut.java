package io.tangram.k8s.read;

import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;

/**
 * Why a pod or a claim stays out: by decision of an allocator, or before one is asked.
 *
 * @param code the reason in one word
 * @param message the reason as a sentence that goes on from the name of the pod or claim
 */
public record LeftOut(ReasonCode code, String message) {

  /** Returns the reason of an allocator. */
  public static LeftOut of(Reason reason) {
    return new LeftOut(reason.code(), reason.message());
  }
}
