package io.tangram.solver;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.model.DirectModel;
import io.tangram.solver.model.PatternModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packing, cost and spread, each against a value worked out by hand, on both formulations. */
class NodeObjectivesTest {

  /** How the problem is formulated. */
  enum Model {
    COUNTED(PatternModel.NAME),
    DIRECT(DirectModel.NAME);

    private final String strategy;

    Model(String strategy) {
      this.strategy = strategy;
    }

    /** A claim for all devices of a model can't be counted, and here not be served either. */
    AllocationProblem of(ImmutableAllocationProblem.Builder problem) {
      return this == COUNTED
          ? problem.build()
          : problem.addClaims(claim("odd", all("small"))).build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void packsClaimsOnTheFewestNodes(Model model) {
    var problem = cluster(4, "a", "b", "c").addAllClaims(claims(6));

    AllocationPlan plan = plan(model, problem, Objective.PACKING);

    assertProven(plan, Objective.PACKING, 2);
    assertThat(plan.allocations()).hasSize(6);
  }

  @ParameterizedTest
  @EnumSource
  void fillsNodesInUseFirst(Model model) {
    var problem =
        cluster(4, "a", "b", "c").addHeld(held("h", "c", "big-0")).addAllClaims(claims(6));

    AllocationPlan plan = plan(model, problem, Objective.PACKING);

    assertProven(plan, Objective.PACKING, 1);
  }

  @ParameterizedTest
  @EnumSource
  void takesNoNodeIntoUseForWhatNodesInUseCanGive(Model model) {
    var problem =
        cluster(4, "a", "b", "c")
            .addHeld(held("h", "b", "big-0"), held("i", "c", "big-0"))
            .addAllClaims(claims(6));

    AllocationPlan plan = plan(model, problem, Objective.PACKING);

    assertProven(plan, Objective.PACKING, 0);
  }

  @ParameterizedTest
  @EnumSource
  void takesTheCheapestNodes(Model model) {
    var problem =
        Fleet.of("a", "b", "c")
            .addSlices(
                slice("a", devices("big", 2)),
                slice("b", devices("big", 2)),
                slice("c", devices("big", 4)))
            .addAllClaims(claims(3));

    AllocationPlan plan = plan(model, problem, Objective.COST);

    assertProven(plan, Objective.COST, 7);
    assertThat(plan.allocations().get(id("c0")).node()).hasValue("c");
  }

  @ParameterizedTest
  @EnumSource
  void spreadsClaimsEvenlyBesideHeldOnes(Model model) {
    var problem =
        cluster(4, "a", "b", "c")
            .addHeld(held("h", "a", "big-0"), held("i", "a", "big-1"))
            .addAllClaims(claims(4));

    AllocationPlan plan = plan(model, problem, Objective.SPREAD);

    assertProven(plan, Objective.SPREAD, 8);
  }

  @ParameterizedTest
  @EnumSource
  void spreadsOnlyAsFarAsDevicesGo(Model model) {
    var problem =
        Fleet.of("a", "b", "c")
            .addSlices(
                slice("a", devices("big", 4)),
                slice("b", devices("big", 1)),
                slice("c", devices("big", 4)))
            .addHeld(held("h", "a", "big-0"), held("i", "a", "big-1"))
            .addAllClaims(claims(4));

    AllocationPlan plan = plan(model, problem, Objective.SPREAD);

    assertProven(plan, Objective.SPREAD, 10);
  }

  @ParameterizedTest
  @EnumSource
  void preferenceComesBeforePackingWhereAskedForFirst(Model model) {
    var problem = preferred();

    AllocationPlan plan = plan(model, problem, Objective.PREFERENCE, Objective.PACKING);

    assertProven(plan, Objective.PREFERENCE, 16);
    assertProven(plan, Objective.PACKING, 2);
  }

  @ParameterizedTest
  @EnumSource
  void packingComesBeforePreferenceWhereAskedForFirst(Model model) {
    var problem = preferred();

    AllocationPlan plan = plan(model, problem, Objective.PACKING, Objective.PREFERENCE);

    assertProven(plan, Objective.PACKING, 1);
    assertProven(plan, Objective.PREFERENCE, 14);
  }

  /**
   * Two claims prefer the first model, of which two nodes have one each; one node has the other.
   */
  private static ImmutableAllocationProblem.Builder preferred() {
    Request request = any(leaf("fast", 1), leaf("big", 1));
    return Fleet.of("a", "b", "c")
        .addDeviceClasses(Fleet.model("fast"))
        .addSlices(
            slice("a", devices("big", 2)),
            slice("b", devices("fast", 1)),
            slice("c", devices("fast", 1)))
        .addClaims(claim("c0", request), claim("c1", request));
  }

  @ParameterizedTest
  @EnumSource
  void packsWorkloadsByDevicesAndResources(Model model) {
    var problem = cluster(4);
    for (String name : List.of("a", "b", "c", "d")) {
      problem
          .addNodes(
              Node.builder().name(name).available(ImmutableMap.of("cpu", Quantity.of(8))).build())
          .addSlices(slice(name, devices("big", 4)));
    }
    for (int i = 0; i < 4; i++) {
      problem
          .addClaims(claim("x" + i, one("gpu")), claim("y" + i, one("gpu")))
          .addWorkloads(
              workload("w" + i, "x" + i, "y" + i)
                  .putResources("cpu", Quantity.of(i == 0 ? 8 : 2))
                  .build());
    }

    AllocationPlan plan = plan(model, problem, Objective.PACKING);

    assertProven(plan, Objective.PACKING, 3);
  }

  @ParameterizedTest
  @EnumSource
  void workloadWithoutClaimsTakesItsNodeIntoUse(Model model) {
    var problem =
        cluster(4, "a", "b")
            .addClaims(claim("nothing"))
            .addWorkloads(workload("w").build(), workload("v").build());

    AllocationPlan plan = plan(model, problem, Objective.COST, Objective.PACKING);

    assertProven(plan, Objective.COST, 3);
    assertProven(plan, Objective.PACKING, 1);
  }

  @ParameterizedTest
  @EnumSource
  void claimForNothingTakesNoNodeIntoUse(Model model) {
    var problem = cluster(4, "a", "b").addClaims(claim("nothing"));

    AllocationPlan plan = plan(model, problem, Objective.PACKING, Objective.SPREAD);

    assertProven(plan, Objective.PACKING, 0);
    assertProven(plan, Objective.SPREAD, 0);
    assertThat(plan.allocations()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void usesDevicesOfSeveralNodesFromTheNodeThatIsInUse(Model model) {
    var problem =
        cluster(1, "a", "b")
            .addSlices(
                ResourceSlice.builder()
                    .name("fabric")
                    .pool(new PoolId(Fleet.DRIVER, "fabric"))
                    .nodes(new NodeSelection.AllNodes())
                    .addDevices(Fleet.devices("fast", 2))
                    .build())
            .addDeviceClasses(Fleet.model("fast"))
            .addHeld(held("h", "b", "big-0"))
            .addClaims(claim("c0", one("fast")), claim("c1", one("fast")));

    AllocationPlan plan = plan(model, problem, Objective.PACKING);

    assertProven(plan, Objective.PACKING, 0);
    assertThat(plan.allocations().get(id("c0")).node()).hasValue("b");
  }

  @ParameterizedTest
  @EnumSource
  void packsWhatTheQueueAdmits(Model model) {
    var problem =
        Fleet.of("a", "b", "c")
            .addSlices(
                slice("a", devices("big", 1)),
                slice("b", devices("big", 1)),
                slice("c", devices("big", 3)))
            .addClaims(claim("pair", some("gpu", 3)))
            .addAllClaims(claims(3));
    AllocationOptions inOrder =
        ImmutableAllocationOptions.copyOf(options(Objective.PACKING))
            .withAdmission(Admission.IN_ORDER);

    AllocationPlan plan = new CpSatAllocator().allocate(model.of(problem), inOrder);

    assertThat(plan.allocations()).containsOnlyKeys(id("pair"), id("c0"), id("c1"));
    assertProven(plan, Objective.PACKING, 3);
  }

  @ParameterizedTest
  @EnumSource
  void packsWhatIsAskedForByDifferentTypesOnTheSameNodes(Model model) {
    var problem = Fleet.of("a", "b", "c").addDeviceClasses(Fleet.model("nic"));
    for (String node : List.of("a", "b", "c")) {
      problem.addSlices(
          slice(node, devices("big", 2)),
          slice(node, devices("nic", 2)).withName("nics-" + node).withPool(nics(node)));
    }
    problem
        .addClaims(claim("n0", one("nic")), claim("n1", one("nic")), claim("n2", one("nic")))
        .addClaims(claim("b0", one("big")), claim("b1", one("big")), claim("b2", one("big")));

    AllocationPlan plan = plan(model, problem, Objective.PACKING);

    assertProven(plan, Objective.PACKING, 2);
  }

  private static PoolId nics(String node) {
    return new PoolId("nic." + Fleet.DRIVER, node);
  }

  private static AllocationPlan plan(
      Model model, ImmutableAllocationProblem.Builder problem, Objective... objectives) {
    AllocationPlan plan = new CpSatAllocator().allocate(model.of(problem), options(objectives));
    assertThat(plan.statistics().strategy()).contains(model.strategy);
    return plan;
  }

  private static AllocationOptions options(Objective... objectives) {
    return AllocationOptions.builder()
        .objectives(ImmutableList.copyOf(objectives))
        .prices(ImmutableMap.of("a", 5L, "b", 3L, "c", 7L, "d", 1L))
        .build();
  }

  private static void assertProven(AllocationPlan plan, Objective objective, long value) {
    ObjectiveResult result =
        plan.objectives().stream()
            .filter(each -> each.name().equals(objective.label()))
            .findFirst()
            .orElseThrow();
    assertThat(result.value()).isEqualTo(value);
    assertThat(result.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  private static ImmutableAllocationProblem.Builder cluster(int devices, String... nodes) {
    ImmutableAllocationProblem.Builder problem = Fleet.of(nodes);
    for (String node : nodes) {
      problem.addSlices(slice(node, devices("big", devices)));
    }
    return problem;
  }

  private static List<Claim> claims(int count) {
    return IntStream.range(0, count).<Claim>mapToObj(i -> claim("c" + i, one("gpu"))).toList();
  }

  private static Allocation held(String claim, String node, String device) {
    return Allocation.builder()
        .claim(id(claim))
        .node(node)
        .addDevices(
            DeviceAllocation.builder()
                .request("gpu")
                .device(new DeviceId(Fleet.DRIVER, node, device))
                .build())
        .build();
  }

  private static ImmutableWorkload.Builder workload(String name, String... claims) {
    return Workload.builder()
        .id(new WorkloadId("ns", name))
        .claims(
            Arrays.stream(claims).map(Fleet::id).collect(ImmutableList.<ClaimId>toImmutableList()));
  }
}
