package io.tangram.api.check;

import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.deviceClass;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeResourceCheckTest {

  private static final Node UNKNOWN = Node.of("n");

  private static Node having(String resource, String amount) {
    return Node.builder().name("n").available(ImmutableMap.of(resource, quantity(amount))).build();
  }

  private static ImmutableWorkload taking(String name, String resource, String amount) {
    return workload(name).withResources(ImmutableMap.of(resource, quantity(amount)));
  }

  /** Judges a plan that places all workloads on the node. */
  private static ImmutableList<String> judge(Node node, Workload... workloads) {
    return judge(AllocationProblem.builder(), node, workloads);
  }

  private static ImmutableList<String> judge(
      ImmutableAllocationProblem.Builder around, Node node, Workload... workloads) {
    AllocationProblem problem = around.addNodes(Node.of("m"), node).addWorkloads(workloads).build();
    AllocationPlan plan =
        AllocationPlan.builder()
            .allocator("test")
            .status(PlanStatus.FEASIBLE)
            .placements(
                ImmutableList.copyOf(workloads).stream()
                    .collect(ImmutableMap.toImmutableMap(Workload::id, each -> node.name())))
            .statistics(PlanStatistics.builder().strategy("test").build())
            .build();
    return new NodeResourceCheck(problem, plan, new ClusterIndex(problem))
        .run().stream().map(Violation::toString).collect(ImmutableList.toImmutableList());
  }

  @ParameterizedTest
  @CsvSource({"2500m, true", "2.499, false", "3, true", "0, false", "-1, false"})
  void addsUpWhatTheWorkloadsOfANodeTake(String available, boolean enough) {
    ImmutableList<String> found =
        judge(having("cpu", available), taking("v", "cpu", "2"), taking("w", "cpu", "500m"));

    assertThat(found.isEmpty()).isEqualTo(enough);
  }

  @Test
  void saysWhatIsOverdrawn() {
    assertThat(judge(having("memory", "8Gi"), taking("w", "memory", "9Gi")))
        .containsExactly(
            "PLACEMENT: the workloads placed on node n take 9Gi of memory, of which 8Gi is"
                + " available");
  }

  @Test
  void leavesNodesAloneOfWhichNothingIsKnown() {
    assertThat(judge(UNKNOWN, taking("w", "cpu", "1000"))).isEmpty();
  }

  @Test
  void givesNothingOfAResourceThatIsNotListed() {
    assertThat(judge(having("cpu", "1"), taking("w", "pods", "1"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "-3"})
  void wantsNothingForAWorkloadThatTakesNothing(String amount) {
    assertThat(judge(having("cpu", "-1"), taking("w", "cpu", amount))).isEmpty();
    assertThat(judge(having("cpu", "-1"), taking("w", "pods", amount))).isEmpty();
    assertThat(judge(having("cpu", "1"), taking("v", "cpu", amount), taking("w", "cpu", "2")))
        .hasSize(1);
  }

  @Test
  void judgesEachResourceByItself() {
    Node node =
        Node.builder()
            .name("n")
            .available(ImmutableMap.of("cpu", Quantity.of(2), "pods", Quantity.of(1)))
            .build();

    assertThat(judge(node, taking("v", "cpu", "2"), taking("w", "pods", "1"))).isEmpty();
    assertThat(judge(node, taking("v", "cpu", "2"), taking("w", "cpu", "1"))).hasSize(1);
    assertThat(
            judge(
                node,
                workload("w")
                    .withResources(ImmutableMap.of("cpu", Quantity.of(3), "pods", Quantity.of(2)))))
        .hasSize(2);
  }

  /** R216: devices stand for a resource that the node does not offer. */
  @Test
  void takesOfAnExtendedResourceWhereTheNodeOffersIt() {
    Claim claim =
        claim("c", request("r")).withExtendedResources(ImmutableMap.of("r", "example.com/gpu"));
    ImmutableWorkload standing =
        workload("w", "c").withResources(ImmutableMap.of("example.com/gpu", Quantity.of(2)));

    assertThat(judge(pending(claim), having("example.com/gpu", "1"), standing)).hasSize(1);
    assertThat(judge(pending(claim), having("example.com/gpu", "2"), standing)).isEmpty();
    assertThat(judge(pending(claim), having("cpu", "1"), standing)).isEmpty();
    assertThat(judge(having("cpu", "1"), taking("w", "example.com/gpu", "2"))).hasSize(1);
  }

  private static ImmutableAllocationProblem.Builder pending(Claim claim) {
    return AllocationProblem.builder().addDeviceClasses(deviceClass("gpu")).addClaims(claim);
  }
}
