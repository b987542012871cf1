package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSet;

/** What becomes of an object, by its apiVersion and kind. */
enum ObjectKind {
  NODE,
  NAMESPACE,
  RESOURCE_SLICE,
  DEVICE_CLASS,
  DEVICE_TAINT_RULE,
  RESOURCE_CLAIM,
  RESOURCE_CLAIM_TEMPLATE,
  POD,
  PRIORITY_CLASS,
  POD_GROUP,
  /** A template for groups of pods; it places nothing. */
  WORKLOAD,
  /** A kind that is read, in a version that is not. */
  OTHER_VERSION,
  /** Does not matter. */
  UNKNOWN;

  private static final String SCHEDULING_GROUP = "scheduling.k8s.io/";

  /** The versions that DeviceTaintRule has, which say the same in one shape (section 0.4). */
  private static final ImmutableSet<String> TAINT_RULE_VERSIONS =
      ImmutableSet.of("resource.k8s.io/v1", "resource.k8s.io/v1beta2", "resource.k8s.io/v1alpha3");

  static ObjectKind of(String apiVersion, String kind) {
    if (apiVersion.equals("v1")) {
      return switch (kind) {
        case "Node" -> NODE;
        case "Namespace" -> NAMESPACE;
        case "Pod" -> POD;
        default -> UNKNOWN;
      };
    }
    if (apiVersion.startsWith(SCHEDULING_GROUP)) {
      return switch (kind) {
        case "PriorityClass" -> PRIORITY_CLASS;
        case "PodGroup" -> POD_GROUP;
        case "Workload" -> WORKLOAD;
        default -> UNKNOWN;
      };
    }
    if (!ResourceVersion.isOfGroup(apiVersion)) {
      return UNKNOWN;
    }
    ObjectKind read =
        switch (kind) {
          case "ResourceSlice" -> RESOURCE_SLICE;
          case "DeviceClass" -> DEVICE_CLASS;
          case "ResourceClaim" -> RESOURCE_CLAIM;
          case "ResourceClaimTemplate" -> RESOURCE_CLAIM_TEMPLATE;
          case "DeviceTaintRule" -> DEVICE_TAINT_RULE;
          default -> UNKNOWN;
        };
    boolean readVersion =
        read == DEVICE_TAINT_RULE
            ? TAINT_RULE_VERSIONS.contains(apiVersion)
            : ResourceVersion.of(apiVersion).isPresent();
    return readVersion || read == UNKNOWN ? read : OTHER_VERSION;
  }
}
