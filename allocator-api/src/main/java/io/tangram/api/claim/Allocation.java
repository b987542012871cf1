package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.NodeSelector;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The devices of one claim, planned or held: {@code status.allocation} in Kubernetes (section 11 of
 * the rules).
 */
@Value.Immutable
public interface Allocation {

  /** The claim that has the devices. */
  ClaimId claim();

  /** The node it was made for; absent for one that was read from a cluster. */
  Optional<String> node();

  /** The devices: in request order, inside a request in the order of pools, slices and devices. */
  ImmutableList<DeviceAllocation> devices();

  /** The configurations, those of classes first. */
  ImmutableList<AllocatedConfig> configs();

  /** The nodes on which the devices can be used; all where absent. */
  Optional<NodeSelector> nodeSelector();

  /** Returns an empty builder; only the claim has no default. */
  static ImmutableAllocation.Builder builder() {
    return ImmutableAllocation.builder();
  }
}
