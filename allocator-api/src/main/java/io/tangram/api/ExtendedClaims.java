package io.tangram.api;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Set;

/** What claims that stand for extended resources need of the problem around them. */
final class ExtendedClaims {

  private ExtendedClaims() {}

  /**
   * Refuses a claim that has no place in the problem.
   *
   * @param users the workloads that reference it
   * @param classes the names of the device classes
   * @throws IllegalArgumentException if there are several users, the only one doesn't take a
   *     resource that the claim stands for, or a class is not there
   */
  static void require(Claim claim, List<Workload> users, Set<String> classes) {
    String what = "Claim " + claim.id() + " stands for extended resources";
    if (users.size() > 1) {
      throw new IllegalArgumentException(
          what + ", but " + users.size() + " workloads reference it; it has to be of one (R217).");
    }
    for (Workload user : users) {
      for (String resource : claim.extendedResources().values()) {
        if (user.resources().getOrDefault(resource, Quantity.ZERO).signum() <= 0) {
          throw new IllegalArgumentException(
              what
                  + ", but workload "
                  + user.id()
                  + " takes nothing of "
                  + resource
                  + "; list the amount in its resources.");
        }
      }
    }
    claim.requests().stream()
        .flatMap(request -> request.alternatives().stream())
        .map(DeviceRequest::deviceClass)
        .filter(name -> !classes.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  what + " by class " + name + ", which is not there (R214).");
            });
  }
}
