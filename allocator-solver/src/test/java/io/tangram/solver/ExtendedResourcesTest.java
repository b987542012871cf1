package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every allocator does with claims that stand for extended resources. */
class ExtendedResourcesTest {

  private static final String GPU = "example.com/gpu";

  static Stream<Allocator> allocators() {
    return Stream.of(new CpSatAllocator(), new FirstFitAllocator());
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void givesDevicesWhereTheNodeHasNoneOfTheResource(Allocator allocator) {
    AllocationProblem problem =
        ask(Fleet.of("a").addSlices(slice("a", devices("big", 2))), "w", 2).build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsEntry(name("w"), "a");
    assertThat(plan.allocations().get(id("w")).devices()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesTheResourceOfANodeThatOffersIt(Allocator allocator) {
    AllocationProblem problem = ask(Fleet.of().addNodes(offering("b", 2)), "w", 2).build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsEntry(name("w"), "b");
    assertThat(plan.allocations().get(id("w")).devices()).isEmpty();
    assertThat(plan.allocations().get(id("w")).nodeSelector()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void givesNoDevicesOfANodeThatOffersTheResource(Allocator allocator) {
    ImmutableNode usedUp =
        ImmutableNode.copyOf(offering("b", 0))
            .withAllocatable(ImmutableMap.of(GPU, Quantity.of(2)));
    AllocationProblem problem =
        ask(Fleet.of().addNodes(usedUp).addSlices(slice("b", devices("big", 2))), "w", 1).build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).isEmpty();
    assertThat(plan.unplaced().get(name("w")).code()).isEqualTo(ReasonCode.NODE_RESOURCES);
    assertThat(plan.unplaced().get(name("w")).message()).contains("takes 1 of example.com/gpu");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void usesBothKindsOfNodes(Allocator allocator) {
    ImmutableAllocationProblem.Builder problem =
        Fleet.of("a").addNodes(offering("b", 3)).addSlices(slice("a", devices("big", 2)));
    for (int i = 0; i < 6; i++) {
      ask(problem, "w" + i, 1);
    }

    AllocationPlan plan = plan(allocator, problem.build());

    assertThat(plan.placements().values()).containsExactlyInAnyOrder("a", "a", "b", "b", "b");
    assertThat(plan.objectives().get(0).value()).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void asksForWhatTheNodeLacks(Allocator allocator) {
    AllocationProblem problem =
        Fleet.of()
            .addNodes(offering("b", 1))
            .addSlices(slice("b", devices("small", 1)))
            .addClaims(
                extended(
                    "w", ImmutableMap.of("gpu", GPU, "small", "small"), one("gpu"), one("small")))
            .addWorkloads(workload("w", 1).putResources("small", Quantity.ONE).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsEntry(name("w"), "b");
    assertThat(plan.allocations().get(id("w")).devices())
        .extracting(device -> device.request())
        .containsExactly("small");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void goesWithOtherClaimsOfTheWorkload(Allocator allocator) {
    AllocationProblem problem =
        Fleet.of()
            .addNodes(offering("a", 1), offering("b", 1))
            .addSlices(slice("b", devices("small", 1)))
            .addClaims(
                claim("own", one("small")), extended("w", ImmutableMap.of("gpu", GPU), one("gpu")))
            .addWorkloads(workload("w", 1).claims(List.of(id("own"), id("w"))).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsEntry(name("w"), "b");
    assertThat(plan.allocations().get(id("own")).devices()).hasSize(1);
    assertThat(plan.allocations().get(id("w")).devices()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void keepsWorkloadsWithoutDevicesFromNodesThatDoNotOfferTheResource(Allocator allocator) {
    AllocationProblem problem =
        ask(Fleet.of().addNodes(known("a")).addSlices(slice("a", devices("big", 4))), "w", 1)
            .addWorkloads(workload("plain", 1).claims(List.of()).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsOnlyKeys(name("w"));
    assertThat(plan.unplaced().get(name("plain")).code()).isEqualTo(ReasonCode.NODE_RESOURCES);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void namesTheResourceInReasons(Allocator allocator) {
    AllocationProblem problem =
        ask(Fleet.of("a").addSlices(slice("a", devices("big", 1))), "w", 2).build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unplaced().get(name("w")).message())
        .isEqualTo(
            "request example.com/gpu: wants 2 of 1 matching devices, but no node has more than 1 of"
                + " them free for it (R62, R90)");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void limitsDevicesButNotWhatNodesOffer(Allocator allocator) {
    AllocationProblem byDevices =
        ask(Fleet.of("a").addSlices(slice("a", devices("big", 40))), "w", 33).build();
    AllocationProblem byNode = ask(Fleet.of("a").addNodes(offering("b", 33)), "w", 33).build();

    AllocationPlan refused = plan(allocator, byDevices);
    AllocationPlan placed = plan(allocator, byNode);

    assertThat(refused.unplaced().get(name("w")).message())
        .isEqualTo(
            "asks for 33 devices by example.com/gpu; extended resources can stand for 32 in all"
                + " (R222). Ask for some of them by claims.");
    assertThat(placed.placements()).containsOnly(Map.entry(name("w"), "b"));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void countsManyNodesOfBothKinds(Allocator allocator) {
    ImmutableAllocationProblem.Builder problem = Fleet.of();
    for (int i = 0; i < 40; i++) {
      problem.addNodes(offering("p" + i, 2), known("d" + i));
      problem.addSlices(slice("d" + i, devices("big", 3)));
    }
    for (int i = 0; i < 120; i++) {
      ask(problem, "w" + i, 2);
    }

    AllocationPlan plan = plan(allocator, problem.build());

    assertThat(plan.placements()).hasSize(80);
    assertThat(plan.allocations().values().stream().mapToInt(each -> each.devices().size()).sum())
        .isEqualTo(80);
  }

  private static AllocationPlan plan(Allocator allocator, AllocationProblem problem) {
    return allocator.allocate(
        problem, AllocationOptions.builder().objectives(List.of(Objective.PREFERENCE)).build());
  }

  /** Adds a workload that takes so many of the resource. */
  private static ImmutableAllocationProblem.Builder ask(
      ImmutableAllocationProblem.Builder problem, String name, int count) {
    return problem
        .addClaims(extended(name, ImmutableMap.of("gpu", GPU), some("gpu", count)))
        .addWorkloads(workload(name, count).build());
  }

  private static Claim extended(
      String name, ImmutableMap<String, String> resources, Request... requests) {
    return Claim.builder().id(id(name)).addRequests(requests).extendedResources(resources).build();
  }

  private static ImmutableWorkload.Builder workload(String name, int count) {
    return Workload.builder()
        .id(name(name))
        .addClaims(id(name))
        .putResources(GPU, Quantity.of(count));
  }

  private static Node offering(String name, long count) {
    return Node.builder().name(name).available(ImmutableMap.of(GPU, Quantity.of(count))).build();
  }

  /** A node of which is known that it has nothing. */
  private static Node known(String name) {
    return Node.builder().name(name).available(ImmutableMap.of()).build();
  }

  private static WorkloadId name(String name) {
    return new WorkloadId("ns", name);
  }
}
