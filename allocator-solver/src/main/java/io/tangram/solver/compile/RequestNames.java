package io.tangram.solver.compile;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import java.util.Collections;

/**
 * What reasons call the requests of a claim: the names that results carry (R79), and the extended
 * resource where one stands for it, since whoever asked for that wrote no request.
 */
public final class RequestNames {

  private RequestNames() {}

  /** Returns the name of an alternative of a request. */
  public static String of(Claim claim, Request request, DeviceRequest alternative) {
    String resource = claim.extendedResources().get(request.name());
    return resource == null
        ? request.resultName(alternative)
        : ofExtended(claim, request, resource);
  }

  /** Returns the name of a request as a whole. */
  public static String of(Claim claim, Request request) {
    String resource = claim.extendedResources().get(request.name());
    return resource == null ? request.name() : ofExtended(claim, request, resource);
  }

  /** Several containers may ask for one resource. */
  private static String ofExtended(Claim claim, Request request, String resource) {
    return Collections.frequency(claim.extendedResources().values(), resource) == 1
        ? resource
        : resource + " (" + request.name() + ")";
  }
}
