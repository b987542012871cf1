package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What {@link io.tangram.api.catalog.NodeTemplate} makes, as Kubernetes objects: nodes, resource
 * slices of one node, and the classes of their drivers.
 */
final class PublishedObjects {

  static final String RESOURCE_API = "resource.k8s.io/v1";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PublishedObjects() {}

  /** Returns the classes that NVIDIA's driver brings along. */
  static Stream<ObjectNode> gpuClasses() {
    ObjectNode gpu = deviceClass(NvidiaDriver.GPU_CLASS, typeIs("gpu"));
    gpu.withObject("/spec").put("extendedResourceName", "nvidia.com/gpu");
    return Stream.of(gpu, deviceClass(NvidiaDriver.MIG_CLASS, typeIs("mig")));
  }

  /** Returns the class of the NICs. */
  static Stream<ObjectNode> nicClass() {
    return Stream.of(
        deviceClass(
            NicDriver.RDMA_CLASS,
            "device.driver == \"%1$s\" && device.attributes[\"%1$s\"].rdma"
                .formatted(NicDriver.NAME)));
  }

  private static String typeIs(String type) {
    return "device.driver == \"%1$s\" && device.attributes[\"%1$s\"].type == \"%2$s\""
        .formatted(NvidiaDriver.NAME, type);
  }

  private static ObjectNode deviceClass(String name, String expression) {
    ObjectNode object = object(RESOURCE_API, "DeviceClass");
    object.putObject("metadata").put("name", name);
    addSelector(object.putObject("spec"), expression);
    return object;
  }

  /** Adds a CEL selector to a class or a request. */
  static void addSelector(ObjectNode holder, String expression) {
    holder.withArray("selectors").addObject().putObject("cel").put("expression", expression);
  }

  /** Returns a uid that stands for what an API server would have made up. */
  static String uid(String object) {
    return UUID.nameUUIDFromBytes(object.getBytes(StandardCharsets.UTF_8)).toString();
  }

  static ObjectNode object(String apiVersion, String kind) {
    return JSON.objectNode().put("apiVersion", apiVersion).put("kind", kind);
  }

  /** Returns the node with its labels. */
  static ObjectNode node(Node node) {
    ObjectNode object = object("v1", "Node");
    ObjectNode metadata = object.putObject("metadata").put("name", node.name());
    ObjectNode labels = metadata.putObject("labels");
    node.labels().forEach(labels::put);
    return object;
  }

  /** Returns a slice of one node. */
  static ObjectNode slice(ResourceSlice slice) {
    if (!(slice.nodes() instanceof NodeSelection.OneNode node)) {
      throw new IllegalArgumentException("Slice " + slice.name() + " is not that of one node.");
    }
    ObjectNode object = object(RESOURCE_API, "ResourceSlice");
    object.putObject("metadata").put("name", slice.name());
    ObjectNode spec = object.putObject("spec");
    spec.put("driver", slice.pool().driver());
    spec.put("nodeName", node.node());
    spec.putObject("pool")
        .put("name", slice.pool().pool())
        .put("generation", slice.generation())
        .put("resourceSliceCount", slice.resourceSliceCount());
    if (!slice.sharedCounters().isEmpty()) {
      ArrayNode sets = spec.putArray("sharedCounters");
      slice.sharedCounters().forEach(set -> counterSet(set, sets.addObject()));
    }
    if (!slice.devices().isEmpty()) {
      ArrayNode devices = spec.putArray("devices");
      slice.devices().forEach(device -> device(device, devices.addObject()));
    }
    return object;
  }

  private static void counterSet(CounterSet set, ObjectNode object) {
    object.put("name", set.name());
    counters(set.counters(), object);
  }

  private static void counters(Map<String, Quantity> counters, ObjectNode object) {
    ObjectNode values = object.putObject("counters");
    counters.forEach((name, value) -> values.putObject(name).put("value", value.toString()));
  }

  private static void device(Device device, ObjectNode object) {
    if (!device.equals(
        Device.builder()
            .name(device.name())
            .build()
            .withAttributes(device.attributes())
            .withCapacity(device.capacity())
            .withConsumesCounters(device.consumesCounters())
            .withTaints(device.taints()))) {
      throw new IllegalArgumentException(
          "Device "
              + device.name()
              + " has more than attributes, capacities, counters and taints.");
    }
    object.put("name", device.name());
    ObjectNode attributes = object.putObject("attributes");
    device
        .attributes()
        .forEach((name, value) -> attribute(value, attributes.putObject(name.toString())));
    if (!device.capacity().isEmpty()) {
      ObjectNode capacity = object.putObject("capacity");
      device
          .capacity()
          .forEach(
              (name, value) ->
                  capacity.putObject(name.toString()).put("value", value.value().toString()));
    }
    if (!device.consumesCounters().isEmpty()) {
      ArrayNode consumption = object.putArray("consumesCounters");
      for (CounterConsumption each : device.consumesCounters()) {
        counters(each.counters(), consumption.addObject().put("counterSet", each.counterSet()));
      }
    }
    if (!device.taints().isEmpty()) {
      ArrayNode taints = object.putArray("taints");
      device.taints().forEach(taint -> taint(taint, taints.addObject()));
    }
  }

  private static void taint(Taint taint, ObjectNode object) {
    object.put("key", taint.key());
    if (!taint.value().isEmpty()) {
      object.put("value", taint.value());
    }
    object.put(
        "effect",
        switch (taint.effect()) {
          case NONE -> "None";
          case NO_SCHEDULE -> "NoSchedule";
          case NO_EXECUTE -> "NoExecute";
          case UNKNOWN -> throw new IllegalArgumentException(taint + " can't be published.");
        });
    taint.timeAdded().ifPresent(time -> object.put("timeAdded", time.toString()));
  }

  private static void attribute(AttributeValue value, ObjectNode object) {
    if (value instanceof AttributeValue.StringValue text) {
      object.put("string", text.value());
    } else if (value instanceof AttributeValue.VersionValue version) {
      object.put("version", version.value());
    } else if (value instanceof AttributeValue.IntValue number) {
      object.put("int", number.value());
    } else if (value instanceof AttributeValue.BoolValue bool) {
      object.put("bool", bool.value());
    } else {
      throw new IllegalArgumentException("No driver of the catalogue publishes " + value + ".");
    }
  }
}
