package io.tangram.api.catalog;

/**
 * A profile at one of its placements: a partition that can be made.
 *
 * @param profile what it is
 * @param placement where it lies
 */
public record MigInstance(MigProfile profile, Placement placement) {

  /** Returns {@code profile@start}. */
  @Override
  public String toString() {
    return profile.name() + "@" + placement.start();
  }
}
