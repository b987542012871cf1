package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;

/**
 * Configuration that a claim hands to a driver (R176).
 *
 * @param requests the requests it is for, as {@code request} or {@code request/subrequest}; all
 *     where empty
 * @param opaque the configuration
 */
public record ClaimConfig(ImmutableList<String> requests, OpaqueConfig opaque) {}
