package io.tangram.api.testing;

import static io.tangram.api.testing.ProblemRecipe.ClusterAspect;
import static io.tangram.api.testing.ProblemRecipe.HeldAspect;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Builds what a recipe's claims hold already: no device twice, no capacity overdrawn. */
final class HeldAssembly {

  private final ProblemRecipe recipe;
  private final List<PublishedDevice> devices;
  private final Set<DeviceId> dedicated = new HashSet<>();
  private final Map<DeviceId, Quantity> memoryTaken = new HashMap<>();
  private final List<Allocation> allocations = new ArrayList<>();

  HeldAssembly(ProblemRecipe recipe, List<ResourceSlice> slices) {
    this.recipe = recipe;
    this.devices = PoolContents.devicesOf(slices);
    if (recipe.has(Feature.HELD_DEVICES)) {
      recipe.held().forEach(this::hold);
    }
    if (recipe.has(Feature.VANISHED_DEVICES)) {
      Draw draw = recipe.cluster();
      PoolId pool = draw.oneOf(ClusterAspect.VANISHED_POOL, slices).pool();
      DeviceId vanished = new DeviceId(pool.driver(), pool.pool(), "vanished");
      add(use(vanished).build(), Optional.empty());
    }
  }

  ImmutableList<Allocation> allocations() {
    return ImmutableList.copyOf(allocations);
  }

  private void hold(Draw draw) {
    PublishedDevice device = draw.oneOf(HeldAspect.DEVICE, devices);
    Optional<NodeSelector> nodes =
        device.nodes() instanceof NodeSelection.OneNode one
            ? Optional.of(NodeSelector.ofNode(one.node()))
            : Optional.empty();
    if (recipe.has(Feature.ADMIN_ACCESS) && draw.oneIn(4, HeldAspect.ADMIN)) {
      add(use(device.id(), draw).adminAccess(true).build(), nodes);
    } else if (device.isShared() != isFlipped(draw)) {
      share(device, draw).ifPresent(share -> add(share, nodes));
    } else if (!memoryTaken.containsKey(device.id()) && dedicated.add(device.id())) {
      add(use(device.id(), draw).compatibilityGroups(groups(device, draw)).build(), nodes);
    }
  }

  /** The groups may be recorded or not, and a device may have listed others when it was given. */
  private ImmutableMap<String, ImmutableSet<String>> groups(PublishedDevice device, Draw draw) {
    int form = draw.below(6, HeldAspect.GROUPS);
    ImmutableMap.Builder<String, ImmutableSet<String>> groups = ImmutableMap.builder();
    if (recipe.has(Feature.COMPATIBILITY_GROUPS) && form > 0) {
      for (CounterConsumption consumption : device.device().consumesCounters()) {
        ImmutableSet<String> now = consumption.compatibilityGroups();
        ImmutableSet<String> then = form == 5 ? ImmutableSet.of("odd") : now;
        if (!then.isEmpty()) {
          groups.put(consumption.counterSet(), then);
        }
      }
    }
    return groups.buildKeepingLast();
  }

  /** Now and then the driver has changed its mind on sharing since (R92, R143). */
  private boolean isFlipped(Draw draw) {
    return recipe.has(Feature.SHARED_DEVICES) && draw.oneIn(5, HeldAspect.FLIPPED);
  }

  private Optional<DeviceAllocation> share(PublishedDevice device, Draw draw) {
    if (dedicated.contains(device.id())) {
      return Optional.empty();
    }
    Quantity memory = Quantity.gibibytes(5L * (1 + draw.below(5, HeldAspect.AMOUNT)));
    Quantity taken = memoryTaken.merge(device.id(), memory, Quantity::plus);
    ImmutableMap.Builder<QualifiedName, Quantity> consumed = ImmutableMap.builder();
    for (QualifiedName name : device.device().capacity().keySet()) {
      consumed.put(name, name.equals(DeviceAssembly.MEMORY) ? memory : Quantity.ZERO);
    }
    return isEnough(device.device(), taken)
        ? Optional.of(
            use(device.id(), draw)
                .compatibilityGroups(groups(device, draw))
                .shareId(new UUID(1, allocations.size()))
                .consumedCapacity(consumed.buildOrThrow())
                .build())
        : Optional.empty();
  }

  private static boolean isEnough(Device device, Quantity memoryTaken) {
    return !device.capacity().containsKey(DeviceAssembly.MEMORY)
        || memoryTaken.compareTo(device.capacity().get(DeviceAssembly.MEMORY).value()) <= 0;
  }

  private ImmutableDeviceAllocation.Builder use(DeviceId device, Draw draw) {
    ImmutableDeviceAllocation.Builder use = use(device);
    if (recipe.has(Feature.TOLERATIONS) && draw.oneIn(3, HeldAspect.TOLERATION)) {
      use.addTolerations(RequestAssembly.toleration(draw, HeldAspect.TOLERATION));
    }
    return use;
  }

  private static ImmutableDeviceAllocation.Builder use(DeviceId device) {
    return DeviceAllocation.builder().request("held").device(device);
  }

  private void add(DeviceAllocation device, Optional<NodeSelector> nodes) {
    allocations.add(
        Allocation.builder()
            .claim(new ClaimId("team", "held-" + allocations.size()))
            .addDevices(device)
            .nodeSelector(nodes)
            .build());
  }
}
