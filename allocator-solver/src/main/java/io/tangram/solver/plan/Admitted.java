package io.tangram.solver.plan;

/**
 * How many are admitted of a tier: where admission comes to the same, more are better all the same.
 *
 * @param claims the claims
 * @param units the workloads and lone claims
 */
public record Admitted(long claims, long units) {

  /** Nothing is admitted. */
  public static final Admitted NOTHING = new Admitted(0, 0);

  /** Returns both together. */
  Admitted plus(Admitted more) {
    return new Admitted(claims + more.claims, units + more.units);
  }
}
