package io.tangram.solver;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import java.util.stream.IntStream;

/** Small clusters of one driver's GPUs, and claims for them. */
public final class Fleet {

  /** The driver of all devices. */
  public static final String DRIVER = "gpu.example.com";

  private static final QualifiedName MODEL = QualifiedName.of(DRIVER, "model");

  private Fleet() {}

  /** A problem with the nodes, and the classes {@code gpu}, {@code big} and {@code small}. */
  public static ImmutableAllocationProblem.Builder of(String... nodes) {
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .addDeviceClasses(
                DeviceClass.builder().name("gpu").build(), model("big"), model("small"));
    for (String node : nodes) {
      problem.addNodes(Node.of(node));
    }
    return problem;
  }

  /** The class of a model, called after it. */
  public static DeviceClass model(String model) {
    return DeviceClass.builder()
        .name(model)
        .addSelectors(DeviceSelectors.attributeEquals(MODEL, model))
        .build();
  }

  /** A slice of a pool of its own, on the node of that name. */
  public static ImmutableResourceSlice slice(String node, Device... devices) {
    return ResourceSlice.builder()
        .name("slice-" + node)
        .pool(new PoolId(DRIVER, node))
        .nodes(NodeSelection.node(node))
        .addDevices(devices)
        .build();
  }

  /** A device of a model. */
  public static Device device(String name, String model) {
    return device(name, ImmutableMap.of("model", model));
  }

  /** A device with attributes of the driver's domain. */
  public static Device device(String name, ImmutableMap<String, String> attributes) {
    var device = Device.builder().name(name);
    attributes.forEach(
        (key, value) -> device.putAttributes(QualifiedName.of("", key), new StringValue(value)));
    return device.build();
  }

  /** So many devices of a model, called {@code model-i}. */
  public static Device[] devices(String model, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> device(model + "-" + i, model))
        .toArray(Device[]::new);
  }

  /** A claim of namespace {@code ns}. */
  public static ImmutableClaim claim(String name, Request... requests) {
    return Claim.builder().id(id(name)).addRequests(requests).build();
  }

  /** The identity of a claim of namespace {@code ns}. */
  public static ClaimId id(String name) {
    return new ClaimId("ns", name);
  }

  /** A request for one device of a class, called after it. */
  public static Request one(String deviceClass) {
    return new Request.Exactly(leaf(deviceClass, 1));
  }

  /** A request for several devices of a class, called after it. */
  public static Request some(String deviceClass, int count) {
    return new Request.Exactly(leaf(deviceClass, count));
  }

  /** A request for all devices of a class, called after it. */
  public static Request all(String deviceClass) {
    return new Request.Exactly(leaf(deviceClass, 1).withMode(AllocationMode.ALL));
  }

  /** A prioritized list called {@code any}. */
  public static Request any(DeviceRequest... alternatives) {
    return new Request.FirstAvailable("any", ImmutableList.copyOf(alternatives));
  }

  /** An alternative called after its class. */
  public static ImmutableDeviceRequest leaf(String deviceClass, int count) {
    return ImmutableDeviceRequest.builder()
        .name(deviceClass)
        .deviceClass(deviceClass)
        .mode(AllocationMode.exactly(count))
        .build();
  }
}
