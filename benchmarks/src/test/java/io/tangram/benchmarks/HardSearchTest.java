package io.tangram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every allocator knows the answer to every hard search within a bound on its steps, explanation
 * included: with the devices as they are, with something that tells each from all others, on
 * several nodes, and with a multiple of devices and claims. The optimal one needs no model for it.
 */
class HardSearchTest {

  /** A hundred thousand looks at a device or combination, which take about 5 ms. */
  private static final AllocationOptions SHORT = within(0.005);

  private static final AllocationOptions FOUR_TIMES_AS_LONG = within(0.02);

  private static final ImmutableList<Allocator> GREEDY =
      ImmutableList.of(
          new FirstFitAllocator(), new BestFitAllocator(), new FragmentationAllocator());

  private static AllocationOptions within(double deterministicSeconds) {
    return AllocationOptions.builder()
        .timeLimit(Duration.ofMinutes(5))
        .deterministicLimit(deterministicSeconds)
        .workers(1)
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void isAnsweredByGreedyAllocators(HardSearch search) {
    for (Allocator allocator : GREEDY) {
      assertThat(answer(allocator, search.problem(), SHORT))
          .as(allocator.name())
          .isEqualTo(search.fits() ? Answer.FITS : Answer.FITS_NOWHERE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAnsweredWhereEachDeviceIsTold(HardSearch search) {
    AllocationProblem problem = withUuids(search.problem());

    for (Allocator allocator : GREEDY) {
      assertThat(answer(allocator, problem, SHORT))
          .as(allocator.name())
          .isEqualTo(search.fits() ? Answer.FITS : Answer.FITS_NOWHERE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAnsweredOnFourNodes(HardSearch search) {
    AllocationProblem problem = onNodes(search.problem(), 4);

    for (Allocator allocator : GREEDY) {
      assertThat(answer(allocator, problem, FOUR_TIMES_AS_LONG))
          .as(allocator.name())
          .isEqualTo(search.fits() ? Answer.FITS : Answer.FITS_NOWHERE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isAnsweredAtTwiceTheSize(HardSearch search) {
    AllocationProblem problem = times(search.problem(), 2);

    assertThat(GREEDY)
        .extracting(each -> answer(each, problem, FOUR_TIMES_AS_LONG))
        .doesNotContain(Answer.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void isAnsweredAtFourTimesTheSize(HardSearch search) {
    AllocationProblem problem = times(search.problem(), 4);

    assertThat(GREEDY)
        .extracting(each -> answer(each, problem, FOUR_TIMES_AS_LONG))
        .doesNotContain(Answer.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource
  void isForeseenByTheOptimalAllocator(HardSearch search) {
    for (AllocationProblem problem :
        List.of(search.problem(), withUuids(search.problem()), onNodes(search.problem(), 4))) {
      AllocationPlan plan = new CpSatAllocator().allocate(problem, FOUR_TIMES_AS_LONG);

      assertThat(plan.unallocated().isEmpty()).isEqualTo(search.fits());
      assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
      assertThat(plan.statistics().variables()).as("variables of a model").isZero();
      assertThat(plan.unallocated().values())
          .noneMatch(reason -> reason.code() == ReasonCode.NOT_PROVEN);
    }
  }

  private enum Answer {
    FITS,
    FITS_NOWHERE,
    UNKNOWN
  }

  private static Answer answer(
      Allocator allocator, AllocationProblem problem, AllocationOptions options) {
    AllocationPlan plan = allocator.allocate(problem, options);
    if (plan.unallocated().isEmpty()) {
      return Answer.FITS;
    }
    return plan.unallocated().values().stream()
            .anyMatch(reason -> reason.code() == ReasonCode.NOT_PROVEN)
        ? Answer.UNKNOWN
        : Answer.FITS_NOWHERE;
  }

  /** Every device has an attribute that no other one has. */
  private static AllocationProblem withUuids(AllocationProblem problem) {
    List<ResourceSlice> slices = new ArrayList<>();
    for (ResourceSlice slice : problem.slices()) {
      List<Device> devices = new ArrayList<>();
      for (Device device : slice.devices()) {
        devices.add(
            ImmutableDevice.builder()
                .from(device)
                .putAttributes(
                    QualifiedName.parse("example.com/uuid"),
                    new StringValue(slice.name() + "-" + device.name()))
                .build());
      }
      slices.add(ImmutableResourceSlice.copyOf(slice).withDevices(devices));
    }
    return ImmutableAllocationProblem.copyOf(problem).withSlices(slices);
  }

  /** Several nodes with the same devices. */
  private static AllocationProblem onNodes(AllocationProblem problem, int copies) {
    List<Node> nodes = new ArrayList<>();
    List<ResourceSlice> slices = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      String name = "node-" + copy;
      nodes.add(ImmutableNode.copyOf(problem.nodes().get(0)).withName(name));
      slices.addAll(copied(problem, copy, name));
    }
    return ImmutableAllocationProblem.copyOf(problem).withNodes(nodes).withSlices(slices);
  }

  /** As many times the devices on one node, and the claims of one pod. */
  private static AllocationProblem times(AllocationProblem problem, int copies) {
    List<ResourceSlice> slices = new ArrayList<>();
    List<Claim> claims = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      slices.addAll(copied(problem, copy, problem.nodes().get(0).name()));
      for (Claim claim : problem.claims()) {
        ClaimId id = new ClaimId(claim.id().namespace(), claim.id().name() + "-" + copy);
        claims.add(ImmutableClaim.copyOf(claim).withId(id));
      }
    }
    return ImmutableAllocationProblem.builder()
        .from(problem)
        .slices(slices)
        .claims(claims)
        .workloads(
            List.of(
                Workload.builder()
                    .id(new WorkloadId("ns", "pod"))
                    .claims(claims.stream().map(Claim::id).toList())
                    .build()))
        .build();
  }

  private static List<ResourceSlice> copied(AllocationProblem problem, int copy, String node) {
    List<ResourceSlice> copied = new ArrayList<>();
    for (ResourceSlice slice : problem.slices()) {
      copied.add(
          ImmutableResourceSlice.copyOf(slice)
              .withName(slice.name() + "-" + copy)
              .withPool(new PoolId(slice.pool().driver(), slice.pool().pool() + "-" + copy))
              .withNodes(NodeSelection.node(node)));
    }
    return copied;
  }
}
