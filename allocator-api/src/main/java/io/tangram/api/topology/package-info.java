/**
 * How the devices of a node are joined. Start from {@link io.tangram.api.topology.LinkGraph}: the
 * catalogue makes one for a machine, {@link io.tangram.api.topology.DeviceLinks} one from what
 * drivers publish, and an adapter may read one from a listing. Claims and plans must never come in,
 * nor a choice of devices: here is what there is to choose from.
 */
@NullMarked
package io.tangram.api.topology;

import org.jspecify.annotations.NullMarked;
