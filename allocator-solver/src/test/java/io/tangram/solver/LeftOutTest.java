package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.device.TaintRule;
import io.tangram.api.device.TaintRules;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.Precedence;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What allocators say of workloads that they leave out. */
class LeftOutTest {

  private static final Taint TEAM =
      new Taint("team", "a", Taint.Effect.NO_SCHEDULE, Optional.empty());
  private static final Taint CORDONED =
      new Taint(Taint.UNSCHEDULABLE, "", Taint.Effect.NO_SCHEDULE, Optional.empty());

  static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        new FragmentationAllocator());
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void namesTheTaintThatKeepsAWorkloadOffAllNodes(Allocator allocator) {
    AllocationProblem problem =
        cluster(node("a").withTaints(TEAM), node("b").withTaints(TEAM))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", 0, "c").build())
            .build();

    Reason reason = reason(allocator, problem, "c");

    assertThat(reason.code()).isEqualTo(ReasonCode.TAINT);
    assertThat(reason.message())
        .isEqualTo(
            "may be placed on none of 2 nodes; ruled out are 2 by taints that it doesn't tolerate,"
                + " such as team=a:NoSchedule");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void countsNodesByWhatRulesThemOut(Allocator allocator) {
    NodeSelector inZone = NodeSelector.ofNode("elsewhere");
    AllocationProblem selected =
        cluster(node("a").withTaints(TEAM), node("b"))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", 0, "c").addNodeSelectors(inZone).build())
            .build();
    AllocationProblem mixed =
        Fleet.of()
            .addNodes(node("a").withTaints(TEAM), node("b").withTaints(TEAM, CORDONED), node("c"))
            .addSlices(slice("a", devices("big", 1)))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", 0, "c").build())
            .build();

    assertThat(reason(allocator, selected, "c"))
        .isEqualTo(
            new Reason.NodesExcluded(
                0, 2, new ExcludedNodes(2, Optional.of(inZone), 0, 0, 0, Optional.empty())));
    assertThat(reason(allocator, mixed, "c"))
        .isEqualTo(
            new Reason.NodesExcluded(
                1, 3, new ExcludedNodes(0, Optional.empty(), 0, 1, 1, Optional.of(TEAM))));
    assertThat(reason(allocator, mixed, "c").code()).isEqualTo(ReasonCode.TAINT);
    assertThat(reason(allocator, mixed, "c").message())
        .isEqualTo(
            "may be placed on 1 of 3 nodes, but doesn't fit there; ruled out are 1 as"
                + " unschedulable, 1 by taints that it doesn't tolerate, such as"
                + " team=a:NoSchedule");
  }

  @Test
  void tellsUnitsOfOneTypeEachItsOwnTaints() {
    Taint other = new Taint("other", "", Taint.Effect.NO_EXECUTE, Optional.empty());
    AllocationProblem problem =
        cluster(node("a").withTaints(TEAM, other))
            .addClaims(claim("c0", one("gpu")), claim("c1", one("gpu")))
            .addWorkloads(
                workload("w0", 0, "c0").build(),
                workload("w1", 0, "c1").addTolerations(Toleration.exists("team")).build())
            .build();

    assertThat(reason(new CpSatAllocator(), problem, "c0").message()).contains("team=a");
    assertThat(reason(new CpSatAllocator(), problem, "c1").message()).contains("other:NoExecute");
  }

  @Test
  void saysThatThoseBeforeItInTheQueueTookWhatItNeeds() {
    AllocationProblem problem =
        cluster(node("a"))
            .addClaims(claim("early", one("gpu")), claim("late", some("gpu", 2)))
            .build();
    AllocationOptions inOrder = AllocationOptions.builder().admission(Admission.IN_ORDER).build();

    assertThat(reason(new FirstFitAllocator(), problem, "late"))
        .isEqualTo(Reason.Outranked.inQueue());
    assertThat(new CpSatAllocator().allocate(problem, inOrder).unallocated().get(id("late")))
        .isEqualTo(Reason.Outranked.inQueue());
    assertThat(Reason.Outranked.inQueue().message())
        .isEqualTo("would fit alone, but those before it in the queue have taken what it needs");
  }

  @Test
  void saysWhetherHigherPrioritiesOrEqualsHoldWhatAWorkloadNeeds() {
    AllocationProblem problem =
        cluster(node("a"))
            .addClaims(
                claim("high", one("gpu")),
                claim("pair", some("gpu", 2)),
                claim("low", one("gpu")),
                claim("same", one("gpu")))
            .addWorkloads(
                workload("high", 1000, "high").build(),
                workload("pair", 5, "pair").build(),
                workload("low", 5, "low").build(),
                workload("same", 5, "same").build())
            .build();

    Reason pair = reason(new CpSatAllocator(), problem, "pair");
    Reason equal =
        Stream.of("low", "same")
            .map(claim -> reasonOrNone(new CpSatAllocator(), problem, claim))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow();

    assertThat(pair).isEqualTo(new Reason.Outranked(Precedence.PRIORITY, ImmutableList.of(1000)));
    assertThat(pair.message())
        .isEqualTo(
            "would fit alone, but what has priority 1000 comes first and holds what it needs");
    assertThat(equal).isEqualTo(new Reason.Outranked(Precedence.CLAIMS, ImmutableList.of(1000)));
    assertThat(equal.message())
        .isEqualTo(
            "would fit alone, but others of its priority were admitted in its place: no plan admits"
                + " more claims beside those of higher priority");
  }

  @Test
  void countsResourcesOfNodesAmongWhatHigherPrioritiesHold() {
    AllocationProblem problem =
        cluster(node("a").withAvailable(cpus(2)))
            .addClaims(claim("high", one("gpu")), claim("low", one("gpu")))
            .addWorkloads(
                workload("high", 9, "high").resources(cpus(2)).build(),
                workload("low", 1, "low").resources(cpus(1)).build())
            .build();

    assertThat(reason(new CpSatAllocator(), problem, "low"))
        .isEqualTo(new Reason.Outranked(Precedence.PRIORITY, ImmutableList.of(9)));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysFirstWhatWouldLast(Allocator allocator) {
    ImmutableAllocationProblem.Builder used =
        cluster(node("a").withAvailable(cpus(3)).withAllocatable(cpus(16)))
            .addHeld(held("a", "big-0"), held("a", "big-1"))
            .addClaims(claim("c", one("gpu")));
    AllocationProblem tooLarge =
        used.addWorkloads(workload("w", 0, "c").resources(cpus(64)).build()).build();
    AllocationProblem nowhere =
        ImmutableAllocationProblem.copyOf(tooLarge)
            .withWorkloads(
                workload("w", 0, "c").addNodeSelectors(NodeSelector.ofNode("b")).build());
    AllocationProblem tooMany =
        ImmutableAllocationProblem.copyOf(tooLarge)
            .withWorkloads()
            .withClaims(claim("c", some("gpu", 3)));

    assertThat(reason(allocator, tooLarge, "c").message())
        .isEqualTo(
            "the pod takes 64 of cpu, of which no more than 16 is left on 1 node that could"
                + " serve it otherwise, even if nothing were in use");
    assertThat(reason(allocator, nowhere, "c").code()).isEqualTo(ReasonCode.NODE_SELECTOR);
    assertThat(reason(allocator, tooMany, "c"))
        .isEqualTo(new Reason.Lasting(new Reason.InsufficientDevices("gpu", 3, 2, 2)));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysWhatIsInTheWayNowOfWhatWouldFitAnEmptyCluster(Allocator allocator) {
    AllocationProblem problem =
        cluster(node("a").withAvailable(cpus(3)).withAllocatable(cpus(16)))
            .addHeld(held("a", "big-0"), held("a", "big-1"))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", 0, "c").resources(cpus(8)).build())
            .build();

    assertThat(reason(allocator, problem, "c"))
        .isEqualTo(new Reason.InsufficientDevices("gpu", 1, 2, 0));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void placesNoWorkloadThatUsesAHeldClaimWhichIsToBeVacated(Allocator allocator) {
    TaintRule rule =
        new TaintRule(
            "repair",
            Optional.of(TaintRule.Selection.EVERY),
            new Taint("broken", "", Taint.Effect.NO_EXECUTE, Optional.empty()));
    AllocationProblem whole =
        cluster(node("a"))
            .addHeld(held("a", "big-0"))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(
                workload("w", 0, "held-big-0").build(),
                workload("v", 0, "held-big-0").addClaims(id("c")).build())
            .build();
    AllocationProblem problem =
        ImmutableAllocationProblem.copyOf(whole)
            .withSlices(TaintRules.of(List.of(rule)).applyTo(whole.slices()));

    AllocationPlan plan = allocator.allocate(problem, AllocationOptions.DEFAULTS);

    Reason reason =
        new Reason.ClaimTainted(
            id("held-big-0"),
            new DeviceId(Fleet.DRIVER, "a", "big-0"),
            rule.taint().ofRule("repair"));
    assertThat(plan.unplaced().values()).containsOnly(reason);
    assertThat(plan.unallocated().values()).containsOnly(reason);
    assertThat(reason.code()).isEqualTo(ReasonCode.TAINT);
    assertThat(reason.message())
        .isEqualTo(
            "claim ns/held-big-0 may have no new users: it holds device gpu.example.com/a/big-0"
                + " with taint broken:NoExecute of DeviceTaintRule repair, which it doesn't"
                + " tolerate (R160)");
  }

  private static Reason reason(Allocator allocator, AllocationProblem problem, String claim) {
    return reasonOrNone(allocator, problem, claim).orElseThrow();
  }

  private static Optional<Reason> reasonOrNone(
      Allocator allocator, AllocationProblem problem, String claim) {
    return Optional.ofNullable(
        allocator.allocate(problem, AllocationOptions.DEFAULTS).unallocated().get(id(claim)));
  }

  /** Two GPUs on each node. */
  private static ImmutableAllocationProblem.Builder cluster(Node... nodes) {
    ImmutableAllocationProblem.Builder problem = Fleet.of().addNodes(nodes);
    for (Node node : nodes) {
      problem.addSlices(slice(node.name(), devices("big", 2)));
    }
    return problem;
  }

  private static ImmutableNode node(String name) {
    return ImmutableNode.copyOf(Node.of(name));
  }

  private static ImmutableMap<String, Quantity> cpus(long number) {
    return ImmutableMap.of("cpu", Quantity.of(number));
  }

  private static ImmutableWorkload.Builder workload(String name, int priority, String claim) {
    return Workload.builder()
        .id(new WorkloadId("ns", name))
        .priority(priority)
        .addClaims(id(claim));
  }

  private static Allocation held(String pool, String device) {
    return Allocation.builder()
        .claim(id("held-" + device))
        .addDevices(
            DeviceAllocation.builder()
                .request("gpu")
                .device(new DeviceId(Fleet.DRIVER, pool, device))
                .build())
        .build();
  }
}
