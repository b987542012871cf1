package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The pod or group of pods that controls a claim.
 *
 * @param kind its kind
 * @param name its name, in the namespace of the claim
 * @param uid its uid
 */
record ClaimOwner(Kind kind, String name, String uid) {

  /** What may control a claim, with what its claims say of it (R226, R229). */
  enum Kind {
    POD("v1", "Pod", "resource.kubernetes.io/pod-claim-name"),
    POD_GROUP(
        PodGroup.API_GROUP + "/v1beta1", "PodGroup", "resource.kubernetes.io/podgroup-claim-name");

    private final String apiVersion;
    private final String kind;
    private final String entryAnnotation;

    Kind(String apiVersion, String kind, String entryAnnotation) {
      this.apiVersion = apiVersion;
      this.kind = kind;
      this.entryAnnotation = entryAnnotation;
    }

    /** Where objects of the kind are written. */
    String apiVersion() {
      return apiVersion;
    }

    /** What it is called. */
    String kind() {
      return kind;
    }

    /** The annotation that names the entry for which a claim was generated. */
    String entryAnnotation() {
      return entryAnnotation;
    }

    /** Whether an owner says that it is of this kind, in any version. */
    boolean isOf(Field owner) {
      String group = apiVersion.substring(0, apiVersion.indexOf('/') + 1);
      String version = owner.get("apiVersion").text();
      return owner.get("kind").text().equals(kind)
          && (group.isEmpty() ? version.equals(apiVersion) : version.startsWith(group));
    }
  }

  /** Returns what a claim has among its {@code ownerReferences} for it, as its controller. */
  ObjectNode reference() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", kind.apiVersion())
        .put("kind", kind.kind())
        .put("name", name)
        .put("uid", uid)
        .put("controller", true);
  }

  static ClaimOwner of(PodObject pod) {
    return new ClaimOwner(Kind.POD, pod.id().name(), pod.uid());
  }

  static ClaimOwner of(PodGroup group) {
    return new ClaimOwner(Kind.POD_GROUP, group.label().name(), group.uid());
  }
}
