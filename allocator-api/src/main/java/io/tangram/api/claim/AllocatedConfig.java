package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;

/**
 * A configuration in a result (section 11.2 of the rules).
 *
 * @param source whether it came from a class or from the claim
 * @param requests the requests it is for; all where empty
 * @param opaque the configuration
 */
public record AllocatedConfig(Source source, ImmutableList<String> requests, OpaqueConfig opaque) {

  /** Where a configuration comes from. */
  public enum Source {
    /** A device class. */
    FROM_CLASS,
    /** The claim itself. */
    FROM_CLAIM
  }
}
