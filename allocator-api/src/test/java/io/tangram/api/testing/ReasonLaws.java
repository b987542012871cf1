package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.PoolId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether the reasons of a plan are true, as far as that can be told without search. */
final class ReasonLaws {

  private final AllocationProblem problem;
  private final AllocationPlan plan;
  private final OracleAnswer answer;
  private final RequestRules rules;
  private final UsageRules usages;
  private final LinkRules links;
  private final NodeReasonLaws nodes;
  private final ImmutableList<NodeView> views;
  private final ImmutableList<AdmissionUnit> queue;

  ReasonLaws(AllocationProblem problem, AllocationPlan plan, OracleAnswer answer) {
    this.problem = problem;
    this.plan = plan;
    this.answer = answer;
    this.rules = new RequestRules(problem);
    this.usages = new UsageRules(problem);
    this.links = new LinkRules(problem);
    this.nodes = new NodeReasonLaws(problem.nodes(), Feature.NODE_CONSUMPTION.isIn(problem));
    this.views = NodeView.ofAll(problem);
    this.queue = AdmissionUnit.queueOf(problem);
  }

  /** Requires that of all claims and workloads that the plan leaves out. */
  void requireTrue() {
    plan.unallocated()
        .forEach(
            (claim, reason) -> {
              if (!isSharedWithAGroup(claim)) {
                requireOutrankedIf(
                    answer.fitAlone().contains(claim), claim + ": " + reason, reason);
              }
              requireEvidence(claim, reason, claim + ": " + reason);
            });
    for (AdmissionUnit unit : queue) {
      unit.workload()
          .map(workload -> plan.unplaced().get(workload.id()))
          .ifPresent(reason -> requireTrue(unit, reason));
    }
  }

  /** A claim may fit with a member of a group that is hopeless, and not with its other users. */
  private boolean isSharedWithAGroup(ClaimId claim) {
    List<AdmissionUnit> users =
        queue.stream().filter(unit -> unit.claimIds().contains(claim)).toList();
    return users.size() > 1 && users.stream().anyMatch(unit -> unit.group().isPresent());
  }

  private void requireTrue(AdmissionUnit unit, Reason reason) {
    String what = "workload " + unit.workload().orElseThrow().id() + ": " + reason;
    requireOutrankedIf(answer.fitsAlone(unit), what, reason);
    if (NodeReasonLaws.isOfNodes(reason)) {
      assertThat(nodes.isTrue(unit, reason)).as(what).isTrue();
    } else if (reason instanceof Reason.GroupUnplaced group) {
      requireUnplaced(group, unit::equals, what);
    } else if (reason instanceof Reason.TopologyUnsatisfied topology) {
      requireUnsatisfied(topology, unit::equals, what);
    } else if (unit.claims().isEmpty()) {
      assertThat(reason)
          .as("%s, which has no pending claim", what)
          .isInstanceOfAny(Reason.Outranked.class, Reason.NotProven.class);
    } else {
      requireEvidenceOfOne(unit, reason, what);
    }
  }

  private void requireOutrankedIf(boolean fitsAlone, String what, Reason reason) {
    if (reason instanceof Reason.NotProven) {
      assertThat(plan.status()).as("%s in a plan that is", what).isEqualTo(PlanStatus.FEASIBLE);
    } else if (!(reason instanceof Reason.GroupUnplaced group) || !lacksMembers(group)) {
      assertThat(fitsAlone)
          .as("%s: whether it fits alone", what)
          .isEqualTo(
              reason instanceof Reason.Outranked
                  || reason instanceof Reason.GroupUnplaced
                  || reason instanceof Reason.TopologyUnsatisfied);
    }
  }

  private static boolean lacksMembers(Reason.GroupUnplaced reason) {
    return reason.members() < reason.minMembers();
  }

  /** The claim or workload is of such a group, and no member of it is placed. */
  private void requireUnplaced(
      Reason.GroupUnplaced reason, Predicate<AdmissionUnit> unit, String what) {
    assertThat(queue)
        .as(what)
        .filteredOn(unit)
        .anyMatch(each -> each.group().filter(g -> isOf(reason, g)).isPresent());
    assertThat(queue)
        .as(what)
        .filteredOn(each -> each.group().filter(g -> isOf(reason, g)).isPresent())
        .hasSizeGreaterThanOrEqualTo(reason.members())
        .noneMatch(each -> plan.placements().containsKey(each.workload().orElseThrow().id()));
  }

  /** No member is placed, and no domain is said to hold enough of them. */
  private void requireUnsatisfied(
      Reason.TopologyUnsatisfied reason, Predicate<AdmissionUnit> unit, String what) {
    WorkloadGroup group =
        problem.groups().stream()
            .filter(each -> each.id().equals(reason.group()))
            .findFirst()
            .orElseThrow();
    requireUnplaced(new Reason.GroupUnplaced(group.id(), reason.minMembers(), 0), unit, what);
    assertThat(reason.mostMembers()).as(what).isLessThan(group.minMembers());
    assertThat(group.topology())
        .as(what)
        .anyMatch(
            each ->
                each.required()
                    && each.level().equals(reason.level())
                    && reason.requirement().contains(each.inWords()));
    assertThat(reason.domains())
        .as(what)
        .isEqualTo(
            problem.nodes().stream()
                .flatMap(node -> Stream.ofNullable(node.labels().get(reason.level())))
                .distinct()
                .count());
  }

  private static boolean isOf(Reason.GroupUnplaced reason, WorkloadGroup group) {
    return group.id().equals(reason.group()) && group.minMembers() == reason.minMembers();
  }

  /** What keeps a workload out is true of one of its claims. */
  private void requireEvidenceOfOne(AdmissionUnit unit, Reason reason, String what) {
    List<String> failures = new ArrayList<>();
    for (ClaimId claim : unit.claimIds()) {
      try {
        requireEvidence(claim, reason, what);
        return;
      } catch (AssertionError e) {
        failures.add(claim + ": " + e.getMessage());
      }
    }
    throw new AssertionError(what + " is true of none of its claims: " + failures);
  }

  private void requireEvidence(ClaimId id, Reason reason, String what) {
    if (reason instanceof Reason.PartnerUnallocated partner) {
      requirePartner(id, partner, what);
      requireEvidence(partner.claim(), partner.reason(), what);
      return;
    }
    if (reason instanceof Reason.Lasting lasting && !NodeReasonLaws.isOfNodes(reason)) {
      requireEvidence(id, lasting.reason(), what);
      return;
    }
    if (reason instanceof Reason.GroupUnplaced group) {
      requireUnplaced(group, unit -> unit.claimIds().contains(id), what);
      return;
    }
    if (reason instanceof Reason.TopologyUnsatisfied topology) {
      requireUnsatisfied(topology, unit -> unit.claimIds().contains(id), what);
      return;
    }
    if (NodeReasonLaws.isOfNodes(reason)) {
      assertThat(queue)
          .as("%s: units of the claim", what)
          .anyMatch(unit -> unit.claimIds().contains(id) && nodes.isTrue(unit, reason));
      return;
    }
    Claim claim = claim(id);
    if (reason instanceof Reason.NoMatchingDevice none) {
      assertThat(leaves(claim, none.request(), what)).as(what).noneMatch(this::matchesAny);
    } else if (reason instanceof Reason.InsufficientDevices few) {
      assertThat((long) few.mostFree()).as("%s: free devices", what).isLessThan(few.wanted());
      assertThat(leaves(claim, few.request(), what)).as(what).isNotEmpty();
    } else if (reason instanceof Reason.Tainted tainted) {
      assertThat(leaves(claim, tainted.request(), what))
          .as(what)
          .anyMatch(leaf -> meetsTaint(leaf, tainted));
    } else if (reason instanceof Reason.GroupsIncompatible apart) {
      assertThat(apart.incompatible()).as(what).isBetween(1, apart.free());
      assertThat(leaves(claim, apart.request(), what))
          .as(what)
          .anyMatch(leaf -> isIncompatible(leaf, apart.example()));
    } else if (reason instanceof Reason.GroupsApart apart) {
      assertThat(apart.requests())
          .as(what)
          .isNotEmpty()
          .allSatisfy(request -> assertThat(leaves(claim, request, what)).isNotEmpty());
      assertThat(Feature.COMPATIBILITY_GROUPS.isIn(problem)).as(what).isTrue();
    } else if (reason instanceof Reason.AllModeBlocked blocked) {
      assertThat(leaves(claim, blocked.request(), what))
          .as(what)
          .anyMatch(leaf -> leaf.mode() instanceof AllocationMode.All);
    } else if (reason instanceof Reason.ClassMissing missing) {
      assertThat(leaves(claim, missing.request(), what))
          .as(what)
          .anyMatch(leaf -> leaf.deviceClass().equals(missing.deviceClass()))
          .anyMatch(rules::isClassMissing);
    } else if (reason instanceof Reason.DerivationFailed failed) {
      assertThat(leaves(claim, failed.request(), what))
          .as(what)
          .anyMatch(
              leaf ->
                  leaf.derivedAttributes().containsKey(failed.attribute()) && failsSomewhere(leaf));
    } else if (reason instanceof Reason.SelectorFailed failed) {
      assertThat(leaves(claim, failed.request(), what)).as(what).anyMatch(this::failsSomewhere);
    } else {
      requireEvidenceOfClaim(claim, reason, what);
    }
  }

  private void requireEvidenceOfClaim(Claim claim, Reason reason, String what) {
    if (reason instanceof Reason.LimitExceeded limit) {
      assertThat(limit.devices()).as(what).isGreaterThan(Claim.MAX_DEVICES);
      assertThat(RequestRules.leastDevices(claim)).as(what).isGreaterThan(Claim.MAX_DEVICES);
    } else if (reason instanceof Reason.ExtendedLimitExceeded limit) {
      assertThat(limit.devices()).as(what).isEqualTo(RequestRules.leastDevices(claim));
      assertThat(limit.devices()).as(what).isGreaterThan(limit.limit());
      assertThat(claim.extendedResources().values()).as(what).containsAll(limit.resources());
    } else if (reason instanceof Reason.AdminAccessDenied denied) {
      assertThat(denied.namespace()).as(what).isEqualTo(claim.id().namespace());
      assertThat(rules.isDeniedAdmin(claim)).as("%s: denied", what).isTrue();
    } else if (reason instanceof Reason.FeatureOff off) {
      assertThat(claim.offFeatures()).as(what).contains(off.feature());
    } else if (reason instanceof Reason.LinksMissing missing) {
      assertThat((long) missing.largest()).as(what).isLessThan(missing.wanted());
      assertThat(largestJoined(claim, missing)).as(what).isEqualTo(missing.largest());
    } else if (reason instanceof Reason.DevicesBarred barred) {
      assertThat(leaves(claim, barred.request(), what))
          .as(what)
          .anyMatch(leaf -> countBarred(leaf) == barred.devices());
    } else if (reason instanceof Reason.PoolIncomplete incomplete) {
      requireUnusable(incomplete.pool(), what);
    } else if (reason instanceof Reason.PoolInvalid invalid) {
      requireUnusable(invalid.pool(), what);
    }
  }

  private void requirePartner(ClaimId claim, Reason.PartnerUnallocated partner, String what) {
    assertThat(plan.unallocated()).as(what).containsKey(partner.claim());
    assertThat(problem.workloads())
        .as(what)
        .anyMatch(workload -> workload.claims().containsAll(List.of(claim, partner.claim())));
  }

  private void requireUnusable(PoolId pool, String what) {
    assertThat(problem.slices()).as(what).anyMatch(slice -> slice.pool().equals(pool));
    assertThat(views)
        .as(what)
        .anyMatch(
            view -> view.pools().stream().noneMatch(seen -> seen.contents().id().equals(pool)));
  }

  private Claim claim(ClaimId id) {
    return problem.claims().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** Returns the leaf requests of this name, or all alternatives of the request of this name. */
  private static List<DeviceRequest> leaves(Claim claim, String name, String what) {
    List<DeviceRequest> leaves =
        claim.requests().stream()
            .flatMap(
                request ->
                    request.alternatives().stream()
                        .filter(
                            leaf ->
                                request.name().equals(name)
                                    || request.resultName(leaf).equals(name)
                                    || isForResource(claim, request, name)))
            .toList();
    assertThat(leaves).as("%s: requests called %s", what, name).isNotEmpty();
    return leaves;
  }

  /** Reasons call requests by the extended resource that they stand for. */
  private static boolean isForResource(Claim claim, Request request, String name) {
    String resource = claim.extendedResources().get(request.name());
    return resource != null && name.startsWith(resource);
  }

  /** Returns how many matching devices of a node are joined as the claim requires, at most. */
  private int largestJoined(Claim claim, Reason.LinksMissing missing) {
    DeviceConstraint constraint =
        new DeviceConstraint.Linked(missing.requests(), missing.requirement());
    assertThat(claim.constraints()).contains(constraint);
    int largest = 0;
    for (NodeView view : views) {
      Set<DeviceId> matching = new HashSet<>();
      for (Request request : claim.requests()) {
        for (DeviceRequest leaf : request.alternatives()) {
          if (constraint.covers(request, leaf)) {
            view.pools().stream()
                .flatMap(pool -> pool.offered().stream())
                .filter(device -> rules.matches(leaf, device))
                .forEach(device -> matching.add(device.id()));
          }
        }
      }
      for (Set<DeviceId> some : Sets.powerSet(matching)) {
        if (some.size() > largest && areJoined(missing, view, some)) {
          largest = some.size();
        }
      }
    }
    return largest;
  }

  private boolean areJoined(Reason.LinksMissing missing, NodeView view, Set<DeviceId> devices) {
    Map<DeviceId, PublishedDevice> published = new HashMap<>();
    view.pools().stream()
        .flatMap(pool -> pool.offered().stream())
        .filter(device -> devices.contains(device.id()))
        .forEach(device -> published.put(device.id(), device));
    return devices.size() == 1 || links.areJoined(missing.requirement(), published);
  }

  private Stream<PublishedDevice> offered() {
    return views.stream()
        .flatMap(view -> view.pools().stream())
        .flatMap(pool -> pool.offered().stream());
  }

  private boolean matchesAny(DeviceRequest leaf) {
    return offered().anyMatch(device -> rules.matches(leaf, device));
  }

  private boolean isIncompatible(DeviceRequest leaf, DeviceId id) {
    return views.stream()
        .flatMap(view -> view.pools().stream())
        .anyMatch(
            pool ->
                pool.offered().stream()
                    .filter(device -> device.id().equals(id) && rules.matches(leaf, device))
                    .anyMatch(device -> !usages.areCompatible(device, pool.contents())));
  }

  private boolean meetsTaint(DeviceRequest leaf, Reason.Tainted tainted) {
    return offered()
        .filter(device -> rules.matches(leaf, device))
        .filter(device -> device.device().taints().contains(tainted.example()))
        .anyMatch(device -> !RequestRules.toleratesTaints(leaf, device));
  }

  /** Counts the devices that class and selectors admit behind barriers, seen or not. */
  private long countBarred(DeviceRequest leaf) {
    return PoolContents.devicesOf(problem.slices()).stream()
        .filter(device -> device.device().barrier().isPresent())
        .filter(device -> rules.outcome(leaf, device).equals(Outcome.MATCH))
        .count();
  }

  private boolean failsSomewhere(DeviceRequest leaf) {
    return rules.isBroken(leaf)
        || offered().anyMatch(device -> rules.outcome(leaf, device) instanceof Outcome.Failure);
  }
}
