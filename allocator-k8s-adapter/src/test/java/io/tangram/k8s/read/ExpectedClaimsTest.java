package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedClaimsTest {

  private static final String ONE_OF_C = "{requests: [{name: r, exactly: {deviceClassName: c}}]}";
  private static final String TWO_OF_D =
      "{requests: [{name: r, exactly: {deviceClassName: d, count: 2}}]}";

  private static ExpectedClaims expect(String... texts) {
    return ExpectedClaims.read(
        Stream.of(texts).map(text -> Reading.file("expect.yaml", text)).toList(),
        new ExpressionTexts());
  }

  private static ImmutableMap<String, Integer> weights(ExpectedClaims expected) {
    return expected.demand().weights().entrySet().stream()
        .collect(
            ImmutableMap.toImmutableMap(each -> each.getKey().deviceClass(), Map.Entry::getValue));
  }

  private static String weighted(String object, String weight) {
    return object.replace("namespace: ns", "namespace: ns, annotations: {" + weight + "}");
  }

  @Test
  void addsUpWhatAllClaimsAskFor() {
    ExpectedClaims expected =
        expect(
            Reading.claim("a", ONE_OF_C) + Reading.claim("b", TWO_OF_D),
            Reading.claim("c", ONE_OF_C) + Reading.template("t", TWO_OF_D));

    assertThat(weights(expected)).containsExactly(entry("c", 2), entry("d", 4));
    assertThat(expected.warnings()).isEmpty();
  }

  @Test
  void countsClaimsAndTemplatesAsOftenAsTheySay() {
    ExpectedClaims expected =
        expect(
            Reading.claim("a", ONE_OF_C)
                + weighted(Reading.claim("b", ONE_OF_C), "tangram.io/weight: \"30\"")
                + weighted(Reading.template("t", TWO_OF_D), "tangram.io/weight: \"7\"")
                + weighted(Reading.claim("c", ONE_OF_C), "weight: \"100\""));

    assertThat(weights(expected)).containsExactly(entry("c", 32), entry("d", 14));
  }

  @Test
  void takesAllThatARequestSaysButItsName() {
    ExpectedClaims expected =
        expect(
            Reading.claim(
                "a",
                "{requests: [{name: r, exactly: {deviceClassName: c, selectors: [{cel: {expression:"
                    + " x}}], tolerations: [{operator: Exists}], capacity: {requests: {memory:"
                    + " 1Gi}}}}]}"));

    DeviceRequest request = expected.demand().weights().keySet().iterator().next();
    assertThat(request.selectors()).containsExactly(new ExpressionText("x"));
    assertThat(request.tolerations()).extracting(Toleration::key).containsExactly("");
    assertThat(request.capacityRequests())
        .containsExactly(entry(QualifiedName.parse("memory"), Quantity.gibibytes(1)));
    assertThat(request.name()).isEmpty();
  }

  /** A sample of what a cluster has is the most natural one. */
  @Test
  void overlooksWhatClaimsHoldAndClasses() {
    ExpectedClaims expected =
        expect(
            Reading.held("old", "")
                    .replace("devices: {}}, status", "devices: " + ONE_OF_C + "}, status")
                + "---\n{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: c}}\n");

    assertThat(weights(expected)).containsExactly(entry("c", 1));
    assertThat(expected.warnings()).isEmpty();
  }

  @Test
  void countsCopiesOnceAndSkipsWhatItDoesNotKnow() {
    String service = "---\n{apiVersion: v1, kind: Service}\n";
    ExpectedClaims expected =
        expect(Reading.claim("a", ONE_OF_C), service + Reading.claim("a", ONE_OF_C) + service);

    assertThat(weights(expected)).containsExactly(entry("c", 1));
    assertThat(expected.warnings())
        .containsExactly(
            "expect.yaml: skipped 2 objects of kind Service (v1), which plays no part here.",
            "expect.yaml: ResourceClaim ns/a: is there more than once; the copies are identical and"
                + " count once.");
  }

  @Test
  void warnsOfClassesThatTheClusterDoesNotHave() {
    ExpectedClaims expected = expect(Reading.claim("a", ONE_OF_C) + Reading.claim("b", TWO_OF_D));
    AllocationProblem problem =
        AllocationProblem.builder()
            .addDeviceClasses(DeviceClass.builder().name("c").build())
            .build();

    assertThat(expected.warnings(problem))
        .containsExactly(
            "DeviceClass d, for which claims are expected, is not there; nothing is kept free for"
                + " them.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0\"", "\"-1\"", "\"1.5\"", "\"1000001\"", "\"99999999999\"", "\"\""})
  void refusesWeightsThatAreNone(String weight) {
    String claim = weighted(Reading.claim("a", ONE_OF_C), "tangram.io/weight: " + weight);

    assertThatThrownBy(() -> expect(claim))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "expect.yaml: ResourceClaim ns/a: metadata.annotations[tangram.io/weight]: "
                + weight
                + " must be how often the claim is expected, a whole number from 1 to 1000000, such"
                + " as \"30\".");
  }

  /** As Kubernetes does. */
  @Test
  void refusesAWeightThatIsNoText() {
    String claim = weighted(Reading.claim("a", ONE_OF_C), "tangram.io/weight: 30");

    assertThatThrownBy(() -> expect(claim))
        .hasMessage(
            "expect.yaml: ResourceClaim ns/a: metadata.annotations[tangram.io/weight]: 30 must be a"
                + " string; put it in quotes.");
  }

  @Test
  void refusesMoreThanCanBeCounted() {
    String most = "tangram.io/weight: \"1000000\"";

    assertThatThrownBy(() -> expect(weighted(Reading.claim("a", TWO_OF_D), most)))
        .hasMessage(
            "expect.yaml: A request for class d is expected with weight 2000000; 1 to 1000000 are"
                + " allowed. Only proportions count.");
  }

  @Test
  void refusesASampleThatAsksForNothing() {
    assertThatThrownBy(() -> expect(Reading.claim("a", "{}")))
        .hasMessage(
            "expect.yaml: nothing in it asks for devices. Give ResourceClaims or"
                + " ResourceClaimTemplates like those that are likely to come.");
  }

  @ParameterizedTest
  @CsvSource({
    "v1, Pod",
    "v1, Node",
    "v1, Namespace",
    "resource.k8s.io/v1, ResourceSlice",
    "scheduling.k8s.io/v1, PriorityClass",
    "resource.k8s.io/v1beta2, DeviceTaintRule"
  })
  void refusesWhatAsksForNothingByItself(String apiVersion, String kind) {
    String object = "{apiVersion: %s, kind: %s, metadata: {name: x}}\n".formatted(apiVersion, kind);

    assertThatThrownBy(() -> expect(object))
        .hasMessage(
            "expect.yaml: line 1: "
                + kind
                + " x: plays no part in what is expected. Give the ResourceClaims and"
                + " ResourceClaimTemplates that are likely to come.");
  }

  @Test
  void refusesClaimsThatAnApiServerWould() {
    assertThatThrownBy(() -> expect(Reading.claim("a", ONE_OF_C.replace("name: r", "name: R/"))))
        .hasMessageStartingWith("expect.yaml: ResourceClaim ns/a: spec.devices.requests[0].name: ");
    assertThatThrownBy(() -> expect(Reading.claim("a", ONE_OF_C), Reading.claim("a", TWO_OF_D)))
        .hasMessageContaining("the input has another ResourceClaim of this name that differs");
    assertThatThrownBy(
            () -> expect(Reading.claim("a", ONE_OF_C).replace("k8s.io/v1", "k8s.io/v1alpha3")))
        .hasMessageContaining("resource.k8s.io/v1alpha3 is not read");
  }
}
