package io.tangram.api.check;

import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import java.util.Optional;

/**
 * A rule that an allocation breaks.
 *
 * @param rule the number of the rule, such as {@code R90}; {@link PlanChecker#PLAN} or {@link
 *     PlanChecker#OBJECTIVE} for what a plan owes its reader; {@link PlanChecker#PLACEMENT} for
 *     where workloads are placed; {@link PlanChecker#LINKS} for what joins devices
 * @param severity whether the allocation is wrong, or was right once and the cluster has moved on
 * @param claim the claim whose allocation it is; absent where a plan as a whole is wrong, or where
 *     a workload is placed
 * @param device the device, where there is one
 * @param pool the pool, where all of it is concerned
 * @param message what is wrong
 */
public record Violation(
    String rule,
    Severity severity,
    Optional<ClaimId> claim,
    Optional<DeviceId> device,
    Optional<PoolId> pool,
    String message) {

  /** Makes a violation that is not that of a pool. */
  public Violation(
      String rule,
      Severity severity,
      Optional<ClaimId> claim,
      Optional<DeviceId> device,
      String message) {
    this(rule, severity, claim, device, Optional.empty(), message);
  }

  /** How bad a violation is. */
  public enum Severity {
    /** The allocation can't stand beside the others, or never could be made. */
    VIOLATION,
    /**
     * The allocation doesn't fit the objects of today: a device that has gone, a selector, class or
     * taint that no longer matches. In a new plan this is as bad as a violation.
     */
    DRIFT
  }

  /** Returns a violation that is not that of one claim or one device. */
  static Violation of(String rule, String message) {
    return new Violation(rule, Severity.VIOLATION, Optional.empty(), Optional.empty(), message);
  }

  /** Returns a violation that is not that of one claim or one device, but of a pool. */
  static Violation ofPool(String rule, PoolId pool, String message) {
    return new Violation(
        rule, Severity.VIOLATION, Optional.empty(), Optional.empty(), Optional.of(pool), message);
  }

  /** Returns the finding as one line: rule, claim, device or pool, message. */
  @Override
  public String toString() {
    return rule
        + claim.map(id -> " claim " + id).orElse("")
        + device.map(id -> " device " + id).orElse("")
        + pool.map(id -> " pool " + id).orElse("")
        + ": "
        + message;
  }
}
