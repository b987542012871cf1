package io.tangram.k8s.read;

/**
 * A container of a pod with devices for an extended resource, as the status of the pod lists them
 * in {@code extendedResourceClaimStatus.requestMappings} (R220).
 *
 * @param container the name of the container
 * @param resource the resource that it asks for
 * @param request the request of the pod's claim that has the devices
 */
public record ExtendedUse(String container, String resource, String request) {}
