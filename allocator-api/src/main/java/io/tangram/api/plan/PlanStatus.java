package io.tangram.api.plan;

/** How much is proven of a plan or of one of its objectives. */
public enum PlanStatus {
  /** No legal plan is better. */
  OPTIMAL,
  /** Legal; a better one may exist. */
  FEASIBLE
}
