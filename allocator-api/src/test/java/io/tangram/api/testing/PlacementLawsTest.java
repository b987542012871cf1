package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every law holds for a good allocator and fails for one that breaks it with its workloads. */
class PlacementLawsTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();
  private static final Allocator GOOD = new ExhaustiveAllocator();
  private static final String CPU = "cpu";

  /** A node of two CPUs and a device: for one of two workloads, and for one more without claims. */
  private static final AllocationProblem PROBLEM =
      AllocationProblem.builder()
          .addNodes(Node.builder().name("node").available(cpus(2)).build())
          .addSlices(
              ResourceSlice.builder()
                  .name("slice")
                  .pool(new PoolId("gpu.example.com", "pool"))
                  .nodes(NodeSelection.node("node"))
                  .addDevices(Device.builder().name("gpu").build())
                  .build())
          .addDeviceClasses(DeviceClass.builder().name("gpu").build())
          .addClaims(claim("a"), claim("b"))
          .addWorkloads(workload("first", 1, "a"), workload("second", 1, "b"), workload("third", 1))
          .build();

  private static ImmutableMap<String, Quantity> cpus(long number) {
    return ImmutableMap.of(CPU, Quantity.of(number));
  }

  private static Claim claim(String name) {
    return Claim.of(new ClaimId("ns", name), DeviceRequest.of("r", "gpu"));
  }

  private static ImmutableWorkload workload(String name, long cpus, String... claims) {
    return ImmutableWorkload.builder()
        .id(new WorkloadId("ns", name))
        .claims(List.of(claims).stream().map(claim -> new ClaimId("ns", claim)).toList())
        .resources(cpus(cpus))
        .build();
  }

  private static AllocationProblem with(Workload... workloads) {
    return ImmutableAllocationProblem.copyOf(PROBLEM).withWorkloads(workloads);
  }

  private static Allocator replanning(UnaryOperator<ImmutableAllocationPlan> change) {
    return allocator(
        problem -> change.apply(ImmutableAllocationPlan.copyOf(GOOD.allocate(problem, OPTIONS))));
  }

  private static Allocator rereading(UnaryOperator<AllocationProblem> change) {
    return allocator(problem -> GOOD.allocate(change.apply(problem), OPTIONS));
  }

  private static Allocator allocator(Function<AllocationProblem, AllocationPlan> method) {
    return new Allocator() {
      @Override
      public String name() {
        return "broken";
      }

      @Override
      public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
        return method.apply(problem);
      }
    };
  }

  private static Allocator giving(Reason reason) {
    return replanning(
        plan -> plan.withUnplaced(Maps.toMap(plan.unplaced().keySet(), id -> reason)));
  }

  private static void requireBreaks(Allocator broken, Consumer<AllocatorLaws> law) {
    law.accept(new AllocatorLaws(GOOD));
    assertThatThrownBy(() -> law.accept(new AllocatorLaws(broken)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void noPlanForgetsAWorkload() {
    Allocator broken = replanning(plan -> plan.withUnplaced(ImmutableMap.of()));

    requireBreaks(broken, laws -> laws.everyWorkloadIsAccountedFor(PROBLEM, OPTIONS));
    requireBreaks(broken, laws -> laws.planIsLegal(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanListsWorkloadsInAnotherOrder() {
    Allocator broken =
        replanning(
            plan ->
                plan.withPlacements(
                    Maps.toMap(
                        plan.placements().keySet().asList().reverse(), plan.placements()::get)));

    requireBreaks(broken, laws -> laws.everyWorkloadIsAccountedFor(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanTakesMoreThanANodeHas() {
    Allocator broken =
        rereading(problem -> ImmutableAllocationProblem.copyOf(problem).withNodes(Node.of("node")));
    AllocationProblem small =
        ImmutableAllocationProblem.copyOf(PROBLEM)
            .withNodes(ImmutableNode.copyOf(PROBLEM.nodes().get(0)).withAvailable(cpus(1)));

    requireBreaks(broken, laws -> laws.planIsLegal(small, OPTIONS));
  }

  @Test
  void noPlacementDependsOnTheRun() {
    AtomicBoolean again = new AtomicBoolean();
    AllocationProblem idle =
        ImmutableAllocationProblem.copyOf(with(workload("w", 1)))
            .withNodes(Node.of("a"), Node.of("b"));
    Allocator broken =
        replanning(
            plan ->
                plan.withPlacements(
                    Maps.transformValues(
                        plan.placements(), node -> again.getAndSet(true) ? "b" : "a")));

    requireBreaks(broken, laws -> laws.sameSeedGivesTheSamePlan(idle, OPTIONS));
  }

  @Test
  void noWorkloadThatFitsStaysOut() {
    AllocationProblem idle = with(workload("w", 1));
    Allocator broken =
        replanning(
            plan ->
                plan.withPlacements(ImmutableMap.of())
                    .withUnplaced(
                        Maps.toMap(
                            ImmutableList.of(new WorkloadId("ns", "w")),
                            id -> Reason.Outranked.byOthers())));

    requireBreaks(broken, laws -> laws.whatFitsAloneIsAdmittedAlone(idle, OPTIONS));
    requireBreaks(broken, laws -> laws.objectivesAreOptimal(idle, OPTIONS));
  }

  @Test
  void nothingIsPlacedWhereNoNodeIs() {
    AllocationProblem idle = with(workload("w", 1));
    Allocator broken =
        allocator(
            problem ->
                GOOD.allocate(
                    problem.nodes().isEmpty()
                        ? ImmutableAllocationProblem.copyOf(problem).withNodes(PROBLEM.nodes())
                        : problem,
                    OPTIONS));

    requireBreaks(broken, laws -> laws.nothingIsAllocatedWithoutNodes(idle, OPTIONS));
  }

  @Test
  void noReasonIsMadeUp() {
    AllocationProblem scarce = with(workload("w", 3));

    requireBreaks(
        giving(Reason.Outranked.byOthers()), laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.UnsupportedConstraint("host ports")),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.NodesExcluded(1, 1, ExcludedNodes.NONE)),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.ConstraintUnsatisfied(ImmutableList.of())),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.NodeResources(CPU, Quantity.of(3), Quantity.of(1), 1)),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.NodeResources(CPU, Quantity.of(4), Quantity.of(2), 1)),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.NodeResources(CPU, Quantity.of(3), Quantity.of(2), 2)),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
    requireBreaks(
        giving(new Reason.NodeResources("memory", Quantity.of(3), Quantity.ZERO, 1)),
        laws -> laws.reasonsAreTrue(scarce, OPTIONS));
  }

  @Test
  void nothingElseIsSaidOfAWorkloadThatFits() {
    Reason resources = new Reason.NodeResources(CPU, Quantity.of(1), Quantity.ZERO, 1);

    requireBreaks(giving(resources), laws -> laws.reasonsAreTrue(PROBLEM, OPTIONS));
  }

  @Test
  void whatIsInTheWayOfAWorkloadIsTrueOfOneOfItsClaims() {
    AllocationProblem missing =
        ImmutableAllocationProblem.copyOf(with(workload("w", 1, "a", "b")))
            .withDeviceClasses(List.of());

    new AllocatorLaws(giving(new Reason.ClassMissing("r", "gpu"))).reasonsAreTrue(missing, OPTIONS);
    requireBreaks(
        giving(new Reason.ClassMissing("r", "other")),
        laws -> laws.reasonsAreTrue(missing, OPTIONS));
  }

  @Test
  void nodesAreExcludedOnlyWhereTheyAre() {
    NodeSelector other = NodeSelector.ofNode("other");
    AllocationProblem elsewhere = with(workload("w", 1).withNodeSelectors(other));
    ExcludedNodes bySelector = new ExcludedNodes(1, Optional.of(other), 0, 0, 0, Optional.empty());
    ExcludedNodes byTaint =
        new ExcludedNodes(
            0,
            Optional.empty(),
            0,
            0,
            1,
            Optional.of(new Taint("team", "", Taint.Effect.NO_SCHEDULE, Optional.empty())));

    new AllocatorLaws(giving(new Reason.NodesExcluded(0, 1, bySelector)))
        .reasonsAreTrue(elsewhere, OPTIONS);
    requireBreaks(
        giving(new Reason.NodesExcluded(0, 2, bySelector)),
        laws -> laws.reasonsAreTrue(elsewhere, OPTIONS));
    requireBreaks(
        giving(new Reason.NodesExcluded(0, 1, byTaint)),
        laws -> laws.reasonsAreTrue(elsewhere, OPTIONS));
  }

  @Test
  void whatLastsIsTrueOfNodesThatNobodyUses() {
    AllocationProblem used =
        ImmutableAllocationProblem.copyOf(with(workload("w", 3)))
            .withNodes(
                ImmutableNode.copyOf(PROBLEM.nodes().get(0))
                    .withAllocatable(ImmutableMap.of(CPU, Quantity.of(4))));
    Reason scarce = new Reason.NodeResources(CPU, Quantity.of(3), Quantity.of(2), 1);

    new AllocatorLaws(giving(scarce)).reasonsAreTrue(used, OPTIONS);
    requireBreaks(giving(new Reason.Lasting(scarce)), laws -> laws.reasonsAreTrue(used, OPTIONS));
  }

  @ParameterizedTest
  @EnumSource(Admission.class)
  void noTieIsLeftOpen(Admission admission) {
    AllocationOptions options =
        AllocationOptions.builder().admission(admission).objectives(List.of()).build();
    AllocationProblem tie =
        with(workload("first", 2, "a"), workload("second", 1, "b"), workload("third", 1));
    Allocator withoutThird =
        allocator(problem -> GOOD.allocate(preferring("first", problem), options));
    Allocator withoutFirst =
        allocator(problem -> GOOD.allocate(preferring("second", problem), options));

    requireBreaks(
        admission == Admission.IN_ORDER ? withoutFirst : withoutThird,
        laws -> laws.objectivesAreOptimal(tie, options));
  }

  /** Returns the problem in which the other claim fits nowhere. */
  private static AllocationProblem preferring(String workload, AllocationProblem problem) {
    return ImmutableAllocationProblem.copyOf(problem)
        .withWorkloads(
            problem.workloads().stream()
                .map(
                    each ->
                        each.claims().isEmpty() || each.id().name().equals(workload)
                            ? each
                            : ImmutableWorkload.copyOf(each).withUnsupported("anything"))
                .toList());
  }
}
