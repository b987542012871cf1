package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The laws about objectives hold for a good allocator and fail for one that breaks them. */
class ObjectiveLawsTest {

  private static final Allocator GOOD = new ExhaustiveAllocator();

  /** Two claims for a device each, of which each of two nodes has two. */
  private static final AllocationProblem PROBLEM =
      AllocationProblem.builder()
          .addNodes(Node.of("n1"), Node.of("n2"))
          .addDeviceClasses(DeviceClass.builder().name("gpu").build())
          .addSlices(slice("n1"), slice("n2"))
          .addClaims(claim("first"), claim("second"))
          .build();

  private static final ImmutableAllocationOptions PACKED =
      ImmutableAllocationOptions.builder().objectives(List.of(Objective.PACKING)).build();

  private static ResourceSlice slice(String node) {
    return ResourceSlice.builder()
        .name(node)
        .pool(new PoolId("gpu.example.com", node))
        .nodes(NodeSelection.node(node))
        .addDevices(Device.builder().name("a").build(), Device.builder().name("b").build())
        .build();
  }

  private static Claim claim(String name) {
    return Claim.of(new ClaimId("ns", name), DeviceRequest.of("r", "gpu"));
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

  /** An allocator that spreads where it should pack, and says what that comes to. */
  private static Allocator spreading(OptionalLong bound, PlanStatus status) {
    return allocator(
        (problem, options) ->
            saying(
                GOOD.allocate(problem, PACKED.withObjectives(Objective.SPREAD)),
                new ObjectiveResult(Objective.PACKING.label(), 0, 2, bound, status)));
  }

  private static AllocationPlan saying(AllocationPlan plan, ObjectiveResult packing) {
    return ImmutableAllocationPlan.copyOf(plan)
        .withStatus(packing.status())
        .withObjectives(
            Stream.concat(
                    plan.objectives().stream()
                        .filter(each -> each.name().equals(ObjectiveResult.ADMISSION)),
                    Stream.of(packing))
                .toList());
  }

  private static void requireBreaks(Allocator broken) {
    assertThatThrownBy(() -> new AllocatorLaws(broken).provenObjectivesAreOptimal(PROBLEM, PACKED))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void whatIsBestIsAccepted() {
    AllocatorLaws laws = new AllocatorLaws(GOOD);

    laws.valuesAreTrue(PROBLEM, PACKED);
    laws.provenObjectivesAreOptimal(PROBLEM, PACKED);
  }

  @Test
  void whatIsNotProvenMayBeWorse() {
    new AllocatorLaws(spreading(OptionalLong.empty(), PlanStatus.FEASIBLE))
        .provenObjectivesAreOptimal(PROBLEM, PACKED);
    new AllocatorLaws(spreading(OptionalLong.of(1), PlanStatus.FEASIBLE))
        .provenObjectivesAreOptimal(PROBLEM, PACKED);
  }

  @Test
  void whatIsProvenIsBest() {
    requireBreaks(spreading(OptionalLong.of(2), PlanStatus.OPTIMAL));
    requireBreaks(spreading(OptionalLong.empty(), PlanStatus.OPTIMAL));
  }

  @Test
  void boundsAreTrue() {
    requireBreaks(spreading(OptionalLong.of(2), PlanStatus.FEASIBLE));
  }

  @Test
  void nothingIsBetterThanTheBest() {
    requireBreaks(
        allocator(
            (problem, options) ->
                saying(
                    GOOD.allocate(problem, PACKED),
                    new ObjectiveResult(
                        Objective.PACKING.label(),
                        0,
                        0,
                        OptionalLong.empty(),
                        PlanStatus.FEASIBLE))));
  }

  @Test
  void whatAProvenPlanDoesNotSayIsNothing() {
    requireBreaks(
        allocator(
            (problem, options) ->
                ImmutableAllocationPlan.copyOf(GOOD.allocate(problem, PACKED))
                    .withObjectives(List.of())));
  }

  @Test
  void valuesAreNotMadeUp() {
    Allocator broken =
        allocator(
            (problem, options) ->
                saying(
                    GOOD.allocate(problem, options),
                    new ObjectiveResult(
                        Objective.PACKING.label(),
                        0,
                        2,
                        OptionalLong.empty(),
                        PlanStatus.FEASIBLE)));

    assertThatThrownBy(() -> new AllocatorLaws(broken).valuesAreTrue(PROBLEM, PACKED))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void tasksPrintWhatIsOptimised() {
    String text = new SampleTask(PROBLEM, PACKED.withPrices(Map.of("n1", 3L))).toString();

    assertThat(text)
        .startsWith("AllocationProblem.builder()")
        .contains(
            """
            AllocationOptions.builder()
                .admission(Admission.MOST_CLAIMS)
                .objectives(ImmutableList.of(Objective.PACKING))
                .prices(ImmutableMap.of("n1", 3L))
                .build()""");
  }
}
