package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.device.Quantity;
import java.time.Instant;
import java.util.Map;

/** Pods and priority classes as Kubernetes objects. */
final class PodObjects {

  private static final String CLAIM_NAME = "resourceClaimName";
  private static final String TEMPLATE_NAME = "resourceClaimTemplateName";

  private PodObjects() {}

  /**
   * Returns a pod of one container without claims.
   *
   * @param phase what its status says
   * @param requests CPU and memory; what is 0 is not requested
   */
  static ObjectNode pod(
      String namespace,
      String name,
      Instant createdAt,
      String phase,
      Map<String, Quantity> requests) {
    ObjectNode pod = PublishedObjects.object("v1", "Pod");
    pod.putObject("metadata")
        .put("name", name)
        .put("namespace", namespace)
        .put("uid", PublishedObjects.uid("Pod/" + namespace + "/" + name))
        .put("creationTimestamp", createdAt.toString());
    ObjectNode container =
        pod.putObject("spec")
            .putArray("containers")
            .addObject()
            .put("name", "work")
            .put("image", "example/work:1");
    requests.forEach(
        (resource, amount) -> {
          if (amount.signum() > 0) {
            container
                .withObject("/resources")
                .withObject("/requests")
                .put(resource, amount.toString());
          }
        });
    pod.putObject("status").put("phase", phase);
    return pod;
  }

  /** Has the pod's container use a claim that is there. */
  static void addClaim(ObjectNode pod, String claim) {
    add(pod, CLAIM_NAME, claim);
  }

  /** Has the pod's container use a claim that is to be made of a template. */
  static void addTemplate(ObjectNode pod, String template) {
    add(pod, TEMPLATE_NAME, template);
  }

  private static void add(ObjectNode pod, String kind, String name) {
    ObjectNode spec = pod.withObject("/spec");
    ArrayNode claims = spec.withArray("resourceClaims");
    String entry = "claim-" + (claims.size() + 1);
    claims.addObject().put("name", entry).put(kind, name);
    ((ObjectNode) spec.get("containers").get(0))
        .withObject("/resources")
        .withArray("claims")
        .addObject()
        .put("name", entry);
  }

  /** Gives the pod a priority as admission does. */
  static void setPriority(ObjectNode pod, String priorityClass, int value) {
    pod.withObject("/spec").put("priorityClassName", priorityClass).put("priority", value);
  }

  /** Binds the pod. */
  static void setNode(ObjectNode pod, String node) {
    pod.withObject("/spec").put("nodeName", node);
  }

  static ObjectNode priorityClass(String name, int value) {
    ObjectNode object = PublishedObjects.object("scheduling.k8s.io/v1", "PriorityClass");
    object.putObject("metadata").put("name", name);
    return object.put("value", value).put("description", "Pods of priority " + value + ".");
  }
}
