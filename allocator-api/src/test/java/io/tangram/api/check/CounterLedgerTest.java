package io.tangram.api.check;

import static io.tangram.api.check.Given.claimId;
import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 7 of the rules. */
class CounterLedgerTest {

  private static ImmutableMap<String, Quantity> sms(long sms, String... slices) {
    ImmutableMap.Builder<String, Quantity> counters = ImmutableMap.builder();
    counters.put("sms", Quantity.of(sms));
    for (String slice : slices) {
      counters.put(slice, Quantity.ONE);
    }
    return counters.buildOrThrow();
  }

  private static Device part(String name, long sms, String... slices) {
    return device(name).addConsumesCounters(new CounterConsumption("g0", sms(sms, slices))).build();
  }

  /** The worked example of section 7, with a device that takes nothing. */
  private static final PoolContents EXAMPLE =
      contents(
          ImmutableList.of(
              new CounterSet("g0", sms(7, "slice-0", "slice-1", "slice-2", "slice-3"))),
          part("full", 7, "slice-0", "slice-1", "slice-2", "slice-3"),
          part("a", 3, "slice-0", "slice-1"),
          part("b", 3, "slice-2", "slice-3"),
          part("c", 2, "slice-0"),
          device("free").build());

  private static PoolContents contents(ImmutableList<CounterSet> sets, Device... devices) {
    return new PoolContents(
        ImmutableList.of(
            slice("n1").withName("0").withSharedCounters(sets),
            slice("n1", devices).withName("1")));
  }

  private static void charge(CounterLedger ledger, String device, boolean sinceBefore) {
    DeviceUse use = new DeviceUse(sinceBefore);
    use.add(claimId("c"), result("r", "n1/" + device));
    ledger.charge(device, use);
  }

  private static Optional<String> refusal(CounterLedger ledger, String device) {
    return ledger.refusal(ledger.contents().devices().find(device).device()).map(Refusal::rule);
  }

  @Test
  void leavesWhatTheWorkedExampleLeaves() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, false);

    charge(ledger, "a", true);

    assertThat(refusal(ledger, "full")).hasValue("R112");
    assertThat(refusal(ledger, "b")).isEmpty();
    assertThat(refusal(ledger, "c")).hasValue("R112");
    assertThat(refusal(ledger, "free")).isEmpty();
  }

  @Test
  void leavesEverythingToTheFirst() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, false);

    assertThat(refusal(ledger, "full")).isEmpty();
  }

  @Test
  void takesBackWhatWasGivenBack() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, false);
    charge(ledger, "a", true);
    charge(ledger, "b", true);
    ledger.refund("a");

    assertThat(refusal(ledger, "a")).isEmpty();
    assertThat(refusal(ledger, "full")).hasValue("R112");

    ledger.refund("b");

    assertThat(refusal(ledger, "full")).isEmpty();
  }

  @Test
  void saysWhatIsLeft() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, false);
    charge(ledger, "a", true);

    assertThat(ledger.refusal(EXAMPLE.devices().find("full").device()).orElseThrow().message())
        .isEqualTo("takes 7 of counter sms of set g0, of which 4 is left");
  }

  /** R112: one counter that is overdrawn closes the pool to all that consume any. */
  @Test
  void closesAPoolThatIsOverdrawnUntilItNoLongerIs() {
    PoolContents contents =
        contents(
            ImmutableList.of(counterSet("s", "x", 4), counterSet("t", "y", 4)),
            device("x3").addConsumesCounters(consumes("s", "x", 3)).build(),
            device("x2").addConsumesCounters(consumes("s", "x", 2)).build(),
            device("y1").addConsumesCounters(consumes("t", "y", 1)).build(),
            device("free").build());
    CounterLedger ledger = new CounterLedger(contents, false);
    charge(ledger, "x3", true);
    charge(ledger, "x2", true);

    assertThat(refusal(ledger, "y1")).hasValue("R112");
    assertThat(refusal(ledger, "free")).isEmpty();
    assertThat(ledger.overdrawn().values())
        .containsExactly("counter x of set s is overdrawn: 5 of 4 are taken");

    ledger.refund("x2");

    assertThat(refusal(ledger, "y1")).isEmpty();
    assertThat(ledger.overdrawn()).isEmpty();
  }

  @Test
  void isNotOverdrawnWhenExactlyUsedUp() {
    PoolContents contents =
        contents(
            ImmutableList.of(counterSet("s", "x", 4), counterSet("t", "y", 4)),
            device("x4").addConsumesCounters(consumes("s", "x", 4)).build(),
            device("x0").addConsumesCounters(consumes("s", "x", 0)).build(),
            device("y4").addConsumesCounters(consumes("t", "y", 4)).build());
    CounterLedger ledger = new CounterLedger(contents, false);
    charge(ledger, "x4", true);

    assertThat(ledger.overdrawn()).isEmpty();
    assertThat(refusal(ledger, "x0")).isEmpty();
    assertThat(refusal(ledger, "y4")).isEmpty();
  }

  /** R36: nothing forbids a negative amount. */
  @Test
  void closesAPoolThatDeclaresLessThanNothing() {
    PoolContents negative =
        contents(
            ImmutableList.of(counterSet("s", "x", -1), counterSet("t", "y", 4)),
            device("y1").addConsumesCounters(consumes("t", "y", 1)).build());
    PoolContents nothing =
        contents(
            ImmutableList.of(counterSet("s", "x", 0), counterSet("t", "y", 4)),
            device("y1").addConsumesCounters(consumes("t", "y", 1)).build());

    assertThat(refusal(new CounterLedger(negative, false), "y1")).hasValue("R112");
    assertThat(refusal(new CounterLedger(nothing, false), "y1")).isEmpty();
  }

  @Test
  void chargesEverySetThatADeviceConsumesFrom() {
    Device both =
        device("both").addConsumesCounters(consumes("s", "x", 1), consumes("t", "y", 4)).build();
    PoolContents contents =
        contents(
            ImmutableList.of(counterSet("s", "x", 4), counterSet("t", "y", 4)),
            both,
            device("x3").addConsumesCounters(consumes("s", "x", 3)).build(),
            device("y1").addConsumesCounters(consumes("t", "y", 1)).build());
    CounterLedger ledger = new CounterLedger(contents, false);
    charge(ledger, "both", true);

    assertThat(refusal(ledger, "x3")).isEmpty();
    assertThat(refusal(ledger, "y1")).hasValue("R112");
  }

  /** R116. */
  @Test
  void closesAPoolInWhichADeviceInUseIsNoLongerPublished() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, false);
    charge(ledger, "gone", true);

    assertThat(refusal(ledger, "b")).hasValue("R116");
    assertThat(refusal(ledger, "free")).isEmpty();

    ledger.refund("gone");

    assertThat(refusal(ledger, "b")).isEmpty();
  }

  /** Such a device is published, for nodes that see another generation. */
  @Test
  void ignoresADeviceThatCameIntoUseElsewhere() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, false);
    charge(ledger, "elsewhere", false);
    charge(ledger, "a", false);

    assertThat(refusal(ledger, "b")).isEmpty();
    assertThat(refusal(ledger, "full")).hasValue("R112");
  }

  @Test
  void takesVanishedDevicesToBeFreeWhereToldSo() {
    CounterLedger ledger = new CounterLedger(EXAMPLE, true);
    charge(ledger, "gone", true);

    assertThat(refusal(ledger, "b")).isEmpty();
  }

  @Test
  void refusesADeviceThatConsumesWhatIsNotThere() {
    PoolContents contents =
        contents(
            ImmutableList.of(counterSet("s", "x", 4)),
            device("odd").addConsumesCounters(consumes("s", "y", 1)).build());

    assertThat(refusal(new CounterLedger(contents, false), "odd")).hasValue("R18");
  }

  @Test
  void addsFractionsExactly() {
    CounterConsumption tenth = new CounterConsumption("s", ImmutableMap.of("x", quantity("0.1")));
    PoolContents contents =
        contents(
            ImmutableList.of(new CounterSet("s", ImmutableMap.of("x", quantity("0.3")))),
            device("1").addConsumesCounters(tenth).build(),
            device("2").addConsumesCounters(tenth).build(),
            device("3").addConsumesCounters(tenth).build());
    CounterLedger ledger = new CounterLedger(contents, false);
    charge(ledger, "1", true);
    charge(ledger, "2", true);

    assertThat(refusal(ledger, "3")).isEmpty();
  }
}
