package io.tangram.solver.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.Quantity;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R122, with devices on two counter sets of a pool. */
class CompatibilityTest {

  private static final ImmutableMap<String, Quantity> ONE = ImmutableMap.of("slots", Quantity.ONE);

  @Test
  void withoutGroupsAllDevicesMayBeInUseTogether() {
    CompiledProblem problem = problem(device("a", on("left")), device("b", on("left")));

    assertThat(together(problem)).containsExactly("a b");
  }

  @Test
  void devicesWithAGroupInCommonMayBeInUseTogether() {
    CompiledProblem problem =
        problem(
            device("both", on("left", "even", "odd")),
            device("even", on("left", "even")),
            device("odd", on("left", "odd")));

    assertThat(together(problem)).containsExactlyInAnyOrder("both even", "both odd");
  }

  @Test
  void thoseWithoutGroupsMayBeInUseTogether() {
    CompiledProblem problem =
        problem(
            device("even", on("left", "even")), device("x", on("left")), device("y", on("left")));

    assertThat(together(problem)).containsExactlyInAnyOrder("even", "x y");
  }

  @Test
  void everyCounterSetSettlesForItself() {
    CompiledProblem problem =
        problem(
            device("even", on("left", "even")),
            device("odd", on("left", "odd")),
            device("far-even", on("right", "even")),
            device("far-odd", on("right", "odd")),
            device("across", on("left", "even"), on("right", "odd")));

    assertThat(together(problem))
        .containsExactlyInAnyOrder(
            "even far-even", "even far-odd across", "odd far-even", "odd far-odd");
  }

  @Test
  void setsThatOthersHoldAreLeftOut() {
    CompiledProblem problem =
        problem(
            device("even", on("left", "even", "more")), device("also", on("left", "even", "most")));

    assertThat(together(problem)).containsExactly("even also");
  }

  @Test
  void whatIsHeldLeavesTheGroupsThatItLists() {
    CompiledProblem problem =
        holding(
            List.of("held"),
            device("even", on("left", "even")),
            device("held", on("left", "odd", "more")),
            device("more", on("left", "more")),
            device("odd", on("left", "odd")));

    assertThat(together(problem)).containsExactlyInAnyOrder("odd", "more");
  }

  @Test
  void nothingFitsBesideHeldDevicesThatHaveNoGroupInCommon() {
    CompiledProblem problem =
        holding(
            List.of("even", "odd"),
            device("even", on("left", "even")),
            device("free", on("right")),
            device("odd", on("left", "odd")),
            device("third", on("left", "odd", "even")));

    assertThat(together(problem)).containsExactly("free");
  }

  @Test
  void whatIsUsedAsWellLeavesTheGroupsThatItLists() {
    CompiledProblem problem =
        problem(
            device("both", on("left", "even", "odd")),
            device("even", on("left", "even")),
            device("odd", on("left", "odd")));

    List<BitSet> sets =
        Compatibility.of(problem, List.of(0, 2), set -> problem.devices().draws(1)[0].groupSet());

    assertThat(sets).containsExactly(BitSet.valueOf(new long[] {0b01}));
  }

  /** Ten sets of which each may settle on one of two groups. */
  @Test
  void isSilentWhereThereAreTooMany() {
    List<CounterSet> sets =
        IntStream.range(0, 10).mapToObj(i -> new CounterSet("set-" + i, ONE)).toList();
    List<Device> devices =
        sets.stream()
            .flatMap(
                set ->
                    Stream.of("even", "odd")
                        .<Device>map(group -> device(set.name() + group, on(set.name(), group))))
            .toList();
    CompiledProblem problem = problem(sets, devices, List.of());

    List<Integer> all = IntStream.range(0, 20).boxed().toList();

    assertThat(Compatibility.few(problem, all)).isEmpty();
    assertThat(Compatibility.of(problem, all, problem.counters().groups()::open)).hasSize(1 << 10);
  }

  private static List<String> together(CompiledProblem problem) {
    List<Integer> free =
        IntStream.range(0, problem.devices().size())
            .filter(device -> problem.devices().use(device) == null)
            .boxed()
            .toList();
    List<String> together = new ArrayList<>();
    for (BitSet set : Compatibility.of(problem, free, problem.counters().groups()::open)) {
      together.add(
          String.join(
              " ",
              set.stream().mapToObj(i -> problem.devices().device(free.get(i)).name()).toList()));
    }
    assertThat(Compatibility.few(problem, free).orElseThrow()).hasSameSizeAs(together);
    return together;
  }

  private static CompiledProblem problem(Device... devices) {
    return holding(List.of(), devices);
  }

  private static CompiledProblem holding(List<String> held, Device... devices) {
    return problem(
        List.of(new CounterSet("left", ONE), new CounterSet("right", ONE)), List.of(devices), held);
  }

  private static CompiledProblem problem(
      List<CounterSet> sets, List<Device> devices, List<String> held) {
    return CompiledProblem.of(
        Fleet.of("n")
            .addSlices(
                Fleet.slice("n")
                    .withName("counters")
                    .withResourceSliceCount(2)
                    .withSharedCounters(sets),
                Fleet.slice("n", devices.toArray(Device[]::new)).withResourceSliceCount(2))
            .addHeld(
                Allocation.builder()
                    .claim(Fleet.id("held"))
                    .devices(held.stream().map(CompatibilityTest::result).toList())
                    .build())
            .build(),
        Deadline.never());
  }

  private static DeviceAllocation result(String device) {
    return DeviceAllocation.builder()
        .request("r")
        .device(new DeviceId(Fleet.DRIVER, "n", device))
        .build();
  }

  private static ImmutableDevice device(String name, CounterConsumption... consumption) {
    return ImmutableDevice.builder().name(name).addConsumesCounters(consumption).build();
  }

  private static CounterConsumption on(String set, String... groups) {
    return new CounterConsumption(set, ONE, ImmutableSet.copyOf(groups));
  }
}
