package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Cancellation;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.Fleet;
import io.tangram.solver.limit.Deadline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Parts of problems that {@link Fleet} lacks: counters, shares, workloads, and what is held. */
final class Given {

  private Given() {}

  static CompiledProblem compiled(AllocationProblem problem) {
    return CompiledProblem.of(problem, Deadline.never());
  }

  /** Returns a deadline at which nothing may go on. */
  static Deadline passed() {
    return Deadline.after(Duration.ZERO, Cancellation.never());
  }

  /** Returns a pool of the fleet's driver. */
  static PoolId pool(String name) {
    return new PoolId(Fleet.DRIVER, name);
  }

  /** Returns a device without attributes. */
  static ImmutableDevice device(String name) {
    return ImmutableDevice.builder().name(name).build();
  }

  /** Returns a device that draws so much of counter {@code slots} of the set. */
  static ImmutableDevice part(String name, String set, long slots) {
    return device(name).withConsumesCounters(draws(set, "slots", slots));
  }

  static CounterConsumption draws(String set, String counter, long amount) {
    return new CounterConsumption(set, ImmutableMap.of(counter, Quantity.of(amount)));
  }

  /** Returns a counter set with so much of counter {@code slots}. */
  static CounterSet board(String name, long slots) {
    return new CounterSet(name, ImmutableMap.of("slots", Quantity.of(slots)));
  }

  /** Returns a slice of a pool of its own that the selected nodes see. */
  static ImmutableResourceSlice slice(String pool, NodeSelection nodes, Device... devices) {
    return Fleet.slice(pool, devices).withNodes(nodes);
  }

  /** Returns slices that say of each other that they make up their pool. */
  static List<ResourceSlice> together(ImmutableResourceSlice... slices) {
    return Arrays.stream(slices)
        .<ResourceSlice>map(slice -> slice.withResourceSliceCount(slices.length))
        .toList();
  }

  /** Returns a slice of counter sets in the pool of a node, and one of devices beside it. */
  static List<ResourceSlice> partitioned(String node, List<CounterSet> sets, Device... devices) {
    return together(
        Fleet.slice(node).withName("counters-" + node).withSharedCounters(sets),
        Fleet.slice(node, devices));
  }

  /** Returns a choice of all nodes with one of these names. */
  static NodeSelector nodes(String... names) {
    NodeSelector.Requirement byName =
        new NodeSelector.Requirement(
            NodeSelector.NAME_FIELD, NodeSelector.Operator.IN, ImmutableList.copyOf(names));
    return new NodeSelector(
        ImmutableList.of(new NodeSelector.Term(ImmutableList.of(), ImmutableList.of(byName))));
  }

  /** Returns an allocation as it is read from a cluster, which names no node. */
  static ImmutableAllocation held(String claim, DeviceAllocation... devices) {
    return Allocation.builder().claim(Fleet.id(claim)).addDevices(devices).build();
  }

  /** Returns a result that gives the device of the pool. */
  static ImmutableDeviceAllocation given(String pool, String device) {
    return ImmutableDeviceAllocation.builder()
        .request("r")
        .device(new DeviceId(Fleet.DRIVER, pool, device))
        .build();
  }

  /** Returns a result that gives a share of the device of the pool. */
  static ImmutableDeviceAllocation share(
      String pool, String device, ImmutableMap<QualifiedName, Quantity> consumed) {
    return given(pool, device).withShareId(new UUID(0, 1)).withConsumedCapacity(consumed);
  }

  static WorkloadId workloadId(String name) {
    return new WorkloadId("ns", name);
  }

  /** Returns a workload that references the claims. */
  static ImmutableWorkload workload(String name, String... claims) {
    return ImmutableWorkload.builder()
        .id(workloadId(name))
        .addAllClaims(Arrays.stream(claims).map(Fleet::id).toList())
        .build();
  }

  /** Returns a workload without claims that takes so much of resource {@code cpu}. */
  static ImmutableWorkload taking(String name, long cpu) {
    return workload(name).withResources(ImmutableMap.of("cpu", Quantity.of(cpu)));
  }
}
