package io.tangram.api.plan;

/** What decided against a claim that fits alone. */
public enum Precedence {
  /** Its place in the queue: those before it have taken what it needs. */
  QUEUE,
  /** Its priority: what it needs is held by what has a higher one. */
  PRIORITY,
  /** The number of claims: no plan admits more of its priority. */
  CLAIMS,
  /** The share of the devices: no plan gives more of them to its priority. */
  DEVICE_SHARE,
  /** Nobody looked who has what it needs. */
  UNKNOWN
}
