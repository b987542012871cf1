package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.device.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DeviceTaintRules (section 9 of the rules). */
class TaintRulesTest {

  private static final String TAINT = "taint: {key: k, value: v, effect: NoExecute}";
  private static final String DEVICES =
      slice("s", "nodeName: n, devices: [{name: a}, {name: b, taints: [{key: o, effect: None}]}]");

  private static String rule(String version, String name, String metadata, String spec) {
    return "---\n{apiVersion: resource.k8s.io/"
        + version
        + ", kind: DeviceTaintRule, metadata: {name: "
        + name
        + metadata
        + "}, spec: {"
        + spec
        + "}}\n";
  }

  private static String rule(String spec) {
    return rule("v1", "repair", "", spec);
  }

  /** Returns the texts of the taints on the devices, in order. */
  private static List<String> taints(Cluster cluster) {
    return cluster.problem().slices().stream()
        .flatMap(each -> each.devices().stream())
        .map(device -> device.taints().toString())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta2", "v1alpha3"})
  void putsItsTaintOnTheDevicesThatItSelects(String version) {
    String rule =
        rule(
            version, "repair", "", "deviceSelector: {driver: d.com, pool: p, device: b}, " + TAINT);

    Cluster cluster = Reading.read(rule, DEVICES);

    assertThat(taints(cluster))
        .containsExactly("[]", "[o:None, k=v:NoExecute of DeviceTaintRule repair]");
    assertThat(cluster.warnings()).isEmpty();
  }

  @Test
  void selectsEveryDeviceWithAnEmptySelectorAndNoneWithoutOne() {
    Cluster every = Reading.read(DEVICES, rule("deviceSelector: {}, " + TAINT));
    Cluster none = Reading.read(DEVICES, rule(TAINT));

    assertThat(taints(every)).allMatch(taints -> taints.contains("of DeviceTaintRule repair"));
    assertThat(taints(none)).containsExactly("[]", "[o:None]");
    assertThat(none.warnings())
        .containsExactly(
            "cluster2.yaml: DeviceTaintRule repair: has no deviceSelector, so it taints nothing"
                + " (R153); {} selects every device.");
  }

  @Test
  void datesATaintAsItIsWrittenOrElseAsTheRule() {
    String created = ", creationTimestamp: \"2026-01-01T00:00:00Z\"";
    String dated = TAINT.replace("}", ", timeAdded: \"2026-02-01T00:00:00Z\"}");

    Cluster cluster =
        Reading.read(
            DEVICES,
            rule("v1", "a", created, "deviceSelector: {device: a}, " + TAINT),
            rule("v1", "b", created, "deviceSelector: {device: a}, " + dated));

    assertThat(cluster.problem().slices().get(0).devices().get(0).taints())
        .extracting(Taint::timeAdded)
        .containsExactly(
            Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
            Optional.of(Instant.parse("2026-02-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deviceSelector: {}|spec.taint: is required (R152).",
        "deviceSelector: [], taint: {key: k, effect: None}"
            + "|spec.deviceSelector: [] must be an object.",
        "deviceSelector: {deviceClassName: gpu}, taint: {key: k, effect: None}"
            + "|spec.deviceSelector.deviceClassName: selecting by device class was removed in"
            + " Kubernetes 1.35 (R154). Select by driver, pool and device.",
        "deviceSelector: {selectors: [{cel: {expression: 'true'}}]}, taint: {key: k, effect: None}"
            + "|spec.deviceSelector.selectors: selecting by CEL was removed in Kubernetes 1.35"
            + " (R154). Select by driver, pool and device.",
        "deviceSelector: {device: ''}, taint: {key: k, effect: None}"
            + "|spec.deviceSelector.device: is required (R152).",
        "deviceSelector: {driver: a b}, taint: {key: k, effect: None}"
            + "|spec.deviceSelector.driver: \"a b\" is not a driver's name: a DNS"
            + " subdomain of at most 63 characters (R152).",
        "deviceSelector: {}, taint: {key: k}"
            + "|spec.taint.effect: is required: one of None, NoSchedule, NoExecute (R146).",
        "deviceSelector: {}, taint: {effect: None}|spec.taint.key: is required (R146).",
      })
  void refusesWhatAnApiServerWould(String spec, String problem) {
    assertThatThrownBy(() -> Reading.read(rule(spec)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("cluster.yaml: DeviceTaintRule repair: " + problem);
  }

  @Test
  void warnsOfFieldsThatItDoesNotKnow() {
    Cluster cluster = Reading.read(DEVICES, rule("deviceSelector: {uuid: x}, more: 1, " + TAINT));

    assertThat(cluster.warnings())
        .containsExactly(
            "cluster2.yaml: DeviceTaintRule repair: spec.more is not a known field and has no"
                + " effect.",
            "cluster2.yaml: DeviceTaintRule repair: spec.deviceSelector.uuid is not a known field"
                + " and has no effect.");
  }

  @Test
  void refusesTwoRulesOfOneNameThatDiffer() {
    assertThatThrownBy(() -> Reading.read(rule("deviceSelector: {}, " + TAINT), rule(TAINT)))
        .hasMessageContaining("the input has another DeviceTaintRule of this name that differs");
  }

  @Test
  void refusesAVersionThatItDoesNotKnow() {
    assertThatThrownBy(() -> Reading.read(rule("v1beta1", "repair", "", TAINT)))
        .hasMessageContaining("apiVersion: resource.k8s.io/v1beta1 is not read");
  }
}
