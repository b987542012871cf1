/**
 * What a cluster publishes: nodes, resource slices and the devices in them, and the selectors that
 * look at devices. Start from {@link io.tangram.api.device.Device} and {@link
 * io.tangram.api.device.ResourceSlice}. Nothing here knows claims or plans.
 */
@NullMarked
package io.tangram.api.device;

import org.jspecify.annotations.NullMarked;
