package io.tangram.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.TaintRule.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaintRulesTest {

  private static final Taint OWN = new Taint("own", "", Taint.Effect.NO_SCHEDULE, Optional.empty());
  private static final Taint ADDED =
      new Taint("added", "v", Taint.Effect.NO_EXECUTE, Optional.empty());

  private static ResourceSlice slice(String driver, String pool, Device... devices) {
    return ResourceSlice.builder()
        .name(driver + "-" + pool)
        .pool(new PoolId(driver, pool))
        .nodes(NodeSelection.allNodes())
        .addDevices(devices)
        .build();
  }

  private static Device device(String name, Taint... taints) {
    return Device.builder().name(name).addTaints(taints).build();
  }

  private static Selection selection(String driver, String pool, String device) {
    return new Selection(wanted(driver), wanted(pool), wanted(device));
  }

  private static Optional<String> wanted(String text) {
    return text.equals("*") ? Optional.empty() : Optional.of(text);
  }

  private static List<Boolean> tainted(Selection selection, ResourceSlice... slices) {
    TaintRule rule = new TaintRule("rule", Optional.of(selection), ADDED);
    return TaintRules.of(List.of(rule)).applyTo(List.of(slices)).stream()
        .flatMap(slice -> slice.devices().stream())
        .map(device -> device.taints().contains(ADDED.ofRule("rule")))
        .toList();
  }

  @Test
  void taintsTheDevicesThatEveryPartOfTheSelectionMatches() {
    ResourceSlice a = slice("a.com", "p", device("d"), device("e"));
    ResourceSlice b = slice("b.com", "p", device("d"));

    assertThat(tainted(Selection.EVERY, a, b)).containsExactly(true, true, true);
    assertThat(tainted(selection("a.com", "*", "*"), a, b)).containsExactly(true, true, false);
    assertThat(tainted(selection("*", "p", "d"), a, b)).containsExactly(true, false, true);
    assertThat(tainted(selection("a.com", "p", "e"), a, b)).containsExactly(false, true, false);
    assertThat(tainted(selection("*", "q", "*"), a, b)).containsExactly(false, false, false);
    assertThat(tainted(selection("*", "*", "x"), a, b)).containsExactly(false, false, false);
  }

  @Test
  void taintsNothingWithoutASelection() {
    ResourceSlice slice = slice("a.com", "p", device("d"));
    TaintRule rule = new TaintRule("rule", Optional.empty(), ADDED);

    ImmutableList<ResourceSlice> applied = TaintRules.of(List.of(rule)).applyTo(List.of(slice));

    assertThat(applied.get(0)).isSameAs(slice);
  }

  @Test
  void putsTaintsBehindThoseOfTheDriverInTheOrderOfTheRules() {
    ResourceSlice slice = slice("a.com", "p", device("d", OWN));
    TaintRule second = new TaintRule("r2", Optional.of(Selection.EVERY), ADDED);
    TaintRule first = new TaintRule("r1", Optional.of(selection("*", "p", "*")), ADDED);

    ImmutableList<ResourceSlice> applied =
        TaintRules.of(List.of(second, first)).applyTo(List.of(slice));

    assertThat(applied.get(0).devices().get(0).taints())
        .containsExactly(OWN, ADDED.ofRule("r1"), ADDED.ofRule("r2"));
  }

  @Test
  void sharesSlicesAndDevicesThatNoRuleTaints() {
    ResourceSlice untouched = slice("b.com", "p", device("d"));
    ResourceSlice touched = slice("a.com", "p", device("d"), device("e"));
    TaintRule rule = new TaintRule("rule", Optional.of(selection("a.com", "p", "d")), ADDED);

    ImmutableList<ResourceSlice> applied =
        TaintRules.of(List.of(rule)).applyTo(List.of(untouched, touched));

    assertThat(applied.get(0)).isSameAs(untouched);
    assertThat(applied.get(1).devices().get(1)).isSameAs(touched.devices().get(1));
  }

  @Test
  void namesTheRuleInTheTextOfTheTaint() {
    assertThat(ADDED.ofRule("repair")).hasToString("added=v:NoExecute of DeviceTaintRule repair");
    assertThat(ADDED).hasToString("added=v:NoExecute");
  }
}
