package io.tangram.api.plan;

/** Why a claim stays unallocated, in one word. The names are part of the command's contract. */
public enum ReasonCode {
  /** No published device satisfies class and selectors. */
  NO_MATCHING_DEVICE,
  /** Devices match, but too few of them are free on any node. */
  INSUFFICIENT_DEVICES,
  /** Free devices match, but the counters they draw on are used up. */
  COUNTERS,
  /** Shared devices match, but too little of their capacity is left. */
  CAPACITY,
  /** Devices match, but no choice of them satisfies the claim's constraints. */
  CONSTRAINT,
  /** Devices match, but taints of devices or of nodes keep the claim away. */
  TAINT,
  /** No node has the CPU, memory or other resources the workload asks for. */
  NODE_RESOURCES,
  /** No node that the workload may run on has the devices. */
  NODE_SELECTOR,
  /** No set of devices satisfies the topology requirement. */
  TOPOLOGY,
  /** Too few members of the group can be placed. */
  GROUP,
  /** A device that mode All needs is not available. */
  ALL_MODE_BLOCKED,
  /** The devices are in pools that are not completely published. */
  POOL_INCOMPLETE,
  /** The devices are in pools that contradict themselves. */
  POOL_INVALID,
  /** The device class does not exist. */
  CLASS_MISSING,
  /** A selector does not compile, or fails on the devices. */
  SELECTOR_ERROR,
  /** The claim uses a feature that is switched off. */
  FEATURE_OFF,
  /** The claim asks for more devices than a claim can have. */
  LIMIT_EXCEEDED,
  /** The claim's namespace is not allowed administrative access. */
  ADMIN_ACCESS_DENIED,
  /** A quota is used up. */
  QUOTA,
  /** The workload has a constraint that is not implemented. */
  UNSUPPORTED_CONSTRAINT,
  /** The claim fits alone, but others were admitted in its place. */
  OUTRANKED,
  /** Time ran out before this claim was decided. */
  NOT_PROVEN
}
