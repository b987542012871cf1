package io.tangram.solver.nodesearch;

import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.slice;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.limit.Deadline;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What kube-scheduler's search finds for the first unit of a problem, on its one node. */
final class OneNode {

  static final QualifiedName MEMORY = QualifiedName.parse("memory");
  static final QualifiedName ROOT = QualifiedName.of(Fleet.DRIVER, "root");

  private static final AtomicLong HOLDERS = new AtomicLong();

  private OneNode() {}

  /** A problem with one node, on which namespace {@code ns} may administrate. */
  static ImmutableAllocationProblem.Builder problem(ResourceSlice... slices) {
    return Fleet.of("n").addSlices(slices).addAdminNamespaces("ns");
  }

  /** What the search comes to. */
  static SearchOutcome outcome(ImmutableAllocationProblem.Builder problem) {
    CompiledProblem compiled = CompiledProblem.of(problem.build(), Deadline.never());
    Unit unit = compiled.units().queue().get(0);
    SearchGoal goal = SearchGoal.of(unit.type().claims());
    ClusterState state = new ClusterState(compiled);
    return new NodeSearch(compiled, state, goal, 0, SearchRules.REFERENCE)
        .run(new SearchBudget(Deadline.never(), OptionalDouble.empty()));
  }

  /** The names of the devices that are found, request by request; none if there is no solution. */
  static List<String> found(ImmutableAllocationProblem.Builder problem) {
    CompiledProblem compiled = CompiledProblem.of(problem.build(), Deadline.never());
    return picks(problem).stream()
        .flatMap(pick -> pick.devices().stream().boxed())
        .map(device -> compiled.devices().device(device).name())
        .toList();
  }

  /** What each request gets; nothing if there is no solution. */
  static ImmutableList<SearchOutcome.Pick> picks(ImmutableAllocationProblem.Builder problem) {
    return outcome(problem) instanceof SearchOutcome.Found found
        ? found.picks()
        : ImmutableList.of();
  }

  /** A workload that references the claims. */
  static Workload workload(String... claims) {
    var workload = Workload.builder().id(new WorkloadId("ns", "w"));
    for (String claim : claims) {
      workload.addClaims(id(claim));
    }
    return workload.build();
  }

  /** A request for one device of a class, for administration. */
  static Request administrative(String deviceClass) {
    return new Request.Exactly(leaf(deviceClass, 1).withAdminAccess(true));
  }

  /** A request for a device with so much memory. */
  static Request wanting(String name, long memory) {
    return new Request.Exactly(
        leaf("gpu", 1)
            .withName(name)
            .withCapacityRequests(ImmutableMap.of(MEMORY, Quantity.of(memory))));
  }

  /** Another claim that has the device whole. */
  static Allocation held(String device) {
    return allocation(result(device).build());
  }

  /** Another claim that administrates the device. */
  static Allocation administrated(String device) {
    return allocation(result(device).adminAccess(true).build());
  }

  /** Another claim that has a share of a device without capacities. */
  static Allocation heldShare(String device) {
    return allocation(result(device).shareId(new UUID(1, HOLDERS.incrementAndGet())).build());
  }

  /** Another claim that has a share of the device with so much memory. */
  static Allocation heldShare(String device, long memory) {
    return allocation(
        result(device)
            .shareId(new UUID(1, HOLDERS.incrementAndGet()))
            .putConsumedCapacity(MEMORY, Quantity.of(memory))
            .build());
  }

  private static Allocation allocation(DeviceAllocation result) {
    return Allocation.builder()
        .claim(id("holder-" + HOLDERS.incrementAndGet()))
        .addDevices(result)
        .build();
  }

  private static ImmutableDeviceAllocation.Builder result(String device) {
    return DeviceAllocation.builder()
        .request("gpu")
        .device(new DeviceId(Fleet.DRIVER, "n", device));
  }

  /** A device that may be shared, without capacities. */
  static ImmutableDevice shared(String name) {
    return ImmutableDevice.copyOf(device(name, "big")).withAllowMultipleAllocations(true);
  }

  /** A device of so much memory that may be shared. */
  static ImmutableDevice shared(String name, long memory) {
    return shared(name)
        .withCapacity(ImmutableMap.of(MEMORY, DeviceCapacity.of(Quantity.of(memory))));
  }

  /** A device with a number as its root, or with a list of several. */
  static ImmutableDevice onRoot(String name, long... roots) {
    AttributeValue value =
        roots.length == 1
            ? new IntValue(roots[0])
            : new IntList(ImmutableList.copyOf(Longs.asList(roots)));
    return ImmutableDevice.builder().name(name).putAttributes(ROOT, value).build();
  }

  /** A counter set {@code board} of so many slots. */
  static ImmutableResourceSlice board(long slots) {
    return slice("n")
        .withName("counters")
        .withResourceSliceCount(2)
        .withSharedCounters(new CounterSet("board", ImmutableMap.of("slots", Quantity.of(slots))));
  }

  /** The devices of the pool that has the board. */
  static ImmutableResourceSlice onBoard(Device... devices) {
    return slice("n", devices).withResourceSliceCount(2);
  }

  /** Returns the device, drawing so many slots of the board. */
  static ImmutableDevice drawing(long slots, Device device) {
    return ImmutableDevice.copyOf(device)
        .withConsumesCounters(
            new CounterConsumption("board", ImmutableMap.of("slots", Quantity.of(slots))));
  }
}
