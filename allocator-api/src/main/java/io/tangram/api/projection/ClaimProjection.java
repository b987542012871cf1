package io.tangram.api.projection;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Request;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.OffFeature;

/** Claims that know what of them is off. */
final class ClaimProjection {

  /**
   * The gates of which any brings an allocator that knows {@code distinctAttribute}; kube-scheduler
   * takes its simplest one that knows all that is on (R95, R209).
   */
  private static final ImmutableSet<FeatureGate> KNOW_DISTINCTION =
      ImmutableSet.of(
          FeatureGate.CONSUMABLE_CAPACITY,
          FeatureGate.DEVICE_BINDING_CONDITIONS,
          FeatureGate.LIST_TYPE_ATTRIBUTES,
          FeatureGate.DEVICE_COMPATIBILITY_GROUPS,
          FeatureGate.DERIVED_ATTRIBUTES);

  private final FeatureSet features;

  ClaimProjection(FeatureSet features) {
    this.features = features;
  }

  Claim of(Claim claim) {
    ImmutableSet.Builder<OffFeature> off = ImmutableSet.builder();
    off.addAll(claim.offFeatures());
    if (isOff(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION)) {
      off.add(
          new OffFeature(
              "allocation of claims", FeatureGate.DYNAMIC_RESOURCE_ALLOCATION, "section 15.1"));
    }
    claim.requests().forEach(request -> addOff(request, off));
    if (features.on().stream().noneMatch(KNOW_DISTINCTION::contains)
        && claim.constraints().stream()
            .anyMatch(DeviceConstraint.DistinctAttribute.class::isInstance)) {
      off.add(new OffFeature("distinctAttribute", FeatureGate.CONSUMABLE_CAPACITY, "R95"));
    }
    ImmutableList<OffFeature> all = off.build().asList();
    return all.equals(claim.offFeatures())
        ? claim
        : ImmutableClaim.copyOf(claim).withOffFeatures(all);
  }

  private void addOff(Request request, ImmutableSet.Builder<OffFeature> off) {
    if (request instanceof Request.FirstAvailable && isOff(FeatureGate.PRIORITIZED_LIST)) {
      off.add(
          new OffFeature(
              "alternatives for request " + request.name(), FeatureGate.PRIORITIZED_LIST, "R78"));
    }
    for (DeviceRequest leaf : request.alternatives()) {
      String name = request.resultName(leaf);
      if (leaf.mentionsAdminAccess() && isOff(FeatureGate.ADMIN_ACCESS)) {
        String what = leaf.adminAccess() ? "adminAccess" : "adminAccess, not even false,";
        off.add(new OffFeature(what + " in request " + name, FeatureGate.ADMIN_ACCESS, "R88"));
      }
      if (!leaf.derivedAttributes().isEmpty() && isOff(FeatureGate.DERIVED_ATTRIBUTES)) {
        off.add(
            new OffFeature(
                "derivedAttributes in request " + name, FeatureGate.DERIVED_ATTRIBUTES, "R234"));
      }
      if (!leaf.capacityRequests().isEmpty() && isOff(FeatureGate.CONSUMABLE_CAPACITY)) {
        off.add(
            new OffFeature("capacity in request " + name, FeatureGate.CONSUMABLE_CAPACITY, "R125"));
      }
    }
  }

  private boolean isOff(FeatureGate gate) {
    return !features.isOn(gate);
  }
}
