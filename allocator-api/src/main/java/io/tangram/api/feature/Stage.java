package io.tangram.api.feature;

/** How far a feature has come in a version of Kubernetes. */
public enum Stage {
  /** The version doesn't know the gate. */
  ABSENT,
  /** New, and off by default. */
  ALPHA,
  /** Settled, but off by default. */
  BETA_OFF,
  /** Settled, and on by default. */
  BETA,
  /** Done, and on by default; it can still be turned off. */
  GA,
  /** Done and on; Kubernetes refuses to turn it off. */
  LOCKED;

  /** Whether the feature is on where nobody says anything. */
  public boolean isOnByDefault() {
    return this == BETA || this == GA || this == LOCKED;
  }
}
