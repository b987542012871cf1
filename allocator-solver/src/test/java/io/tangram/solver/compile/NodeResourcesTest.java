package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.nodes;
import static io.tangram.solver.compile.Given.taking;
import static io.tangram.solver.compile.Given.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeResourcesTest {

  private static final String GPU = "example.com/gpu";

  @Test
  void amountsAreCountedInTheUnitOfTheirResource() {
    CompiledProblem problem = compile(List.of(node("a", 12)), taking("w", 8));

    NodeResources resources = problem.resources();

    assertThat(resources.names()).containsExactly("cpu");
    assertThat(resources.available(0)).containsExactly(3);
    assertThat(type(problem, 0).resources().asList()).containsOnly(0L);
  }

  @Test
  void aResourceThatNoWorkloadTakesIsNotCounted() {
    Workload nothing = workload("w").withResources(ImmutableMap.of("cpu", Quantity.ZERO));

    NodeResources resources = compile(List.of(node("a", 12)), nothing).resources();

    assertThat(resources.names()).isEmpty();
    assertThat(resources.available(0)).isEmpty();
  }

  @Test
  void aNodeThatDoesNotSayWhatItHasHasAll() {
    NodeResources resources =
        compile(List.of(Node.of("a"), node("b", 12)), taking("w", 8)).resources();

    assertThat(NodeResources.isLimited(resources.available(0)[0])).isFalse();
    assertThat(NodeResources.isLimited(resources.available(1)[0])).isTrue();
  }

  @Test
  void aNodeHasNothingOfWhatItDoesNotName() {
    Node node = Node.of("a");
    Node named = ImmutableNode.copyOf(node).withAvailable(ImmutableMap.of());

    assertThat(compile(List.of(named), taking("w", 8)).resources().available(0)).containsExactly(0);
  }

  @Test
  void aNodeThatIsOverdrawnHasNothingLeft() {
    assertThat(compile(List.of(node("a", -4)), taking("w", 8)).resources().available(0))
        .containsExactly(0);
  }

  @Test
  void aWorkloadMayUseTheNodesThatHaveEnoughForIt() {
    CompiledProblem problem =
        compile(List.of(node("a", 3), node("b", 4), Node.of("c"), node("d", 5)), taking("w", 4));

    assertThat(IntStream.range(0, 4).filter(type(problem, 0)::mayUse)).containsExactly(1, 2, 3);
    assertThat(type(problem, 0).allowed()).isEmpty();
  }

  @Test
  void aWorkloadForWhichEveryNodeHasEnoughMayUseAll() {
    CompiledProblem problem = compile(List.of(node("a", 4), node("b", 4)), taking("w", 4));

    assertThat(type(problem, 0).nodes()).isEmpty();
  }

  @Test
  void aWorkloadThatMayUseSomeNodesNeedsEnoughThere() {
    Workload picky =
        workload("w")
            .withResources(ImmutableMap.of("cpu", Quantity.of(4)))
            .withNodeSelectors(nodes("a", "b"));

    CompiledProblem problem = compile(List.of(node("a", 3), node("b", 4), node("c", 9)), picky);

    assertThat(type(problem, 0).nodes()).hasValue(BitSet.valueOf(new long[] {0b010}));
    assertThat(type(problem, 0).allowed()).hasValue(BitSet.valueOf(new long[] {0b011}));
  }

  @Test
  void aResourceIsScarceWhereAllTogetherWantMoreThanThereIs() {
    CompiledProblem problem =
        compile(List.of(node("a", 8), node("b", 7), Node.of("c")), taking("v", 4), taking("w", 4));

    assertThat(problem.resources().scarce(0).isEmpty()).isTrue();
    assertThat(problem.resources().scarce(1).get(0)).isTrue();
    assertThat(problem.resources().scarce(2).isEmpty()).isTrue();
  }

  @Test
  void onlyThoseWhoMayUseANodeMakeItsResourcesScarce() {
    Workload onB = taking("v", 4).withNodeSelectors(nodes("b"));
    Workload onA = taking("w", 4).withNodeSelectors(nodes("a"));

    CompiledProblem problem = compile(List.of(node("a", 4), node("b", 4)), onB, onA);

    assertThat(problem.resources().scarce(0).isEmpty()).isTrue();
    assertThat(problem.resources().scarce(1).isEmpty()).isTrue();
  }

  @Test
  void aTypeTakesOnlyOfWhatIsScarceOnANodeItMayUse() {
    Workload onA = taking("v", 4).withNodeSelectors(nodes("a"));
    Workload alsoOnA = taking("w", 4).withNodeSelectors(nodes("a"));
    Workload onB = taking("x", 4).withNodeSelectors(nodes("b"));

    CompiledProblem problem = compile(List.of(node("a", 7), node("b", 4)), onA, alsoOnA, onB);

    assertThat(type(problem, 0).resources().asList()).containsExactly(4L);
    assertThat(type(problem, 0).takesResources()).isTrue();
    assertThat(type(problem, 2).resources().asList()).containsExactly(0L);
    assertThat(type(problem, 2).takesResources()).isFalse();
  }

  @Test
  void anExtendedResourceIsTakenOnlyOfNodesThatOfferIt() {
    CompiledProblem problem =
        compiled(
            AllocationProblem.builder()
                .addNodes(offering("a", 1), node("b", 4), offering("c", 0), offering("d", 2))
                .addDeviceClasses(DeviceClass.builder().name("gpu").build())
                .addClaims(
                    claim("c", one("gpu")).withExtendedResources(ImmutableMap.of("gpu", GPU)))
                .addWorkloads(
                    workload("v", "c").withResources(ImmutableMap.of(GPU, Quantity.of(2))),
                    workload("w").withResources(ImmutableMap.of(GPU, Quantity.of(2))))
                .build());

    NodeResources resources = problem.resources();
    assertThat(IntStream.range(0, 4).filter(node -> resources.isTaken(0, node)))
        .containsExactly(0, 3);
    assertThat(NodeResources.isLimited(resources.available(1)[0])).isFalse();
    assertThat(IntStream.range(0, 4).filter(type(problem, 0)::mayUse)).containsExactly(1, 2, 3);
    assertThat(IntStream.range(0, 4).filter(type(problem, 1)::mayUse)).containsExactly(3);
    assertThat(type(problem, 0).dependsOnNode()).isTrue();
    assertThat(IntStream.range(0, 4).mapToLong(type(problem, 0)::claimsForDevices))
        .containsExactly(0L, 1L, 1L, 0L);
  }

  private static Node offering(String name, long gpus) {
    return Node.builder().name(name).available(ImmutableMap.of(GPU, Quantity.of(gpus))).build();
  }

  private static UnitType type(CompiledProblem problem, int unit) {
    return problem.units().queue().get(unit).type();
  }

  private static Node node(String name, long cpu) {
    return Node.builder()
        .name(name)
        .available(ImmutableMap.of("cpu", Quantity.of(cpu), "pods", Quantity.of(110)))
        .build();
  }

  private static CompiledProblem compile(List<Node> nodes, Workload... workloads) {
    return compiled(AllocationProblem.builder().nodes(nodes).addWorkloads(workloads).build());
  }
}
