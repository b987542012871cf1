package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint.Linked;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.LinkRequirement;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import io.tangram.solver.model.PatternModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Claims whose devices have to be joined. */
class LinkedClaimsTest {

  private static final Linked BY_NVLINK = new Linked(ImmutableList.of(), LinkRequirement.NV_LINKS);

  static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        new FragmentationAllocator());
  }

  private static ImmutableClaim linked(String name, int count) {
    return claim(name, some("gpu", count)).withConstraints(BY_NVLINK);
  }

  private static Set<Integer> given(AllocationPlan plan, String claim) {
    Allocation allocation = plan.allocations().get(id(claim));
    return allocation.devices().stream()
        .map(each -> Integer.parseInt(each.device().device().substring("gpu-".length())))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesTheFirstDevicesThatAreJoined(Allocator allocator) { // GPU 0 has no NVLink to 5, 6, 7
    AllocationProblem problem =
        JoinedFleet.machine("DGX-1V", "n")
            .addHeld(held("h", 1, 2, 3))
            .addClaims(linked("pair", 2), linked("four", 4))
            .build();

    AllocationPlan plan = allocator.allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.allocations().keySet()).contains(id("pair")).hasSize(1);
    assertThat(given(plan, "pair"))
        .satisfies(
            pair ->
                assertThat(
                        LinkGraph.of(HardwareCatalog.standard().topology("DGX-1V"))
                            .areJoinedByNvLinks(pair))
                    .isTrue());
  }

  private static Allocation held(String name, int... gpus) {
    return ImmutableAllocation.builder()
        .claim(new ClaimId("ns", name))
        .node("n")
        .addAllDevices(
            IntStream.of(gpus)
                .mapToObj(
                    gpu ->
                        ImmutableDeviceAllocation.builder()
                            .request("gpu")
                            .device(JoinedFleet.gpu("n", gpu))
                            .build())
                .toList())
        .nodeSelector(NodeSelector.ofNode("n"))
        .build();
  }

  @Test
  void admitsAsManyJoinedPairsAsBridgesThereAre() {
    AllocationProblem problem =
        JoinedFleet.machine("8xA100-PCIe", "n")
            .addClaims(
                claim("one", one("gpu")),
                linked("a", 2),
                linked("b", 2),
                linked("c", 2),
                linked("d", 2))
            .build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(4);
  }

  @Test
  void countsDevicesWhereLinksDivideThem() {
    String[] nodes = IntStream.range(0, 30).mapToObj(i -> "n" + i).toArray(String[]::new);
    ImmutableAllocationProblem.Builder problem = JoinedFleet.machine("8xA100-PCIe", nodes);
    IntStream.range(0, 130).forEach(i -> problem.addClaims(linked("pair" + i, 2)));
    IntStream.range(0, 21).forEach(i -> problem.addClaims(claim("one" + i, one("gpu"))));

    AllocationPlan plan =
        new CpSatAllocator().allocate(problem.build(), AllocationOptions.DEFAULTS);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(109 + 21);
    assertThat(plan.statistics().strategy()).isEqualTo(PatternModel.NAME);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysHowManyDevicesAreJoinedAtMost(Allocator allocator) {
    AllocationProblem problem =
        JoinedFleet.machine("DGX-1V", "n").addClaims(linked("five", 5)).build();

    AllocationPlan plan = allocator.allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.unallocated())
        .containsEntry(
            id("five"),
            new Reason.LinksMissing(ImmutableList.of(), LinkRequirement.NV_LINKS, 5, 4));
    assertThat(plan.unallocated().get(id("five")).message())
        .isEqualTo(
            "the claim asks for 5 devices with NVLinks between each two; the largest set of matching"
                + " devices of a node that has that is of 4");
  }

  /**
   * Sixteen GPUs of which each is joined to all but one: whoever tries pairs only tries forever.
   */
  @ParameterizedTest
  @MethodSource("allocators")
  void seesAtOnceThatSixteenDevicesAreNotJoined(Allocator allocator) {
    List<DeviceId> gpus = IntStream.range(0, 16).mapToObj(i -> JoinedFleet.gpu("n", i)).toList();
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("gpu", 16)))
            .putLinks(
                "n",
                LinkGraph.among(
                    gpus,
                    (one, other) ->
                        Link.ofNvLinks(gpus.indexOf(one) / 2 == gpus.indexOf(other) / 2 ? 0 : 1)))
            .addClaims(linked("eight", 8), linked("nine", 9))
            .build();

    AllocationPlan plan = allocator.allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.allocations().keySet()).containsExactly(id("eight"));
    assertThat(plan.unallocated().get(id("nine")))
        .isEqualTo(new Reason.LinksMissing(ImmutableList.of(), LinkRequirement.NV_LINKS, 9, 8));
  }

  @Test
  void nothingIsProvenWhereDevicesAreJoinedInTooManyWays() {
    List<DeviceId> gpus = IntStream.range(0, 30).mapToObj(i -> JoinedFleet.gpu("n", i)).toList();
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("gpu", 30)))
            .putLinks(
                "n",
                LinkGraph.among(
                    gpus,
                    (one, other) ->
                        Link.ofNvLinks(gpus.indexOf(one) / 3 == gpus.indexOf(other) / 3 ? 0 : 1)))
            .addClaims(linked("pair", 2))
            .build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.allocations()).isEmpty();
    assertThat(plan.status()).isEqualTo(PlanStatus.FEASIBLE);
    assertThat(plan.warnings())
        .containsExactly(
            "devices of nodes n are joined in too many ways: there claims that require links get no"
                + " two of them, and nothing is proven");
  }
}
