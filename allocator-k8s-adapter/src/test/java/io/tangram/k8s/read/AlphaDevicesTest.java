package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.device;
import static io.tangram.k8s.read.Reading.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compatibility groups, node operations and derived attributes, which are off by default. */
class AlphaDevicesTest {

  private static final Set<FeatureGate> GROUPS = Set.of(FeatureGate.DEVICE_COMPATIBILITY_GROUPS);
  private static final Set<FeatureGate> DERIVED = Set.of(FeatureGate.DERIVED_ATTRIBUTES);
  private static final Set<FeatureGate> OPERATIONS = Set.of(FeatureGate.OPTIONAL_NODE_OPERATIONS);

  private static String grouped(String groups) {
    return device(
        ", consumesCounters: [{counterSet: c, counters: {a: {value: 1}}, compatibilityGroups: "
            + groups
            + "}]");
  }

  private static String skipping(String operations) {
    return slice(
        "s", "nodeName: n, skipNodeOperations: " + operations + ", devices: [{name: dev}]");
  }

  private static CounterConsumption consumption(Cluster cluster) {
    return cluster.problem().slices().get(0).devices().get(0).consumesCounters().get(0);
  }

  @Test
  void readsCompatibilityGroups() {
    assertThat(consumption(Reading.readWith(GROUPS, grouped("[video, x]"))).compatibilityGroups())
        .containsExactly("video", "x");
    assertThat(consumption(Reading.readWith(GROUPS, grouped("[]"))).compatibilityGroups())
        .isEmpty();
    assertThat(Reading.readWith(GROUPS, grouped("[video]")).warnings()).isEmpty();
  }

  /** R124. */
  @Test
  void leavesSlicesWithGroupsOutWhereGroupsAreOff() {
    String slice = grouped("[g]");

    Cluster cluster = Reading.read(slice, slice.replace("name: s", "name: t"));

    assertThat(cluster.problem().slices()).isEmpty();
    assertThat(cluster.warnings())
        .contains(
            "cluster.yaml: ResourceSlice s: is left out with its compatibility groups while feature"
                + " gate DRADeviceCompatibilityGroups is off (R124); so it is with 1 more;"
                + " --feature-gates DRADeviceCompatibilityGroups=true turns it on.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a, b, c] | : has 3 entries; at most 2 are allowed (R122).",
        "[a, a] | [1]: \"a\" is there twice (R122).",
        "[A] | [0]: \"A\" is not a DNS label: at most 63 lower-case letters, digits and inner"
            + " hyphens (R122).",
        "[''] | [0]: is required (R122).",
        "a | : \"a\" must be a list.",
      })
  void refusesGroupsThatAnApiServerWouldRefuse(String groups, String line) {
    assertThatThrownBy(() -> Reading.read(grouped(groups)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "cluster.yaml: ResourceSlice s:"
                + " spec.devices[0].consumesCounters[0].compatibilityGroups"
                + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"*\"]",
        "[NodeUnprepareResources]",
        "[NodePrepareResources, NodeUnprepareResources]",
        "[NodePrepareResources, \"*\"]"
      })
  void readsNodeOperations(String operations) {
    Cluster cluster = Reading.readWith(OPERATIONS, skipping(operations));

    assertThat(cluster.problem().slices().get(0).skipNodeOperations())
        .isNotEmpty()
        .allMatch(operations::contains);
    assertThat(cluster.problem().slices().get(0).devices().get(0).barrier()).isEmpty();
    assertThat(cluster.warnings()).isEmpty();
  }

  @Test
  void keepsDevicesBackWhereNodesCantSkipOperations() {
    Cluster cluster = Reading.read(skipping("[\"*\"]"));

    assertThat(cluster.problem().slices().get(0).devices().get(0).barrier().map(Barrier::counts))
        .hasValue(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[NodePrepareResources] | : NodePrepareResources can be skipped only with"
            + " NodeUnprepareResources or * (section 1.1).",
        "[Sleep] | [0]: \"Sleep\" must be one of NodePrepareResources, NodeUnprepareResources, *"
            + " (section 1.1).",
        "[NodeUnprepareResources, NodeUnprepareResources] | [1]: \"NodeUnprepareResources\" is"
            + " there twice (section 1.1).",
        "{} | : {} must be a list.",
      })
  void refusesOperationsThatAnApiServerWouldRefuse(String operations, String line) {
    assertThatThrownBy(() -> Reading.read(skipping(operations)))
        .isInstanceOf(InputException.class)
        .hasMessage("cluster.yaml: ResourceSlice s: spec.skipNodeOperations" + line);
  }

  private static String deriving(String attributes, String constraints) {
    return Reading.claim(
        "a",
        "{requests: [{name: r, exactly: {deviceClassName: c, derivedAttributes: "
            + attributes
            + "}}], constraints: ["
            + constraints
            + "]}");
  }

  /** R234. */
  @Test
  void readsDerivedAttributes() {
    String claim =
        deriving("[{name: derived/numa, expression: \"1 + 1\"}]", "{matchAttribute: derived/numa}");

    Cluster on = Reading.readWith(DERIVED, claim);
    Cluster off = Reading.read(claim);

    assertThat(on.warnings()).isEmpty();
    assertThat(
            on.problem()
                .claims()
                .get(0)
                .requests()
                .get(0)
                .alternatives()
                .get(0)
                .derivedAttributes())
        .isEqualTo(
            ImmutableMap.of(
                QualifiedName.of("derived", "numa"), new ExpressionTexts.AttributeText("1 + 1")));
    assertThat(on.problem().claims().get(0).offFeatures()).isEmpty();
    assertThat(off.problem().claims().get(0).offFeatures())
        .containsExactly(
            new OffFeature(
                "derivedAttributes in request r", FeatureGate.DERIVED_ATTRIBUTES, "R234"));
  }

  /** R234. */
  @Test
  void warnsOfDerivedAttributesThatNoConstraintCompares() {
    Cluster cluster =
        Reading.readWith(
            DERIVED,
            deriving("[{name: derived/numa, expression: \"1\"}]", "{distinctAttribute: d.com/x}"));

    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: spec.devices.requests: derived attribute"
                + " derived/numa is in no constraint (R234); an API server would refuse it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{name: numa, expression: \"1\"}] | [0].name: \"numa\" must be a domain, / and an"
            + " identifier, such as derived/numa (R234).",
        "[{name: a/b}] | [0].expression: is required (R234).",
        "[{expression: \"1\"}] | [0].name: is required (R234).",
        "[{name: a/b, expression: \"1\"}, {name: a/b, expression: \"2\"}] | [1]: \"a/b\" is there"
            + " twice (R234).",
      })
  void refusesDerivedAttributesThatAnApiServerWouldRefuse(String attributes, String line) {
    assertThatThrownBy(() -> Reading.read(deriving(attributes, "{matchAttribute: a/b}")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "cluster.yaml: ResourceClaim ns/a:"
                + " spec.devices.requests[0].exactly.derivedAttributes"
                + line);
  }

  /** R123. */
  @Test
  void readsWhatResultsRecord() {
    String held =
        Reading.claim("held", "{requests: [{name: r, exactly: {deviceClassName: c}}]}")
            .replace(
                "}}\n",
                "}, status: {allocation: {devices: {results: [{request: r, driver: d.com, pool: p,"
                    + " device: dev, skipNodeOperations: [\"*\"], compatibilityGroups: {c:"
                    + " [video], e: []}}]}}}}\n");

    DeviceAllocation result =
        Reading.readWith(GROUPS, held).problem().held().get(0).devices().get(0);

    assertThat(result.compatibilityGroups())
        .isEqualTo(ImmutableMap.of("c", ImmutableSet.of("video")));
    assertThat(result.skipNodeOperations()).containsExactly("*");
    assertThat(Reading.read(held).problem().held().get(0).devices().get(0).compatibilityGroups())
        .isEmpty();
  }
}
