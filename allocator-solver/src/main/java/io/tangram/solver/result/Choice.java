package io.tangram.solver.result;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceRequest;

/**
 * What one request of a claim gets.
 *
 * @param alternative the chosen one of the request's alternatives
 * @param devices the devices in the order of choice
 */
public record Choice(DeviceRequest alternative, ImmutableList<ChosenDevice> devices) {}
