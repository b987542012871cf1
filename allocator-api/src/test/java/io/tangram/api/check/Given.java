package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.List;
import java.util.UUID;

/**
 * Parts of small problems: nodes n1 and n2, one driver with a pool per node called like it, and the
 * classes gpu and other, which admit every device.
 */
final class Given {

  static final String DRIVER = "gpu.example.com";

  private Given() {}

  /** Returns a problem with the slices; everything else is there or can be added. */
  static ImmutableAllocationProblem.Builder problem(ResourceSlice... slices) {
    return AllocationProblem.builder()
        .addNodes(Node.of("n1"), Node.of("n2"))
        .addDeviceClasses(deviceClass("gpu"), deviceClass("other"))
        .addSlices(slices);
  }

  /**
   * Returns a problem with partitions p3, p2 and p1 on n1, which draw that many of the four units
   * of counter x, and with more devices beside them.
   */
  static ImmutableAllocationProblem.Builder partitioned(Device... more) {
    ImmutableList<Device> parts =
        ImmutableList.<Device>builder()
            .add(device("p3").addConsumesCounters(consumes("set", "x", 3)).build())
            .add(device("p2").addConsumesCounters(consumes("set", "x", 2)).build())
            .add(device("p1").addConsumesCounters(consumes("set", "x", 1)).build())
            .add(more)
            .build();
    return problem(
        slice("n1")
            .withName("0")
            .withResourceSliceCount(2)
            .withSharedCounters(counterSet("set", "x", 4)),
        slice("n1", parts).withResourceSliceCount(2));
  }

  static DeviceClass deviceClass(String name) {
    return DeviceClass.builder().name(name).build();
  }

  static ImmutableDevice.Builder device(String name) {
    return Device.builder().name(name);
  }

  /** Returns devices of these names, equal otherwise. */
  static ImmutableList<Device> devices(String... names) {
    return ImmutableList.copyOf(names).stream()
        .map(name -> (Device) device(name).build())
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns a slice of the node's own pool. */
  static ImmutableResourceSlice slice(String node, Device... devices) {
    return slice(node, List.of(devices));
  }

  static ImmutableResourceSlice slice(String node, List<? extends Device> devices) {
    return ImmutableResourceSlice.builder()
        .name("slice-" + node)
        .pool(pool(node))
        .nodes(NodeSelection.node(node))
        .addAllDevices(devices)
        .build();
  }

  /** Returns a slice of a pool that the selected nodes share. */
  static ImmutableResourceSlice sharedSlice(
      String pool, NodeSelection nodes, List<? extends Device> devices) {
    return ImmutableResourceSlice.builder()
        .name("slice-" + pool)
        .pool(pool(pool))
        .nodes(nodes)
        .addAllDevices(devices)
        .build();
  }

  static PoolId pool(String name) {
    return new PoolId(DRIVER, name);
  }

  /** Returns the identity of {@code pool/device}. */
  static DeviceId id(String path) {
    int slash = path.indexOf('/');
    return new DeviceId(DRIVER, path.substring(0, slash), path.substring(slash + 1));
  }

  static CounterSet counterSet(String name, String counter, long value) {
    return new CounterSet(name, ImmutableMap.of(counter, Quantity.of(value)));
  }

  static CounterConsumption consumes(String set, String counter, long amount) {
    return new CounterConsumption(set, ImmutableMap.of(counter, Quantity.of(amount)));
  }

  static ImmutableDeviceRequest.Builder leaf(String name) {
    return DeviceRequest.builder().name(name).deviceClass("gpu");
  }

  /** Returns a request for one device. */
  static Request request(String name) {
    return exactly(leaf(name));
  }

  static Request exactly(ImmutableDeviceRequest.Builder leaf) {
    return new Request.Exactly(leaf.build());
  }

  static Request firstAvailable(String name, ImmutableDeviceRequest.Builder... leaves) {
    return new Request.FirstAvailable(
        name,
        ImmutableList.copyOf(leaves).stream()
            .map(leaf -> (DeviceRequest) leaf.build())
            .collect(ImmutableList.toImmutableList()));
  }

  static ClaimId claimId(String name) {
    return new ClaimId("ns", name);
  }

  static ImmutableClaim claim(String name, Request... requests) {
    return ImmutableClaim.builder().id(claimId(name)).addRequests(requests).build();
  }

  /** Returns a result that gives {@code pool/device} to a request. */
  static ImmutableDeviceAllocation result(String request, String path) {
    return ImmutableDeviceAllocation.builder().request(request).device(id(path)).build();
  }

  /** Returns a result that gives a share, told by a number, of {@code pool/device}. */
  static ImmutableDeviceAllocation share(
      String request, String path, int number, ImmutableMap<QualifiedName, Quantity> consumed) {
    return result(request, path).withShareId(new UUID(0, number)).withConsumedCapacity(consumed);
  }

  /** Returns an allocation for a node, to which the devices tie it. */
  static ImmutableAllocation allocation(Claim claim, String node, DeviceAllocation... results) {
    return ImmutableAllocation.builder()
        .claim(claim.id())
        .node(node)
        .addDevices(results)
        .nodeSelector(NodeSelector.ofNode(node))
        .build();
  }

  /** Returns an allocation as it is read from a cluster, which names no node. */
  static ImmutableAllocation held(String claim, DeviceAllocation... results) {
    return ImmutableAllocation.builder()
        .claim(claimId(claim))
        .addDevices(results)
        .nodeSelector(NodeSelector.ofNode(List.of(results).get(0).device().pool()))
        .build();
  }

  static WorkloadId workloadId(String name) {
    return new WorkloadId("ns", name);
  }

  static ImmutableWorkload workload(String name, String... claims) {
    return ImmutableWorkload.builder()
        .id(workloadId(name))
        .addAllClaims(
            ImmutableList.copyOf(claims).stream()
                .map(Given::claimId)
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  static QualifiedName name(String text) {
    return QualifiedName.parse(text);
  }

  static Quantity quantity(String text) {
    return Quantity.parse(text);
  }

  static ImmutableMap<QualifiedName, Quantity> amounts(String name, String amount) {
    return ImmutableMap.of(name(name), quantity(amount));
  }

  /** Returns the rules that violations cite, in order. */
  static ImmutableList<String> rules(List<Violation> violations) {
    return violations.stream().map(Violation::rule).collect(ImmutableList.toImmutableList());
  }

  /** Adds an allocation to a state of its own and returns the rules it breaks. */
  static ImmutableList<String> judge(
      AllocationProblem problem, Claim claim, Allocation allocation) {
    return rules(PlanChecker.of(problem).state().add(claim, allocation));
  }
}
