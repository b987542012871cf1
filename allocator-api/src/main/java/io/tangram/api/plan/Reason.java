package io.tangram.api.plan;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.feature.OffFeature;
import io.tangram.api.reference.Defect;
import java.util.stream.Collectors;

/** Why a claim stays unallocated, with the evidence. */
public sealed interface Reason {

  /** The reason in one word. */
  ReasonCode code();

  /** The reason as a sentence: what, how much, which rule. */
  String message();

  /**
   * No published device satisfies class and selectors of a request.
   *
   * @param request the request
   * @param devices how many devices were looked at
   */
  record NoMatchingDevice(String request, int devices) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.NO_MATCHING_DEVICE;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": none of "
          + devices
          + " published devices satisfies its class and selectors (R62)";
    }
  }

  /**
   * Too few matching devices are free on one node.
   *
   * @param request the request that falls short
   * @param wanted how many devices it wants
   * @param matching how many match in the cluster, free or not
   * @param mostFree the most that are free on one node
   */
  record InsufficientDevices(String request, long wanted, int matching, int mostFree)
      implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.INSUFFICIENT_DEVICES;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": wants "
          + wanted
          + " of "
          + matching
          + " matching devices, but no node has more than "
          + mostFree
          + " of them free for it (R62, R90)";
    }
  }

  /**
   * Matching devices are free, but of the counters they draw on too little is left.
   *
   * @param request the request
   * @param wanted how many devices it wants, 0 for all of a node
   * @param free how many matching devices nobody holds
   * @param exhausted for how many of them too little is left of their counters
   */
  record CountersExhausted(String request, long wanted, int free, int exhausted) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.COUNTERS;
    }

    @Override
    public String message() {
      return "request "
          + request
          + (exhausted == free
              ? ": too little is left of the counters of all "
                  + free
                  + " matching devices that nobody holds"
              : ": wants "
                  + (wanted == 0 ? "all" : wanted)
                  + " of a node's matching devices, but no node has enough left of the counters that"
                  + " they share")
          + " (R112)";
    }
  }

  /**
   * Matching devices are free, but have no compatibility group in common with devices that are in
   * use on the same counter sets; of other free ones too little may be left.
   *
   * @param request the request
   * @param free how many matching devices nobody holds
   * @param incompatible how many of them have no group in common
   * @param example one of these
   */
  record GroupsIncompatible(String request, int free, int incompatible, DeviceId example)
      implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.COUNTERS;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": "
          + incompatible
          + " of "
          + free
          + " matching devices that nobody holds can't be in use beside those that are, since they"
          + " have no compatibility group in common on their counter sets, such as "
          + example
          + " (R122)";
    }
  }

  /**
   * So many devices could be had, but not at a time: on their counter sets they have no
   * compatibility group in common.
   *
   * @param requests the requests that would need them
   */
  record GroupsApart(ImmutableList<String> requests) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.COUNTERS;
    }

    @Override
    public String message() {
      return (requests.size() == 1
              ? "request " + requests.get(0) + " could be met on a node"
              : "requests " + String.join(", ", requests) + " could be met together on a node")
          + ", if devices could be in use at a time that have no compatibility group in common on"
          + " their counter sets (R122)";
    }
  }

  /**
   * Matching devices have too little capacity left.
   *
   * @param request the request
   * @param matching how many devices match
   */
  record CapacityExhausted(String request, int matching) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.CAPACITY;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": none of "
          + matching
          + " matching devices has the capacity it asks for left, or their policy forbids it (R128,"
          + " R132)";
    }
  }

  /**
   * Matching devices could not give the capacity even if nobody used them.
   *
   * @param request the request
   * @param matching how many devices match
   */
  record CapacityBeyondAll(String request, int matching) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.CAPACITY;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": none of "
          + matching
          + " matching devices could serve it, even unused: each lacks a capacity that it asks for,"
          + " has less of it, or has a policy that forbids the amount (R127, R128, R132)";
    }
  }

  /**
   * No choice of devices satisfies the constraints.
   *
   * @param constraints what the claim demands of its devices together
   */
  record ConstraintUnsatisfied(ImmutableList<String> constraints) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.CONSTRAINT;
    }

    @Override
    public String message() {
      return "each request could be met alone, but on no node all together under "
          + (constraints.isEmpty()
              ? "the rule that a device is given once"
              : String.join(", ", constraints))
          + " (section 6)";
    }
  }

  /**
   * No node has so many devices that are joined as a claim requires.
   *
   * @param requests the requests whose devices have to be joined; all where empty
   * @param requirement what each two of them must have
   * @param wanted how many devices the requests ask for at least
   * @param largest how many matching devices of a node, taken or not, are joined so at most
   */
  record LinksMissing(
      ImmutableList<String> requests, LinkRequirement requirement, long wanted, int largest)
      implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.CONSTRAINT;
    }

    @Override
    public String message() {
      return (requests.isEmpty() ? "the claim" : "request " + String.join(", ", requests))
          + " asks for "
          + wanted
          + " devices with "
          + requirement
          + " between each two; the largest set of matching devices of a node that has that is of "
          + largest;
    }
  }

  /**
   * A constraint compares an attribute that nobody publishes.
   *
   * @param constraint what the claim demands of its devices together
   * @param attribute the attribute
   */
  record AttributeUnpublished(String constraint, QualifiedName attribute) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.CONSTRAINT;
    }

    @Override
    public String message() {
      return constraint + " can't hold: no device has this attribute (R97)";
    }
  }

  /**
   * Taints keep the claim away.
   *
   * @param request the request
   * @param tainted how many matching devices are tainted
   * @param example one of the taints
   */
  record Tainted(String request, int tainted, Taint example) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.TAINT;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": "
          + tainted
          + (tainted == 1 ? " matching device has" : " matching devices have")
          + " taints it doesn't tolerate, such as "
          + example
          + " (R147)";
    }
  }

  /**
   * A claim that the workload uses holds a device that is to be vacated: no new workload may use
   * it.
   *
   * @param claim the claim
   * @param device the device
   * @param taint its taint, of effect NoExecute, which the claim doesn't tolerate
   */
  record ClaimTainted(ClaimId claim, DeviceId device, Taint taint) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.TAINT;
    }

    @Override
    public String message() {
      return "claim "
          + claim
          + " may have no new users: it holds device "
          + device
          + " with taint "
          + taint
          + ", which it doesn't tolerate (R160)";
    }
  }

  /**
   * A device that mode All needs is not available.
   *
   * @param request the request
   * @param device one such device
   */
  record AllModeBlocked(String request, DeviceId device) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.ALL_MODE_BLOCKED;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": mode All needs every matching device of a node, and on each node one is not"
          + " available, such as "
          + device
          + " (R67)";
    }
  }

  /**
   * The devices are in pools that are not completely published.
   *
   * @param request the request
   * @param pool one such pool
   * @param devices how many matching devices are in such pools
   */
  record PoolIncomplete(String request, PoolId pool, int devices) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.POOL_INCOMPLETE;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": "
          + devices
          + (devices == 1 ? " matching device is" : " matching devices are")
          + " in pools whose slices are not all there, such as "
          + pool
          + " (R15)";
    }
  }

  /**
   * The devices are in pools that contradict themselves.
   *
   * @param request the request
   * @param pool one such pool
   * @param defect what is wrong with it
   */
  record PoolInvalid(String request, PoolId pool, String defect) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.POOL_INVALID;
    }

    @Override
    public String message() {
      return "request " + request + ": pool " + pool + " can't be used: " + defect + " (R19)";
    }
  }

  /**
   * The device class does not exist.
   *
   * @param request the request
   * @param deviceClass the class it names
   */
  record ClassMissing(String request, String deviceClass) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.CLASS_MISSING;
    }

    @Override
    public String message() {
      return "request " + request + ": device class " + deviceClass + " does not exist (R39)";
    }
  }

  /**
   * A selector does not compile, or fails on devices.
   *
   * @param request the request
   * @param expression the selector, as messages show it
   * @param problem what is wrong
   */
  record SelectorFailed(String request, String expression, String problem) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.SELECTOR_ERROR;
    }

    @Override
    public String message() {
      return "request " + request + ": selector " + expression + ": " + problem + " (R54, R55)";
    }
  }

  /**
   * An attribute that a request derives does not compile, or fails on devices.
   *
   * @param request the request
   * @param attribute the name of the attribute
   * @param expression the computation, as messages show it
   * @param problem what is wrong
   */
  record DerivationFailed(
      String request, QualifiedName attribute, String expression, String problem)
      implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.SELECTOR_ERROR;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": derived attribute "
          + attribute
          + ", "
          + expression
          + ": "
          + problem
          + " (R234)";
    }
  }

  /**
   * A member of a group of which too few can be placed for any to be.
   *
   * @param group the group
   * @param minMembers how many must be placed for any to be placed
   * @param members how many of those that wait can be considered at all
   */
  record GroupUnplaced(WorkloadGroupId group, int minMembers, int members) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.GROUP;
    }

    @Override
    public String message() {
      String needs =
          "group " + group + " is placed with at least " + minMembers + " members or not at all";
      return members < minMembers
          ? needs + ", and " + members + " of those that wait can be considered"
          : needs + ", and so many found no place together";
    }
  }

  /**
   * A member of a group that would find room for enough members beside what is held, but none that
   * the topology it requires allows.
   *
   * @param group the group
   * @param minMembers how many must be placed for any to be placed
   * @param requirement what it requires, in words
   * @param level the label whose values are the domains, of the first requirement
   * @param domains how many values the label has
   * @param mostMembers how many members were found a place at most, fewer than it takes
   */
  record TopologyUnsatisfied(
      WorkloadGroupId group,
      int minMembers,
      String requirement,
      String level,
      int domains,
      int mostMembers)
      implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.TOPOLOGY;
    }

    @Override
    public String message() {
      return "group %s requires %s, and %d of the %d members that it needs were found a place like that (%s has %s)"
          .formatted(
              group,
              requirement,
              mostMembers,
              minMembers,
              level,
              domains == 1 ? "one value" : domains + " values");
    }
  }

  /**
   * The claim asks for more devices than a claim can have.
   *
   * @param devices how many it asks for at least
   * @param limit how many it can have
   */
  record LimitExceeded(long devices, int limit) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.LIMIT_EXCEEDED;
    }

    @Override
    public String message() {
      return "asks for at least "
          + devices
          + " devices; a claim can have "
          + limit
          + " (R203). Split it into several claims.";
    }
  }

  /**
   * The workload takes more of extended resources than the one claim that stands for them all can
   * have of devices.
   *
   * @param resources the resources
   * @param devices how many devices they are at least
   * @param limit how many there can be
   */
  record ExtendedLimitExceeded(ImmutableList<String> resources, long devices, int limit)
      implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.LIMIT_EXCEEDED;
    }

    @Override
    public String message() {
      return "asks for "
          + devices
          + " devices by "
          + String.join(", ", resources)
          + "; extended resources can stand for "
          + limit
          + " in all (R222). Ask for some of them by claims.";
    }
  }

  /**
   * The claim's namespace is not allowed administrative access.
   *
   * @param namespace the namespace
   */
  record AdminAccessDenied(String namespace) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.ADMIN_ACCESS_DENIED;
    }

    @Override
    public String message() {
      return "administrative access needs the label resource.kubernetes.io/admin-access: \"true\""
          + " on namespace "
          + namespace
          + " (R81)";
    }
  }

  /**
   * The claim or its workload has a constraint that this allocator doesn't implement.
   *
   * @param constraint the constraint
   */
  record UnsupportedConstraint(String constraint) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.UNSUPPORTED_CONSTRAINT;
    }

    @Override
    public String message() {
      return constraint + " is not supported by this allocator, and is not ignored either";
    }
  }

  /**
   * The claim uses a feature that is off.
   *
   * @param feature the feature
   */
  record FeatureOff(OffFeature feature) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.FEATURE_OFF;
    }

    @Override
    public String message() {
      return feature.message();
    }
  }

  /**
   * Devices would do, but are behind a barrier, and no node has enough others.
   *
   * @param request the request
   * @param devices how many devices that class and selectors admit are behind a barrier
   * @param feature the feature that the first of them would need
   */
  record DevicesBarred(String request, int devices, OffFeature feature) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.FEATURE_OFF;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": class and selectors admit "
          + devices
          + (devices == 1 ? " device that is" : " devices that are")
          + " never given: "
          + feature.message();
    }
  }

  /**
   * A claim that has to be allocated with this one can't be.
   *
   * @param claim the other claim of the workload
   * @param reason why that one can't
   */
  record PartnerUnallocated(ClaimId claim, Reason reason) implements Reason {

    private static final String RULE = " (R194)";

    @Override
    public ReasonCode code() {
      return reason.code();
    }

    @Override
    public String message() {
      String why = reason.message();
      return "goes with claim "
          + claim
          + ", which stays out: "
          + why
          + (why.endsWith(RULE) ? "" : RULE);
    }
  }

  /**
   * A reason that would stay if nothing were in use: no claim held, no workload placed.
   *
   * @param reason the reason, true of the cluster when nothing is in use
   */
  record Lasting(Reason reason) implements Reason {
    @Override
    public ReasonCode code() {
      return reason.code();
    }

    @Override
    public String message() {
      return reason.message() + ", even if nothing were in use";
    }
  }

  /**
   * Nothing that draws on counters is given from the pools of the matching devices.
   *
   * @param request the request
   * @param pool one such pool
   */
  record CountersClosed(String request, PoolId pool) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.COUNTERS;
    }

    @Override
    public String message() {
      return "request "
          + request
          + ": what is left of the counters behind the matching devices is unknown or less than"
          + " nothing, since devices in use are published no more or overdraw them, such as in pool "
          + pool
          + " (R112, R116)";
    }
  }

  /**
   * A pool that can't be judged keeps mode All off every node that could serve the request.
   *
   * @param request the request
   * @param pool one such pool
   * @param code {@link ReasonCode#POOL_INCOMPLETE} or {@link ReasonCode#POOL_INVALID}
   */
  record PoolBlocksAll(String request, PoolId pool, ReasonCode code) implements Reason {
    @Override
    public String message() {
      return "request "
          + request
          + ": mode All needs every pool that a node sees to be complete and valid, and pool "
          + pool
          + (code == ReasonCode.POOL_INCOMPLETE ? " is incomplete" : " is invalid")
          + " (R69)";
    }
  }

  /**
   * Requests that could each be met, but not together.
   *
   * @param requests the requests, with their claims where there are several
   * @param code what they lack together: {@link ReasonCode#INSUFFICIENT_DEVICES}, {@link
   *     ReasonCode#COUNTERS}, {@link ReasonCode#CAPACITY}, or {@link ReasonCode#NODE_SELECTOR} if
   *     different nodes could meet them
   */
  record Competing(ImmutableList<String> requests, ReasonCode code) implements Reason {
    @Override
    public String message() {
      String shortage =
          switch (code) {
            case COUNTERS -> "no node has enough left of the counters they draw on";
            case CAPACITY -> "no node has enough capacity left for all";
            case NODE_SELECTOR -> "they can be met on different nodes only";
            default -> "no node has enough free devices for all";
          };
      return "requests "
          + String.join(", ", requests)
          + " could each be met alone, but not all together on one node: "
          + shortage
          + " (R194)";
    }
  }

  /**
   * The nodes that could serve the claim are not among those on which it may be placed.
   *
   * @param allowed how many nodes it may be placed on
   * @param nodes how many nodes there are
   * @param excluded the others, by what rules them out
   */
  record NodesExcluded(int allowed, int nodes, ExcludedNodes excluded) implements Reason {

    /** Taints, if they rule out all nodes that selectors and claims leave, or nothing else does. */
    @Override
    public ReasonCode code() {
      boolean byTaints =
          excluded.untolerated() > 0
              && (allowed == 0 || excluded.untolerated() == excluded.count());
      return byTaints ? ReasonCode.TAINT : ReasonCode.NODE_SELECTOR;
    }

    @Override
    public String message() {
      if (nodes == 0) {
        return "there is no node";
      }
      String where = allowed == 0 ? "none" : String.valueOf(allowed);
      return "may be placed on "
          + where
          + " of "
          + nodes
          + " nodes"
          + (allowed == 0 ? "" : ", but doesn't fit there")
          + "; ruled out are "
          + excluded;
    }
  }

  /**
   * Nodes that could serve the workload have too little of their resources left.
   *
   * @param resource the resource that is short on the most of them
   * @param wanted how much of it the workload takes, with what its devices take (R239)
   * @param byDevices whether its devices take something of it
   * @param mostLeft the most that is left of it on a node where it is short
   * @param nodes on how many nodes it is short that the workload may be placed on
   */
  record NodeResources(
      String resource, Quantity wanted, boolean byDevices, Quantity mostLeft, int nodes)
      implements Reason {

    /** Makes the reason where devices take nothing. */
    public NodeResources(String resource, Quantity wanted, Quantity mostLeft, int nodes) {
      this(resource, wanted, false, mostLeft, nodes);
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.NODE_RESOURCES;
    }

    @Override
    public String message() {
      return "the pod takes "
          + wanted
          + " of "
          + resource
          + (byDevices ? " with its devices" : "")
          + ", of which no more than "
          + mostLeft.inUnitOf(wanted)
          + " is left on "
          + nodes
          + (nodes == 1 ? " node" : " nodes")
          + " that could serve it otherwise";
    }
  }

  /**
   * Devices that could be had are parts of nodes, which only claims get that containers use (R238).
   *
   * @param claim the claim that no container of the workload references
   */
  record PartOfNodeUnreferenced(ClaimId claim) implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.NODE_RESOURCES;
    }

    @Override
    public String message() {
      return "no container of the pod references claim "
          + claim
          + ", which would get parts of the CPU or memory of a node that only containers can use"
          + " (R238); list it in resources.claims of a container";
    }
  }

  /**
   * The claim fits alone, but others were admitted in its place.
   *
   * @param by what decided against it
   * @param above the priorities above its own of which something was admitted, highest first; empty
   *     in a queue
   */
  record Outranked(Precedence by, ImmutableList<Integer> above) implements Reason {

    private static final int NAMED = 3;

    /** Returns the reason that gives no more than the fact. */
    public static Outranked byOthers() {
      return new Outranked(Precedence.UNKNOWN, ImmutableList.of());
    }

    /** Returns the reason for what comes too late in a queue. */
    public static Outranked inQueue() {
      return new Outranked(Precedence.QUEUE, ImmutableList.of());
    }

    @Override
    public ReasonCode code() {
      return ReasonCode.OUTRANKED;
    }

    @Override
    public String message() {
      return "would fit alone, but "
          + switch (by) {
            case QUEUE -> "those before it in the queue have taken what it needs";
            case PRIORITY -> priorities() + " comes first and holds what it needs";
            case CLAIMS -> others() + "no plan admits more claims" + unlessHigher();
            case DEVICE_SHARE -> others() + "no plan gives more of the devices" + unlessHigher();
            case UNKNOWN -> "others were admitted in its place";
          };
    }

    private String priorities() {
      return above.size() > NAMED
          ? "what has priority " + above.get(above.size() - 1) + " to " + above.get(0)
          : "what has priority "
              + above.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private static String others() {
      return "others of its priority were admitted in its place: ";
    }

    private String unlessHigher() {
      return above.isEmpty() ? "" : " beside those of higher priority";
    }
  }

  /**
   * The claim would fit by the rules, but the reference, which is to be predicted, would miss that.
   *
   * @param defect the defect of the reference that is to blame
   * @param node the node on which it would fit
   */
  record MissedByReference(Defect defect, String node) implements Reason {
    /** What the claim lacks in the eyes of the reference. */
    @Override
    public ReasonCode code() {
      return switch (defect) {
        case COUNTER_SLICES_COUNT_EVERYWHERE, UNUSABLE_POOL_IS_FATAL -> ReasonCode.POOL_INCOMPLETE;
        case ALL_MODE_CONSTRAINT_IS_FATAL,
            COMMON_VALUES_STAY_NARROW,
            LISTS_NEVER_MATCH,
            DISTINCTION_REMEMBERS_LAST ->
            ReasonCode.CONSTRAINT;
        case ALL_MODE_SKIPS_EXHAUSTED, RANGES_IN_WHOLE_UNITS -> ReasonCode.CAPACITY;
        case ADMINISTRATION_PAYS_COUNTERS,
            SHARES_PAY_AGAIN,
            POOL_NAMES_COLLIDE,
            DRAWS_STAY,
            VANISHED_DEVICES_DRAW_NOTHING ->
            ReasonCode.COUNTERS;
        case SHARES_DO_NOT_BLOCK, CONFIGURATION_REPEATED, CONFIGURATION_NAMES_ALL ->
            ReasonCode.INSUFFICIENT_DEVICES;
        case RULE_WITHOUT_SELECTOR_MATCHES_ALL -> ReasonCode.TAINT;
      };
    }

    @Override
    public String message() {
      return "would fit on node " + node + ", which kube-scheduler misses by its defect " + defect;
    }
  }

  /** Time ran out before this claim was decided. */
  record NotProven() implements Reason {
    @Override
    public ReasonCode code() {
      return ReasonCode.NOT_PROVEN;
    }

    @Override
    public String message() {
      return "the limits ended the search before it was decided whether the claim fits; allow more"
          + " time";
    }
  }
}
