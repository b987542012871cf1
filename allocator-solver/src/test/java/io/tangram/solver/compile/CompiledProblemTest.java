package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.device;
import static io.tangram.solver.compile.Given.passed;
import static io.tangram.solver.compile.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Objective;
import io.tangram.solver.Fleet;
import io.tangram.solver.limit.Deadline;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes are {@code a} and {@code b}. */
class CompiledProblemTest {

  private static final QualifiedName MEMORY = QualifiedName.of("", "memory");

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("a", "b");

  @Test
  void holdsTheProblemInParts() {
    problem.addSlices(slice("b", devices("big", 2))).addClaims(claim("c", one("gpu")));
    AllocationProblem built = problem.build();

    CompiledProblem compiled = compiled(built);

    assertThat(compiled.problem()).isSameAs(built);
    assertThat(compiled.nodes()).isEqualTo(2);
    assertThat(compiled.pools().onNode(1)).hasSize(1);
    assertThat(compiled.counters().sets()).isZero();
    assertThat(compiled.devices().size()).isEqualTo(2);
    assertThat(compiled.units().queue()).hasSize(1);
    assertThat(compiled.matching().lookOf(1)).isEqualTo(compiled.matching().lookOf(0));
    assertThat(compiled.resources()).isSameAs(compiled.units().resources());
    assertThat(compiled.heldNodes().isInUse(0)).isFalse();
  }

  @Test
  void admitsADedicatedDeviceByClassTaintsAndCapacity() {
    Taint taint = new Taint("broken", "", Taint.Effect.NO_EXECUTE, Optional.empty());
    ImmutableDevice sound = sound("sound", "big");
    problem
        .addSlices(
            slice(
                "a",
                sound,
                sound("other", "small"),
                sound.withName("tainted").withTaints(taint),
                sound.withName("little").withCapacity(memory(1))))
        .addClaims(claim("c", asking("big", 2)));

    CompiledProblem compiled = compiled(problem.build());
    Leaf leaf = compiled.units().leaves().get(0);

    assertThat(IntStream.range(0, 4).filter(device -> compiled.admits(leaf, device)))
        .containsExactly(0);
    assertThat(IntStream.range(0, 4).filter(device -> compiled.admitsShared(leaf, device)))
        .containsExactly(0, 3);
  }

  @Test
  void anIncompleteOrInvalidPoolRulesOutModeAll() { // R69
    ImmutableAllocationProblem.Builder six = Fleet.of("a", "b", "c", "d", "e", "f");
    six.addSlices(
        slice("a", device("x")),
        slice("b", device("x")).withResourceSliceCount(2),
        slice("c", device("x"), device("x")),
        slice("p", NodeSelection.node("d"), device("x")).withResourceSliceCount(2),
        slice("p", NodeSelection.node("e"), device("x")).withGeneration(2));

    CompiledProblem compiled = compiled(six.build());

    assertThat(IntStream.range(0, 6).filter(compiled::blocksAllMode)).containsExactly(1, 2);
  }

  @Test
  void devicesAreOfferedInTheOrderOfTheirNode() { // R22 to R24
    problem
        .addSlices(
            slice("z", NodeSelection.allNodes(), device("x")),
            slice("p", NodeSelection.node("b"), device("y"), device("w")))
        .addClaims(claim("c", all("gpu")));

    CompiledProblem compiled = compiled(problem.build());

    int[] onB = compiled.devices().onNode(1);
    assertThat(names(compiled, onB)).containsExactly("y", "w", "x");
    assertThat(compiled.inOfferedOrder(1, new int[] {onB[2], onB[0]}))
        .containsExactly(onB[0], onB[2]);
    assertThat(compiled.inOfferedOrder(1, new int[] {onB[1]})).containsExactly(onB[1]);
  }

  @Test
  void countsPublishedDevicesWhetherTheyCanBeUsedOrNot() {
    problem.addSlices(
        slice("a", devices("big", 3)),
        slice("b", devices("big", 2)).withResourceSliceCount(9),
        slice("elsewhere", devices("big", 1)));

    assertThat(compiled(problem.build()).publishedDevices()).isEqualTo(6);
  }

  @Test
  void expectsNothingUnlessFragmentationIsAnObjective() {
    problem.addClaims(claim("c", one("big")));

    assertThat(compiled(problem.build()).expected()).isEmpty();
    assertThat(with(AllocationOptions.DEFAULTS).expected()).isEmpty();
  }

  @Test
  void expectsSomethingWhateverTheObjectivesWhereThatIsWanted() {
    problem.addClaims(claim("c", one("big")));

    CompiledProblem compiled =
        CompiledProblem.withExpectedDemand(
            problem.build(), AllocationOptions.DEFAULTS, Deadline.never());

    assertThat(compiled.expected()).hasSize(1);
  }

  @Test
  void expectsWhatTheClaimsAskForAllOfEqualWeight() {
    problem.addClaims(claim("c", some("big", 3)), claim("d", one("small")));

    CompiledProblem compiled =
        with(AllocationOptions.builder().addObjectives(Objective.FRAGMENTATION).build());

    assertThat(compiled.expected())
        .extracting(each -> each.leaf().request().deviceClass() + " " + each.weight())
        .containsExactly("big 1", "small 1");
  }

  @Test
  void expectsWhatTheOptionsExpect() {
    problem.addClaims(claim("c", some("big", 3)));

    CompiledProblem compiled =
        with(
            AllocationOptions.builder()
                .addObjectives(Objective.FRAGMENTATION)
                .expectedDemand(new ExpectedDemand(ImmutableMap.of(leaf("small", 1), 4)))
                .build());

    assertThat(compiled.expected())
        .extracting(each -> each.leaf().request().deviceClass() + " " + each.weight())
        .containsExactly("small 4");
  }

  @Test
  void whatIsExpectedIsLookedAtLikeWhatIsAsked() {
    problem.addSlices(slice("a", Fleet.device("x", "big"), Fleet.device("y", "small")));
    DeviceRequest expected = leaf("small", 1);

    CompiledProblem compiled =
        with(
            AllocationOptions.builder()
                .addObjectives(Objective.FRAGMENTATION)
                .expectedDemand(new ExpectedDemand(ImmutableMap.of(expected, 1)))
                .build());

    Leaf leaf = compiled.expected().get(0).leaf();
    assertThat(IntStream.range(0, 2).filter(device -> compiled.admits(leaf, device)))
        .containsExactly(1);
  }

  @Test
  void aProblemWithNothingInItTakesTimeToo() {
    AllocationProblem nothing = AllocationProblem.builder().build();

    assertThatThrownBy(() -> CompiledProblem.of(nothing, passed()))
        .isInstanceOf(DeadlineExceededException.class);
  }

  private CompiledProblem with(AllocationOptions options) {
    return CompiledProblem.of(problem.build(), options, Deadline.never());
  }

  private static ImmutableDevice sound(String name, String model) {
    return ImmutableDevice.copyOf(Fleet.device(name, model)).withCapacity(memory(2));
  }

  private static ImmutableMap<QualifiedName, DeviceCapacity> memory(long amount) {
    return ImmutableMap.of(MEMORY, DeviceCapacity.of(Quantity.of(amount)));
  }

  private static Request asking(String deviceClass, long memory) {
    return new Request.Exactly(
        leaf(deviceClass, 1).withCapacityRequests(ImmutableMap.of(MEMORY, Quantity.of(memory))));
  }

  private static String[] names(CompiledProblem compiled, int[] devices) {
    return Arrays.stream(devices)
        .mapToObj(device -> compiled.devices().device(device).name())
        .toArray(String[]::new);
  }
}
