package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.AllocatorException;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every law holds for a good allocator and fails for one that breaks it. */
class AllocatorLawsTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();
  private static final Allocator GOOD = new ExhaustiveAllocator();
  private static final PoolId POOL = new PoolId("gpu.example.com", "pool");

  /** Three claims for one device each; of four devices one is held and one tainted. */
  private static final AllocationProblem PROBLEM =
      AllocationProblem.builder()
          .addNodes(Node.of("empty"), Node.of("node"))
          .addSlices(
              ResourceSlice.builder()
                  .name("slice")
                  .pool(POOL)
                  .nodes(NodeSelection.node("node"))
                  .addDevices(gpu("large", 80), gpu("small", 10), gpu("held", 20), tainted())
                  .build())
          .addDeviceClasses(DeviceClass.builder().name("gpu").build())
          .addClaims(claim("first"), claim("second"), claim("third"))
          .addHeld(
              Allocation.builder()
                  .claim(new ClaimId("ns", "holder"))
                  .addDevices(
                      DeviceAllocation.builder()
                          .request("gpu")
                          .device(new DeviceId(POOL.driver(), POOL.pool(), "held"))
                          .build())
                  .build())
          .build();

  private static Device gpu(String name, long gibibytes) {
    return Device.builder()
        .name(name)
        .putCapacity(
            QualifiedName.parse("memory"), DeviceCapacity.of(Quantity.gibibytes(gibibytes)))
        .build();
  }

  private static Device tainted() {
    return ImmutableDevice.copyOf(gpu("tainted", 5))
        .withTaints(new Taint("bad", "", Taint.Effect.NO_SCHEDULE, Optional.empty()));
  }

  private static Claim claim(String name) {
    return Claim.builder()
        .id(new ClaimId("ns", name))
        .addRequests(
            new Request.Exactly(DeviceRequest.builder().name("gpu").deviceClass("gpu").build()))
        .build();
  }

  @Test
  void noPlanGivesADeviceTwice() {
    Allocator broken =
        replanning(
            plan -> withAllocations(plan, id -> plan.allocations().values().asList().get(0)));

    requireBreaks(broken, laws -> laws.planIsLegal(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanIgnoresTaints() {
    Allocator broken = rereading(AllocatorLawsTest::withoutTaints);

    requireBreaks(broken, laws -> laws.planIsLegal(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanForgetsAClaim() {
    Allocator broken =
        replanning(plan -> ImmutableAllocationPlan.copyOf(plan).withUnallocated(ImmutableMap.of()));

    requireBreaks(broken, laws -> laws.everyClaimIsAccountedFor(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanListsClaimsInAnotherOrder() {
    Allocator broken =
        replanning(
            plan ->
                ImmutableAllocationPlan.copyOf(plan)
                    .withAllocations(
                        Maps.toMap(
                            plan.allocations().keySet().asList().reverse(),
                            plan.allocations()::get)));

    requireBreaks(broken, laws -> laws.everyClaimIsAccountedFor(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanGivesWhatIsHeld() {
    Allocator broken =
        rereading(problem -> ImmutableAllocationProblem.copyOf(problem).withHeld(List.of()));

    requireBreaks(broken, laws -> laws.heldDevicesStayHeld(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanDependsOnTheRun() {
    AtomicLong runs = new AtomicLong();
    Allocator broken =
        replanning(
            plan ->
                ImmutableAllocationPlan.copyOf(plan).withWarnings("run " + runs.getAndIncrement()));

    requireBreaks(broken, laws -> laws.sameSeedGivesTheSamePlan(PROBLEM, OPTIONS));
    requireBreaks(broken, laws -> laws.threadsMayShareTheAllocator(PROBLEM, OPTIONS));
  }

  @Test
  void noPlanDependsOnTheNumberOfWorkers() {
    Allocator broken =
        allocator(
            (problem, options) ->
                GOOD.allocate(options.workers() > 1 ? withoutTaints(problem) : problem, options));

    requireBreaks(broken, laws -> laws.sameSeedGivesTheSamePlan(PROBLEM, OPTIONS));
  }

  @Test
  void nothingThatFitsStaysOut() {
    Allocator broken = replanning(AllocatorLawsTest::withoutAllocations);

    requireBreaks(broken, laws -> laws.whatFitsAloneIsAdmittedAlone(PROBLEM, OPTIONS));
  }

  @Test
  void nothingThatDoesNotFitIsAdmitted() {
    AllocationProblem full =
        ImmutableAllocationProblem.copyOf(withoutDevice(withoutDevice(PROBLEM, "large"), "small"));
    Allocator broken = rereading(AllocatorLawsTest::withoutTaints);

    requireBreaks(broken, laws -> laws.whatFitsAloneIsAdmittedAlone(full, OPTIONS));
  }

  @Test
  void noReasonIsMadeUp() {
    Allocator none = giving(new Reason.NoMatchingDevice("gpu", 4));
    Allocator limit = giving(new Reason.LimitExceeded(40, 32));
    Allocator unproven = giving(new Reason.NotProven());
    Allocator partner =
        giving(
            new Reason.PartnerUnallocated(new ClaimId("ns", "first"), Reason.Outranked.byOthers()));

    requireBreaks(none, laws -> laws.reasonsAreTrue(PROBLEM, OPTIONS));
    requireBreaks(limit, laws -> laws.reasonsAreTrue(PROBLEM, OPTIONS));
    requireBreaks(unproven, laws -> laws.reasonsAreTrue(PROBLEM, OPTIONS));
    requireBreaks(partner, laws -> laws.reasonsAreTrue(PROBLEM, OPTIONS));
  }

  @Test
  void nothingIsOutrankedThatFitsNowhere() {
    AllocationProblem full = withoutDevice(withoutDevice(PROBLEM, "large"), "small");

    requireBreaks(giving(Reason.Outranked.byOthers()), laws -> laws.reasonsAreTrue(full, OPTIONS));
  }

  @Test
  void orderOfNodesDoesNotMatter() {
    AllocationProblem twoNodes =
        ImmutableAllocationProblem.copyOf(PROBLEM)
            .withNodes(Node.of("node"), Node.of("a"), Node.of("b"), Node.of("c"));
    Allocator broken =
        rereading(
            problem ->
                ImmutableAllocationProblem.copyOf(problem).withNodes(problem.nodes().get(0)));

    requireBreaks(
        broken, laws -> laws.orderOfTheClusterDoesNotMatter(twoNodes, OPTIONS, new Random(1)));
  }

  @Test
  void nothingIsAllocatedWhereNoNodeIs() {
    Allocator broken =
        rereading(problem -> ImmutableAllocationProblem.copyOf(problem).withNodes(PROBLEM.nodes()));

    requireBreaks(broken, laws -> laws.nothingIsAllocatedWithoutNodes(PROBLEM, OPTIONS));
  }

  @Test
  void endOfTheSearchIsNoFailure() {
    Allocator onCancel = failingIf(options -> options.cancellation().isCancelled());
    Allocator onLimit = failingIf(options -> options.deterministicLimit().isPresent());
    Allocator onTime = failingIf(options -> options.timeLimit().toNanos() == 1);

    requireBreaks(onCancel, laws -> laws.cancelledRunGivesALegalPlanOrNone(PROBLEM, OPTIONS));
    requireBreaks(onLimit, laws -> laws.tinyDeterministicLimitGivesALegalPlan(PROBLEM, OPTIONS));
    requireBreaks(onTime, laws -> laws.tinyTimeLimitIsMet(PROBLEM, OPTIONS));
  }

  @Test
  void deadlineMayPassBeforeThereIsAPlan() {
    Allocator late =
        allocator(
            (problem, options) -> {
              throw new DeadlineExceededException("late");
            });

    new AllocatorLaws(late).tinyTimeLimitIsMet(PROBLEM, OPTIONS);
  }

  @Test
  void listenerIsNotSilenced() {
    Allocator broken =
        allocator(
            (problem, options) -> {
              try {
                options.listener().on(new AllocationListener.Event.Checking());
              } catch (IllegalStateException e) {
                // swallowed, which is the fault
              }
              return GOOD.allocate(problem, options);
            });

    requireBreaks(broken, laws -> laws.listenerMayEndTheAllocation(PROBLEM, OPTIONS));
  }

  @Test
  void boundIsNoLie() {
    Allocator broken =
        replanning(
            plan ->
                ImmutableAllocationPlan.copyOf(plan)
                    .withObjectives(
                        plan.objectives().stream().map(AllocatorLawsTest::bounded).toList()));

    requireBreaks(broken, laws -> laws.planIsProven(PROBLEM, OPTIONS));
    requireBreaks(broken, laws -> laws.planIsLegal(PROBLEM, OPTIONS));
  }

  @Test
  void feasibleIsNotProven() {
    Allocator broken =
        replanning(plan -> ImmutableAllocationPlan.copyOf(plan).withStatus(PlanStatus.FEASIBLE));

    requireBreaks(broken, laws -> laws.planIsProven(PROBLEM, OPTIONS));
  }

  @Test
  void noObjectiveIsLeftOut() {
    AllocationProblem choice = ImmutableAllocationProblem.copyOf(PROBLEM).withClaims(claim("only"));
    Allocator withoutFit = reoptimising(options -> options.withObjectives(List.of()));
    Allocator admitsNothing = replanning(AllocatorLawsTest::withoutAllocations);

    requireBreaks(withoutFit, laws -> laws.objectivesAreOptimal(choice, OPTIONS));
    requireBreaks(admitsNothing, laws -> laws.objectivesAreOptimal(PROBLEM, OPTIONS));
  }

  private static void requireBreaks(Allocator broken, Consumer<AllocatorLaws> law) {
    law.accept(new AllocatorLaws(GOOD));
    assertThatThrownBy(() -> law.accept(new AllocatorLaws(broken)))
        .isInstanceOfAny(AssertionError.class, AllocatorException.class);
  }

  private static Allocator allocator(
      BiFunction<AllocationProblem, AllocationOptions, AllocationPlan> method) {
    return new Allocator() {
      @Override
      public String name() {
        return "broken";
      }

      @Override
      public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
        return method.apply(problem, options);
      }
    };
  }

  private static Allocator rereading(UnaryOperator<AllocationProblem> change) {
    return allocator((problem, options) -> GOOD.allocate(change.apply(problem), options));
  }

  private static Allocator reoptimising(UnaryOperator<ImmutableAllocationOptions> change) {
    return allocator(
        (problem, options) ->
            GOOD.allocate(problem, change.apply(ImmutableAllocationOptions.copyOf(options))));
  }

  private static Allocator replanning(UnaryOperator<AllocationPlan> change) {
    return allocator((problem, options) -> change.apply(GOOD.allocate(problem, options)));
  }

  private static Allocator giving(Reason reason) {
    return replanning(
        plan ->
            ImmutableAllocationPlan.copyOf(plan)
                .withUnallocated(Maps.toMap(plan.unallocated().keySet(), id -> reason)));
  }

  private static Allocator failingIf(Predicate<AllocationOptions> condition) {
    return allocator(
        (problem, options) -> {
          if (condition.test(options)) {
            throw new AllocatorException("can't stop");
          }
          return GOOD.allocate(problem, options);
        });
  }

  private static AllocationPlan withAllocations(
      AllocationPlan plan, Function<ClaimId, Allocation> allocation) {
    ImmutableList<ClaimId> claims =
        PROBLEM.claims().stream().map(Claim::id).collect(ImmutableList.toImmutableList());
    return ImmutableAllocationPlan.copyOf(plan)
        .withUnallocated(ImmutableMap.of())
        .withAllocations(
            Maps.toMap(
                claims, id -> ImmutableAllocation.copyOf(allocation.apply(id)).withClaim(id)));
  }

  private static AllocationPlan withoutAllocations(AllocationPlan plan) {
    ImmutableList<ClaimId> claims =
        ImmutableList.<ClaimId>builder()
            .addAll(plan.allocations().keySet())
            .addAll(plan.unallocated().keySet())
            .build();
    return ImmutableAllocationPlan.copyOf(plan)
        .withAllocations(ImmutableMap.of())
        .withUnallocated(Maps.toMap(claims, id -> Reason.Outranked.byOthers()));
  }

  private static ObjectiveResult bounded(ObjectiveResult result) {
    return new ObjectiveResult(
        result.name(),
        result.tier(),
        result.value(),
        OptionalLong.of(result.value() + 1),
        result.status());
  }

  private static AllocationProblem withoutTaints(AllocationProblem problem) {
    return withDevices(
        problem,
        devices -> devices.stream().map(d -> ImmutableDevice.copyOf(d).withTaints()).toList());
  }

  private static AllocationProblem withoutDevice(AllocationProblem problem, String name) {
    return withDevices(
        problem, devices -> devices.stream().filter(d -> !d.name().equals(name)).toList());
  }

  private static AllocationProblem withDevices(
      AllocationProblem problem, Function<List<Device>, List<? extends Device>> change) {
    return ImmutableAllocationProblem.copyOf(problem)
        .withSlices(
            problem.slices().stream()
                .map(
                    slice ->
                        ImmutableResourceSlice.copyOf(slice)
                            .withDevices(change.apply(slice.devices())))
                .toList());
  }
}
