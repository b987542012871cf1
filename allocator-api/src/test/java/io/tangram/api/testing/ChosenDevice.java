package io.tangram.api.testing;

import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;

/**
 * A device chosen for a request.
 *
 * @param request the request
 * @param alternative which of its alternatives
 * @param device the device
 */
public record ChosenDevice(Request request, DeviceRequest alternative, PublishedDevice device) {

  /** The name that the result carries (R79). */
  public String resultName() {
    return request.resultName(alternative);
  }
}
