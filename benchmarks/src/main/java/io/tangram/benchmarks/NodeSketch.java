package io.tangram.benchmarks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One node, drawn with few strokes: devices of kinds, each kind with a class of its name. */
final class NodeSketch {

  private static final String DRIVER = "device.example.com";
  private static final String NODE = "node";
  private static final String NAMESPACE = "ns";
  private static final QualifiedName KIND = name("kind");
  private static final QualifiedName ROOM = QualifiedName.of("", "room");

  private final Set<String> kinds = new LinkedHashSet<>();
  private final List<Device> devices = new ArrayList<>();
  private final Map<String, CounterSet> counterSets = new LinkedHashMap<>();
  private final List<Claim> claims = new ArrayList<>();

  /** What a device draws on one counter set that counts one thing. */
  record Draw(String counterSet, long amount) {}

  private static QualifiedName name(String attribute) {
    return QualifiedName.of(DRIVER, attribute);
  }

  /** Adds a device. */
  NodeSketch device(String kind, Map<String, AttributeValue> attributes, Draw... draws) {
    kinds.add(kind);
    ImmutableMap.Builder<QualifiedName, AttributeValue> all = ImmutableMap.builder();
    all.put(KIND, new AttributeValue.StringValue(kind));
    attributes.forEach((attribute, value) -> all.put(name(attribute), value));
    ImmutableList.Builder<CounterConsumption> drawn = ImmutableList.builder();
    for (Draw draw : draws) {
      drawn.add(
          new CounterConsumption(
              draw.counterSet(), ImmutableMap.of("units", Quantity.of(draw.amount()))));
    }
    devices.add(
        Device.builder()
            .name("d" + devices.size())
            .attributes(all.buildOrThrow())
            .consumesCounters(drawn.build())
            .build());
    return this;
  }

  /** Adds devices that have nothing but their kind. */
  NodeSketch devices(int count, String kind) {
    for (int i = 0; i < count; i++) {
      device(kind, Map.of());
    }
    return this;
  }

  /** Adds a device of which several claims may have so many of its units of room. */
  NodeSketch shared(String kind, long room) {
    kinds.add(kind);
    devices.add(
        Device.builder()
            .name("d" + devices.size())
            .putAttributes(KIND, new AttributeValue.StringValue(kind))
            .putCapacity(ROOM, DeviceCapacity.of(Quantity.of(room)))
            .allowMultipleAllocations(true)
            .build());
    return this;
  }

  /** Adds a counter set that counts one thing. */
  NodeSketch counters(String set, long amount) {
    counterSets.put(set, new CounterSet(set, ImmutableMap.of("units", Quantity.of(amount))));
    return this;
  }

  /** Adds a claim. */
  NodeSketch claim(List<Request> requests, DeviceConstraint... constraints) {
    claims.add(
        Claim.builder()
            .id(new ClaimId(NAMESPACE, "claim-" + claims.size()))
            .requests(requests)
            .addConstraints(constraints)
            .build());
    return this;
  }

  /** The node with a pod that wants all the claims. */
  AllocationProblem withOnePod() {
    return problem()
        .addWorkloads(
            Workload.builder()
                .id(new WorkloadId(NAMESPACE, "pod"))
                .claims(claims.stream().map(Claim::id).collect(ImmutableList.toImmutableList()))
                .build())
        .build();
  }

  private ImmutableAllocationProblem.Builder problem() {
    ResourceSlice slice =
        ResourceSlice.builder()
            .name("devices")
            .pool(new PoolId(DRIVER, NODE))
            .nodes(NodeSelection.node(NODE))
            .resourceSliceCount(counterSets.isEmpty() ? 1 : 2)
            .devices(devices)
            .build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().addNodes(Node.of(NODE)).addSlices(slice).claims(claims);
    if (!counterSets.isEmpty()) {
      problem.addSlices(
          ResourceSlice.builder()
              .from(slice)
              .name("counters")
              .devices(List.of())
              .sharedCounters(counterSets.values())
              .build());
    }
    for (String kind : kinds) {
      problem.addDeviceClasses(
          DeviceClass.builder()
              .name(kind)
              .addSelectors(DeviceSelectors.attributeEquals(KIND, kind))
              .build());
    }
    return problem;
  }

  /** A request for some devices of a kind. */
  static Request some(String request, String kind, int count) {
    return new Request.Exactly(leaf(request, kind, count));
  }

  /** A request for all devices of a kind. */
  static Request all(String request, String kind) {
    return new Request.Exactly(leaf(request, kind, 1).withMode(AllocationMode.ALL));
  }

  /** A request for so many units of room on one device of a kind. */
  static Request room(String request, String kind, long room) {
    return new Request.Exactly(
        leaf(request, kind, 1).withCapacityRequests(Map.of(ROOM, Quantity.of(room))));
  }

  /** A prioritized list. */
  static Request list(String request, List<DeviceRequest> alternatives) {
    return new Request.FirstAvailable(request, ImmutableList.copyOf(alternatives));
  }

  /** An alternative, or what a request asks for. */
  static ImmutableDeviceRequest leaf(String name, String kind, int count) {
    return ImmutableDeviceRequest.builder()
        .name(name)
        .deviceClass(kind)
        .mode(AllocationMode.exactly(count))
        .build();
  }

  /** All devices of some requests have one value of an attribute in common. */
  static DeviceConstraint match(String attribute, String... requests) {
    return new DeviceConstraint.MatchAttribute(ImmutableList.copyOf(requests), name(attribute));
  }

  /** No two devices of some requests have a value of an attribute in common. */
  static DeviceConstraint distinct(String attribute, String... requests) {
    return new DeviceConstraint.DistinctAttribute(ImmutableList.copyOf(requests), name(attribute));
  }
}
