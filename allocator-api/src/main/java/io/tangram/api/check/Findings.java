package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with the allocation of one claim. */
final class Findings {

  private final ClaimId claim;
  private final Severity ofDrift;
  private final List<Violation> all = new ArrayList<>(0);

  private Findings(ClaimId claim, Severity ofDrift) {
    this.claim = claim;
    this.ofDrift = ofDrift;
  }

  /** Returns no findings yet on an allocation that is to be made, where drift is no excuse. */
  static Findings onPlanned(ClaimId claim) {
    return new Findings(claim, Severity.VIOLATION);
  }

  /** Returns no findings yet on an allocation made in the past. */
  static Findings onHeld(ClaimId claim) {
    return new Findings(claim, Severity.DRIFT);
  }

  /** Reports an allocation that could never be made. */
  void violation(String rule, String message) {
    add(rule, Severity.VIOLATION, Optional.empty(), message);
  }

  /** Reports a device that could never be given like this. */
  void violation(String rule, DeviceId device, String message) {
    add(rule, Severity.VIOLATION, Optional.of(device), message);
  }

  /** Reports an allocation that doesn't fit the objects of today. */
  void drift(String rule, String message) {
    add(rule, ofDrift, Optional.empty(), message);
  }

  /** Reports a device that doesn't fit the objects of today. */
  void drift(String rule, DeviceId device, String message) {
    add(rule, ofDrift, Optional.of(device), message);
  }

  /** Reports a device that can't be given as the objects of today are. */
  void drift(DeviceId device, Refusal refusal) {
    drift(refusal.rule(), device, refusal.message());
  }

  private void add(String rule, Severity severity, Optional<DeviceId> device, String message) {
    all.add(new Violation(rule, severity, Optional.of(claim), device, message));
  }

  /** Adds what was found before. */
  void addAll(ImmutableList<Violation> earlier) {
    all.addAll(earlier);
  }

  /** Whether anything was found so far. */
  boolean any() {
    return !all.isEmpty();
  }

  /** Returns the findings so far, in the order they were found. */
  ImmutableList<Violation> all() {
    return ImmutableList.copyOf(all);
  }
}
