package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.claimId;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.rules;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R122 and R123, on a board with room for ten devices. */
class CompatibilityGroupsTest {

  private static final ImmutableDevice NONE = grouped("none");
  private static final ImmutableDevice EVEN = grouped("even", "even");
  private static final ImmutableDevice ALSO_EVEN = grouped("also-even", "even");
  private static final ImmutableDevice ODD = grouped("odd", "odd");
  private static final ImmutableDevice BOTH = grouped("both", "even", "odd");
  private static final ImmutableDevice OTHER = grouped("other", "odd", "else");
  private static final ImmutableDevice FREE = device("free").build();

  private static ImmutableDevice grouped(String name, String... groups) {
    return device(name).addConsumesCounters(drawing("set", groups)).build();
  }

  private static CounterConsumption drawing(String set, String... groups) {
    return new CounterConsumption(
        set, ImmutableMap.of("x", Quantity.ONE), ImmutableSet.copyOf(groups));
  }

  private static ImmutableAllocationProblem.Builder board(Device... devices) {
    return problem(
        slice("n1")
            .withName("0")
            .withResourceSliceCount(2)
            .withSharedCounters(counterSet("set", "x", 10), counterSet("second", "x", 10)),
        slice("n1", devices).withName("1").withResourceSliceCount(2));
  }

  /** Returns the result that gives a device under the groups that it lists. */
  private static ImmutableDeviceAllocation given(Device device) {
    ImmutableDeviceAllocation.Builder result =
        ImmutableDeviceAllocation.builder().from(result("r", "n1/" + device.name()));
    for (CounterConsumption consumption : device.consumesCounters()) {
      if (!consumption.compatibilityGroups().isEmpty()) {
        result.putCompatibilityGroups(consumption.counterSet(), consumption.compatibilityGroups());
      }
    }
    return result.build();
  }

  /** Gives the devices to a claim each, in this order, and returns the first rule broken. */
  private static List<String> giveOneByOne(Device... devices) {
    CheckedState state = PlanChecker.of(board(devices).build()).state();
    List<String> broken = new ArrayList<>();
    for (Device device : devices) {
      broken.addAll(rules(give(state, device)));
    }
    return broken;
  }

  private static ImmutableList<Violation> give(CheckedState state, Device device) {
    Claim claim = claim("for-" + device.name(), request("r"));
    return state.add(claim, allocation(claim, "n1", given(device)));
  }

  @Test
  void givesDevicesThatHaveAGroupInCommon() {
    assertThat(giveOneByOne(EVEN, ALSO_EVEN, BOTH)).isEmpty();
    assertThat(giveOneByOne(OTHER, BOTH, ODD)).isEmpty();
  }

  @Test
  void refusesADeviceThatHasNoneInCommonWithOneInUse() {
    assertThat(giveOneByOne(EVEN, ODD)).containsExactly("R122");
  }

  /** Each two of them have one in common. */
  @Test
  void refusesADeviceThatHasNoneInCommonWithAllInUse() {
    ImmutableDevice third = grouped("third", "even", "else");

    assertThat(giveOneByOne(OTHER, BOTH, third)).containsExactly("R122");
  }

  @Test
  void takesListingNoneForAGroupOfItsOwn() {
    assertThat(giveOneByOne(NONE, grouped("also-none"))).isEmpty();
    assertThat(giveOneByOne(NONE, EVEN)).containsExactly("R122");
    assertThat(giveOneByOne(EVEN, NONE)).containsExactly("R122");
  }

  @Test
  void mindsNoDeviceThatDrawsOnOtherSetsOrNone() {
    Device elsewhere = device("elsewhere").addConsumesCounters(drawing("second", "odd")).build();

    assertThat(giveOneByOne(EVEN, elsewhere, FREE)).isEmpty();
  }

  @Test
  void mindsEverySetThatADeviceDrawsOn() {
    Device onBoth =
        device("on-both")
            .addConsumesCounters(drawing("set", "even"), drawing("second", "even"))
            .build();
    Device elsewhere = device("elsewhere").addConsumesCounters(drawing("second", "odd")).build();

    assertThat(giveOneByOne(EVEN, elsewhere, onBoth)).containsExactly("R122");
  }

  @Test
  void givesAnyDeviceOnceThoseInUseAreGivenBack() {
    CheckedState state = PlanChecker.of(board(EVEN, ODD, BOTH).build()).state();
    give(state, BOTH);
    give(state, EVEN);

    state.remove(claimId("for-even"));

    assertThat(give(state, ODD)).isEmpty();
    assertThat(rules(give(state, EVEN))).containsExactly("R122");
  }

  @Test
  void saysWhatIsInUse() {
    CheckedState state = PlanChecker.of(board(EVEN, BOTH, ODD, NONE).build()).state();
    give(state, EVEN);

    assertThat(give(state, ODD))
        .extracting(Violation::message)
        .containsExactly(
            "takes from counter set set under compatibility groups [odd], but devices in use there have [even] in common");
    assertThat(give(state, NONE))
        .extracting(Violation::message)
        .containsExactly(
            "takes from counter set set under no compatibility group, but devices in use there have [even] in common");
  }

  /** R123: the driver lists others by now. */
  @Test
  void goesByTheGroupsThatAResultRecords() {
    DeviceAllocation recorded = given(grouped("a", "even"));
    AllocationProblem problem =
        board(grouped("a", "odd"), EVEN, ODD).addHeld(held("h", recorded)).build();

    assertThat(give(PlanChecker.of(problem).state(), EVEN)).isEmpty();
    assertThat(rules(give(PlanChecker.of(problem).state(), ODD))).containsExactly("R122");
    assertThat(PlanChecker.of(problem).checkHeld())
        .extracting(Violation::toString)
        .containsExactly(
            "R123 claim ns/h device gpu.example.com/n1/a: was given under compatibility"
                + " groups [even] of counter set set, for which it lists [odd] now");
  }

  @Test
  void goesByTheGroupsListedWhereAResultRecordsNone() {
    AllocationProblem problem =
        board(EVEN, ALSO_EVEN, ODD).addHeld(held("h", result("r", "n1/even"))).build();

    assertThat(give(PlanChecker.of(problem).state(), ALSO_EVEN)).isEmpty();
    assertThat(rules(give(PlanChecker.of(problem).state(), ODD))).containsExactly("R122");
    assertThat(PlanChecker.of(problem).checkHeld()).isEmpty();
  }

  @Test
  void findsHeldDevicesThatHaveNoneInCommon() {
    assertThat(
            PlanChecker.of(
                    board(EVEN, ODD).addHeld(held("h", given(EVEN)), held("i", given(ODD))).build())
                .checkHeld())
        .extracting(Violation::toString)
        .containsExactly(
            "R122 pool gpu.example.com/n1: counter set set is used under compatibility groups that"
                + " have none in common, by claims ns/h, ns/i");
  }

  /** They may have listed others when they were given. */
  @Test
  void takesItForDriftWhereNotAllGroupsAreRecorded() {
    assertThat(
            PlanChecker.of(
                    board(EVEN, ODD)
                        .addHeld(held("h", result("r", "n1/even")), held("i", given(ODD)))
                        .build())
                .checkHeld())
        .extracting(Violation::rule, Violation::severity)
        .containsExactly(tuple("R122", Violation.Severity.DRIFT));
  }

  @Test
  void demandsThatAResultRecordsTheGroups() {
    Claim claim = claim("c", request("r"));
    AllocationProblem problem = board(EVEN, NONE).build();

    assertThat(Given.judge(problem, claim, allocation(claim, "n1", result("r", "n1/even"))))
        .containsExactly("R123");
    assertThat(
            Given.judge(
                problem,
                claim,
                allocation(
                    claim,
                    "n1",
                    result("r", "n1/none")
                        .withCompatibilityGroups(ImmutableMap.of("set", ImmutableSet.of("even"))))))
        .containsExactly("R123");
  }

  @Test
  void mindsNoAdministration() {
    AllocationProblem problem =
        board(EVEN, ODD).addHeld(held("h", given(EVEN).withAdminAccess(true))).build();

    assertThat(give(PlanChecker.of(problem).state(), ODD)).isEmpty();
  }

  /** Of seven devices, three even ones or four odd ones can be given at a time. */
  @Test
  void countsWhatCanBeSuppliedAtATime() {
    AllocationProblem problem =
        board(
                EVEN,
                ALSO_EVEN,
                grouped("third-even", "even"),
                ODD,
                grouped("odd-1", "odd"),
                grouped("odd-2", "odd"),
                grouped("odd-3", "odd"))
            .build();
    ExpectedDemand demand = new ExpectedDemand(ImmutableMap.of(leaf("r").build(), 1));

    assertThat(lossOf(problem, demand, EVEN)).isEqualTo(100_000L * (4 - 2));
    assertThat(lossOf(problem, demand, ODD)).isEqualTo(100_000L * (4 - 3));
  }

  private static long lossOf(AllocationProblem problem, ExpectedDemand demand, Device given) {
    ClusterIndex cluster = new ClusterIndex(problem);
    AllocationProblem later =
        ImmutableAllocationProblem.builder().from(problem).addHeld(held("h", given(given))).build();
    return new SupplyLoss(
            new ExpectedRequests(demand, cluster),
            cluster,
            new CheckedState(cluster, problem),
            new CheckedState(cluster, later))
        .in(ImmutableSet.of(Given.pool("n1")));
  }

  @Test
  void aGroupHasAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> drawing("set", ""))
        .withMessageContaining("set");
  }
}
