package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NvidiaDriver;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a generated claim asks for. Immutable; equal where it asks for the same. */
public final class ClaimShape {

  private static final String PCIE_ROOT = "resource.kubernetes.io/pcieRoot";

  private final String label;
  private final ObjectNode devices;

  private ClaimShape(String label, ObjectNode devices) {
    this.label = label;
    this.devices = devices;
  }

  /** One partition of this profile, such as {@code 1g.10gb}. */
  public static ClaimShape profile(String profile) {
    ObjectNode devices = JsonNodeFactory.instance.objectNode();
    ObjectNode request = exactly(devices, "gpu", NvidiaDriver.MIG_CLASS, 1);
    PublishedObjects.addSelector(request, profileIs(profile));
    return new ClaimShape("mig-" + profile.replaceAll("[^a-z0-9]+", ""), devices);
  }

  /**
   * One partition of any profile that is large enough.
   *
   * @param memory the least memory, a quantity
   * @param multiprocessors the fewest multiprocessors
   */
  public static ClaimShape capability(String memory, int multiprocessors) {
    ObjectNode devices = JsonNodeFactory.instance.objectNode();
    ObjectNode request = exactly(devices, "gpu", NvidiaDriver.MIG_CLASS, 1);
    PublishedObjects.addSelector(request, capacityIsAtLeast("memory", memory));
    PublishedObjects.addSelector(
        request, capacityIsAtLeast("multiprocessors", Integer.toString(multiprocessors)));
    return new ClaimShape(
        "cap-" + memory.toLowerCase(Locale.ROOT) + "-" + multiprocessors, devices);
  }

  /** Whole GPUs, on any roots. */
  public static ClaimShape gpus(int count) {
    ObjectNode devices = JsonNodeFactory.instance.objectNode();
    exactly(devices, "gpu", NvidiaDriver.GPU_CLASS, count);
    return new ClaimShape("gpus-" + count, devices);
  }

  /** Whole GPUs that share a PCIe root. */
  public static ClaimShape gpusOnOneRoot(int count) {
    ObjectNode devices = JsonNodeFactory.instance.objectNode();
    exactly(devices, "gpu", NvidiaDriver.GPU_CLASS, count);
    matchRoot(devices, "gpu");
    return new ClaimShape("gpus-" + count + "-root", devices);
  }

  /** A whole GPU and a NIC that share a PCIe root. */
  public static ClaimShape gpuAndNicOnOneRoot() {
    ObjectNode devices = JsonNodeFactory.instance.objectNode();
    exactly(devices, "gpu", NvidiaDriver.GPU_CLASS, 1);
    exactly(devices, "nic", NicDriver.RDMA_CLASS, 1);
    matchRoot(devices, "gpu", "nic");
    return new ClaimShape("gpu-nic", devices);
  }

  /** Two partitions of three compute slices, else one of seven, else one of one; of any model. */
  public static ClaimShape twoThirdsElseSevenElseOne() {
    ObjectNode devices = JsonNodeFactory.instance.objectNode();
    ArrayNode alternatives =
        devices.withArray("requests").addObject().put("name", "gpu").putArray("firstAvailable");
    for (Alternative each :
        List.of(
            new Alternative("two-3g", "3g.", 2),
            new Alternative("one-7g", "7g.", 1),
            new Alternative("one-1g", "1g.", 1))) {
      ObjectNode request = alternatives.addObject().put("name", each.name());
      fill(request, NvidiaDriver.MIG_CLASS, each.count());
      PublishedObjects.addSelector(
          request,
          "device.attributes[\"%s\"].profile.startsWith(\"%s\")"
              .formatted(NvidiaDriver.NAME, each.profilePrefix()));
    }
    return new ClaimShape("list", devices);
  }

  private record Alternative(String name, String profilePrefix, int count) {}

  private static ObjectNode exactly(
      ObjectNode devices, String name, String deviceClass, int count) {
    ObjectNode request = devices.withArray("requests").addObject().put("name", name);
    return fill(request.putObject("exactly"), deviceClass, count);
  }

  private static ObjectNode fill(ObjectNode request, String deviceClass, int count) {
    return request
        .put("deviceClassName", deviceClass)
        .put("allocationMode", "ExactCount")
        .put("count", count);
  }

  private static void matchRoot(ObjectNode devices, String... requests) {
    ObjectNode constraint = devices.withArray("constraints").addObject();
    Arrays.stream(requests).forEach(constraint.withArray("requests")::add);
    constraint.put("matchAttribute", PCIE_ROOT);
  }

  private static String profileIs(String profile) {
    return "device.attributes[\"%s\"].profile == \"%s\"".formatted(NvidiaDriver.NAME, profile);
  }

  private static String capacityIsAtLeast(String name, String least) {
    return "device.capacity[\"%s\"].%s.compareTo(quantity(\"%s\")) >= 0"
        .formatted(NvidiaDriver.NAME, name, least);
  }

  /** A word for it, in the letters of names. */
  public String label() {
    return label;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClaimShape shape
        && label.equals(shape.label)
        && devices.equals(shape.devices);
  }

  @Override
  public int hashCode() {
    return devices.hashCode();
  }

  /** Returns the label. */
  @Override
  public String toString() {
    return label;
  }

  /** Returns a claim of this shape that has no devices yet. */
  ObjectNode pending(String namespace, String name, Instant createdAt) {
    ObjectNode claim = PublishedObjects.object(PublishedObjects.RESOURCE_API, "ResourceClaim");
    claim
        .putObject("metadata")
        .put("name", name)
        .put("namespace", namespace)
        .put("uid", PublishedObjects.uid(namespace + "/" + name))
        .put("creationTimestamp", createdAt.toString());
    claim.putObject("spec").set("devices", devices.deepCopy());
    return claim;
  }

  /** Returns a template of such claims, which has the label for a name. */
  ObjectNode template(String namespace) {
    ObjectNode template =
        PublishedObjects.object(PublishedObjects.RESOURCE_API, "ResourceClaimTemplate");
    template
        .putObject("metadata")
        .put("name", label)
        .put("namespace", namespace)
        .put("uid", PublishedObjects.uid("ResourceClaimTemplate/" + namespace + "/" + label));
    template.putObject("spec").putObject("spec").set("devices", devices.deepCopy());
    return template;
  }

  /** Returns a claim of this shape that holds one device of a node. */
  ObjectNode held(
      String namespace, String name, Instant createdAt, String node, String driver, String device) {
    ObjectNode claim = pending(namespace, name, createdAt);
    claim
        .withObject("/metadata")
        .putArray("finalizers")
        .add("resource.kubernetes.io/delete-protection");
    ObjectNode allocation = claim.putObject("status").putObject("allocation");
    allocation
        .putObject("devices")
        .putArray("results")
        .addObject()
        .put("request", devices.at("/requests/0/name").textValue())
        .put("driver", driver)
        .put("pool", node)
        .put("device", device);
    ObjectNode term =
        allocation.putObject("nodeSelector").putArray("nodeSelectorTerms").addObject();
    term.putArray("matchFields")
        .addObject()
        .put("key", "metadata.name")
        .put("operator", "In")
        .putArray("values")
        .add(node);
    return claim;
  }
}
