package io.tangram.api.claim;

/**
 * Configuration for a driver, carried through and never read (R42).
 *
 * @param driver the driver that understands the parameters
 * @param parameters the parameters as the text they came in, JSON in Kubernetes
 */
public record OpaqueConfig(String driver, String parameters) {}
