package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every allocator does where devices take something of nodes (R237 to R239). */
class NodeConsumptionTest {

  private static final String CPU = "cpu";
  private static final NodeConsumption THREE = NodeConsumption.ofDevice(Quantity.of(3));

  private static final AllocationOptions PATIENT =
      AllocationOptions.builder().workers(1).timeLimit(Duration.ofMinutes(10)).build();

  static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        new FragmentationAllocator());
  }

  /** Those without the habits of kube-scheduler. */
  private static Stream<Allocator> exactAllocators() {
    return allocators().filter(each -> !(each instanceof FirstFitAllocator));
  }

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.of(
            EnumSet.of(
                Feature.NODE_CONSUMPTION,
                Feature.NODE_RESOURCES,
                Feature.WORKLOADS,
                Feature.SHARED_CLAIMS,
                Feature.HELD_DEVICES,
                Feature.HELD_CLAIMS_REFERENCED,
                Feature.HELD_CLAIMS_ONLY,
                Feature.SHARED_DEVICES,
                Feature.CAPACITY_REQUESTS,
                Feature.RANGE_POLICIES,
                Feature.SEVERAL_REQUESTS,
                Feature.COUNTS,
                Feature.ALL_MODE,
                Feature.ADMIN_ACCESS,
                Feature.PRIORITIZED_LISTS,
                Feature.SEEN_BY_ALL_NODES,
                Feature.EXTENDED_RESOURCES,
                Feature.EXTENDED_BY_NODES))
        .problems()
        .filter(sample -> Feature.NODE_CONSUMPTION.isIn(sample.problem()));
  }

  @Property
  void admitsAsManyAsPossible(@ForAll("problems") SampleProblem sample) {
    new AllocatorLaws(new CpSatAllocator()).objectivesAreOptimal(sample.problem(), PATIENT);
  }

  /** What a search that ends early leaves open is filled up beside what it placed. */
  @Property
  void placesWhatIsLegalHoweverSoonTheSearchEnds(@ForAll("problems") SampleProblem sample) {
    new AllocatorLaws(new CpSatAllocator())
        .tinyDeterministicLimitGivesALegalPlan(sample.problem(), PATIENT);
  }

  @Property
  void findsEveryPlaceForAWorkloadAlone(@ForAll("problems") SampleProblem sample) {
    exactAllocators()
        .forEach(
            each ->
                new AllocatorLaws(each).whatFitsAloneIsAdmittedAlone(sample.problem(), PATIENT));
  }

  @Property
  void saysWhatIsTrue(@ForAll("problems") SampleProblem sample) {
    exactAllocators()
        .forEach(each -> new AllocatorLaws(each).reasonsAreTrue(sample.problem(), PATIENT));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void countsDevicesAgainstTheCpuOfTheNode(Allocator allocator) {
    AllocationProblem problem =
        ask(ask(having(5, device("big", THREE), device("big", THREE)), "v", 1), "w", 1).build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).hasSize(1);
    assertThat(plan.unplaced()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesTheDeviceThatTheNodeHasRoomFor(Allocator allocator) {
    AllocationProblem problem =
        ask(
                having(
                    2, device("big", THREE), device("big", NodeConsumption.ofDevice(Quantity.ONE))),
                "w",
                1)
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.allocations().get(id("w")).devices().get(0).device().device()).isEqualTo("d1");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void countsContainers(Allocator allocator) {
    NodeConsumption overhead = NodeConsumption.overhead(Quantity.ONE, Quantity.ONE);

    AllocationPlan two = plan(allocator, ask(having(4, device("big", overhead)), "w", 2).build());
    AllocationPlan three = plan(allocator, ask(having(4, device("big", overhead)), "w", 3).build());

    assertThat(two.placements()).hasSize(1);
    assertThat(three.placements()).isEmpty();
    assertThat(three.unplaced().get(name("w")).message())
        .isEqualTo(
            "the pod takes 5 of cpu with its devices, of which no more than 4 is left on 1 node that"
                + " could serve it otherwise");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void givesPartsOfNodesOnlyToContainers(Allocator allocator) {
    AllocationPlan plan = plan(allocator, ask(having(9, device("big", THREE)), "w", 0).build());

    assertThat(plan.placements()).isEmpty();
    assertThat(plan.unplaced().get(name("w")).message())
        .startsWith("no container of the pod references claim ns/w");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void sharesClaimsThatCostSomethingButNotPartsOfNodes(Allocator allocator) {
    NodeConsumption overhead = NodeConsumption.overhead(Quantity.ONE, Quantity.ZERO);

    AllocationPlan cost =
        plan(allocator, shared(having(4, device("big", overhead)), "v", "w").build());
    AllocationPlan tooMuch =
        plan(allocator, shared(having(3, device("big", overhead)), "v", "w").build());
    AllocationPlan part =
        plan(allocator, shared(having(99, device("big", THREE)), "v", "w").build());

    assertThat(cost.placements()).hasSize(2);
    assertThat(tooMuch.placements()).hasSize(1);
    assertThat(part.placements()).hasSize(1);
  }

  private static AllocationPlan plan(Allocator allocator, AllocationProblem problem) {
    return allocator.allocate(
        problem, AllocationOptions.builder().objectives(List.of(Objective.PREFERENCE)).build());
  }

  private static Device device(String model, NodeConsumption consumption) {
    return Device.builder()
        .from(Fleet.device("d", model))
        .putNodeConsumption(CPU, consumption)
        .build();
  }

  private static ImmutableAllocationProblem.Builder having(long cpu, Device... devices) {
    Device[] named = new Device[devices.length];
    for (int i = 0; i < devices.length; i++) {
      named[i] = Device.builder().from(devices[i]).name("d" + i).build();
    }
    return Fleet.of()
        .addNodes(
            Node.builder().name("a").available(ImmutableMap.of(CPU, Quantity.of(cpu))).build())
        .addSlices(slice("a", named));
  }

  /** Adds a workload that takes one CPU itself, whose claim so many containers reference. */
  private static ImmutableAllocationProblem.Builder ask(
      ImmutableAllocationProblem.Builder problem, String name, int containers) {
    return problem
        .addClaims(claim(name, one("big")))
        .addWorkloads(workload(name, id(name), containers));
  }

  private static ImmutableAllocationProblem.Builder shared(
      ImmutableAllocationProblem.Builder problem, String... workloads) {
    problem.addClaims(claim("c", one("big")));
    for (String name : workloads) {
      problem.addWorkloads(workload(name, id("c"), 1));
    }
    return problem;
  }

  private static Workload workload(String name, ClaimId claim, int containers) {
    return Workload.builder()
        .id(name(name))
        .addClaims(claim)
        .putContainers(claim, containers)
        .putResources(CPU, Quantity.ONE)
        .build();
  }

  private static WorkloadId name(String name) {
    return new WorkloadId("ns", name);
  }
}
