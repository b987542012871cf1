package io.tangram.api.feature;

import static io.tangram.api.feature.Stage.ABSENT;
import static io.tangram.api.feature.Stage.ALPHA;
import static io.tangram.api.feature.Stage.BETA;
import static io.tangram.api.feature.Stage.BETA_OFF;
import static io.tangram.api.feature.Stage.GA;
import static io.tangram.api.feature.Stage.LOCKED;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Optional;

/**
 * The feature gates of Dynamic Resource Allocation, with their stages in Kubernetes 1.32 to 1.37
 * (section 15.1 of the rules). Where that table leaves a stage open, the gate is taken for alpha.
 */
public enum FeatureGate {
  /** Claims and their allocation as such; without it every claim stays out. */
  DYNAMIC_RESOURCE_ALLOCATION(
      "DynamicResourceAllocation", Concern.PLANS, BETA_OFF, BETA_OFF, GA, LOCKED, LOCKED, LOCKED),
  /** Devices taken for administration, in use or not (R82, R88). */
  ADMIN_ACCESS("DRAAdminAccess", Concern.PLANS, ALPHA, ALPHA, BETA, BETA, LOCKED, LOCKED),
  /** Requests with alternatives (R74, R78). */
  PRIORITIZED_LIST("DRAPrioritizedList", Concern.PLANS, ABSENT, ALPHA, BETA, BETA, GA, LOCKED),
  /** Devices that draw on shared counters, and slices that leave nodes to devices (R9, R117). */
  PARTITIONABLE_DEVICES(
      "DRAPartitionableDevices", Concern.PLANS, ABSENT, ALPHA, ALPHA, ALPHA, BETA, BETA),
  /** An attribute that groups partitions in reports; allocation doesn't read it. */
  PARTITIONABLE_DEVICES_TYPE(
      "DRAPartitionableDevicesType",
      Concern.ELSEWHERE,
      ABSENT,
      ABSENT,
      ABSENT,
      ABSENT,
      ABSENT,
      ALPHA),
  /** Taints of devices (R147, R150). */
  DEVICE_TAINTS("DRADeviceTaints", Concern.PLANS, ABSENT, ALPHA, ALPHA, ALPHA, BETA, GA),
  /** Rules that taint devices from outside their slices (R152). */
  DEVICE_TAINT_RULES(
      "DRADeviceTaintRules", Concern.PLANS, ABSENT, ABSENT, ABSENT, ALPHA, BETA_OFF, GA),
  /** Shared devices, requested amounts, and {@code distinctAttribute} (R93, R95, R125). */
  CONSUMABLE_CAPACITY(
      "DRAConsumableCapacity", Concern.PLANS, ABSENT, ABSENT, ALPHA, ALPHA, BETA, BETA),
  /** Ranges of amounts in steps below one (R134). */
  FRACTIONAL_CAPACITY_RANGE(
      "DRAFractionalCapacityRange", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, BETA),
  /** Devices that must become ready before a pod is bound (R161). */
  DEVICE_BINDING_CONDITIONS(
      "DRADeviceBindingConditions", Concern.PLANS, ABSENT, ABSENT, ALPHA, ALPHA, BETA, BETA),
  /** What drivers report of allocated devices; binding conditions need it. */
  RESOURCE_CLAIM_DEVICE_STATUS(
      "DRAResourceClaimDeviceStatus", Concern.PLANS, ALPHA, BETA, BETA, BETA, BETA, LOCKED),
  /** Extended resources that devices back (section 13 of the rules). */
  EXTENDED_RESOURCE(
      "DRAExtendedResource", Concern.PLANS, ABSENT, ABSENT, ALPHA, ALPHA, BETA, LOCKED),
  /** How long kube-scheduler searches on one node (R206); here limits are options of their own. */
  SCHEDULER_FILTER_TIMEOUT(
      "DRASchedulerFilterTimeout", Concern.ELSEWHERE, ABSENT, ABSENT, BETA, BETA, BETA, BETA),
  /** Attributes with several values (R101, R105). */
  LIST_TYPE_ATTRIBUTES(
      "DRAListTypeAttributes", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA, ALPHA),
  /** Devices that count against the CPU and memory of their node (R237 to R239). */
  NODE_ALLOCATABLE_RESOURCES(
      "DRANodeAllocatableResources", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA, ALPHA),
  /** Claims of pod groups (R229 to R232). */
  WORKLOAD_RESOURCE_CLAIMS(
      "DRAWorkloadResourceClaims", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA, BETA_OFF),
  /** Pod groups as such, which claims of pod groups need (R229). */
  GENERIC_WORKLOAD(
      "GenericWorkload", Concern.PLANS, ABSENT, ABSENT, ABSENT, ALPHA, ALPHA, BETA_OFF),
  /** Reports on the state of pools; allocation doesn't read them. */
  RESOURCE_POOL_STATUS(
      "DRAResourcePoolStatus", Concern.ELSEWHERE, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA, ALPHA),
  /** Who may write which part of a claim's status; a matter of the API server. */
  GRANULAR_STATUS_AUTHORIZATION(
      "DRAResourceClaimGranularStatusAuthorization",
      Concern.ELSEWHERE,
      ABSENT,
      ABSENT,
      ABSENT,
      ABSENT,
      BETA,
      BETA),
  /** Devices that the kubelet need not prepare (section 11.1 of the rules). */
  OPTIONAL_NODE_OPERATIONS(
      "DRAOptionalNodeOperations", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA),
  /** Devices that may or may not be given beside each other on one counter set (R122). */
  DEVICE_COMPATIBILITY_GROUPS(
      "DRADeviceCompatibilityGroups", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA),
  /** Attributes that a request computes of a device (R234). */
  DERIVED_ATTRIBUTES(
      "DRADerivedAttributes", Concern.PLANS, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ALPHA);

  private static final ImmutableMap<String, FeatureGate> BY_NAME =
      Maps.uniqueIndex(Arrays.asList(values()), FeatureGate::gateName);

  private final String gateName;
  private final Concern concern;
  private final ImmutableList<Stage> stages;

  FeatureGate(String gateName, Concern concern, Stage... stages) {
    this.gateName = gateName;
    this.concern = concern;
    this.stages = ImmutableList.copyOf(stages);
  }

  /** What a gate means to an allocator. */
  public enum Concern {
    /** Plans depend on it. */
    PLANS,
    /** It is a matter of the API server, of the kubelet or of how long a search takes. */
    ELSEWHERE
  }

  /** Returns the gate that Kubernetes calls so, if it is known. */
  public static Optional<FeatureGate> named(String gateName) {
    return Optional.ofNullable(BY_NAME.get(gateName));
  }

  /** The name in Kubernetes. */
  public String gateName() {
    return gateName;
  }

  /** What the gate means to an allocator. */
  public Concern concern() {
    return concern;
  }

  /** Returns how far the feature has come in a version. */
  public Stage stageIn(KubernetesVersion version) {
    return stages.get(version.minor() - KubernetesVersion.OLDEST.minor());
  }

  /**
   * The gate of which this one is a part, if any: it means nothing without that one, and where
   * nobody names it, it goes off with it. That all are parts of {@link
   * #DYNAMIC_RESOURCE_ALLOCATION} is not repeated.
   */
  public Optional<FeatureGate> partOf() {
    return switch (this) {
      case DEVICE_TAINT_RULES -> Optional.of(DEVICE_TAINTS);
      case FRACTIONAL_CAPACITY_RANGE -> Optional.of(CONSUMABLE_CAPACITY);
      case PARTITIONABLE_DEVICES_TYPE, DEVICE_COMPATIBILITY_GROUPS ->
          Optional.of(PARTITIONABLE_DEVICES);
      default -> Optional.empty();
    };
  }

  /** The gate that stood for this feature too in versions that don't have this one, if any. */
  public Optional<FeatureGate> partedFrom() {
    return this == DEVICE_TAINT_RULES ? Optional.of(DEVICE_TAINTS) : Optional.empty();
  }

  /** The gate without which this one can't be on, though it is no part of it, if any. */
  public Optional<FeatureGate> prerequisite() {
    return switch (this) {
      case DEVICE_BINDING_CONDITIONS -> Optional.of(RESOURCE_CLAIM_DEVICE_STATUS);
      case WORKLOAD_RESOURCE_CLAIMS -> Optional.of(GENERIC_WORKLOAD);
      default -> Optional.empty();
    };
  }

  /** Returns {@link #gateName}. */
  @Override
  public String toString() {
    return gateName;
  }
}
