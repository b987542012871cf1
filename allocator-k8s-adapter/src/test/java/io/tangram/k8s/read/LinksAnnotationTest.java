package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceConstraint.Linked;
import io.tangram.api.device.LinkRequirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksAnnotationTest {

  private static final String DEVICES =
      "{requests: [{name: gpu, exactly: {deviceClassName: c, count: 2}}, {name: nic,"
          + " firstAvailable: [{name: fast, deviceClassName: c}]}]}";

  private static String annotated(String annotation, String value) {
    return claim("a", DEVICES)
        .replace("uid: u-a", "uid: u-a, annotations: {" + annotation + ": \"" + value + "\"}");
  }

  private static List<DeviceConstraint> read(String value) {
    Cluster cluster = Reading.read(1, annotated("tangram.io/links", value));
    assertThat(cluster.warnings()).isEmpty();
    return cluster.problem().claims().get(0).constraints();
  }

  @ParameterizedTest
  @CsvSource({
    "nvlink, 0, true",
    "25GB/s, 25000, false",
    "0.5GB/s, 500, false",
    "nvlink 400GB/s, 400000, true",
    "400GB/s  nvlink, 400000, true"
  })
  void saysWhatEachTwoDevicesMustHave(String value, long rate, boolean byNvLinks) {
    assertThat(read(value))
        .containsExactly(new Linked(ImmutableList.of(), new LinkRequirement(rate, byNvLinks)));
  }

  @Test
  void mayBeAboutSomeRequestsOnly() {
    assertThat(read("gpu=nvlink; gpu, nic/fast = 8GB/s"))
        .containsExactly(
            new Linked(ImmutableList.of("gpu"), LinkRequirement.NV_LINKS),
            new Linked(ImmutableList.of("gpu", "nic/fast"), LinkRequirement.atLeast(8_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nvlnk",
        "nvlink nvlink",
        "25",
        "25 GB/s",
        "0GB/s",
        "9999999GB/s",
        "gpu=",
        "gpu=nvlink;"
      })
  void isRefusedInOneLineIfItAsksForNothing(String value) {
    assertThatThrownBy(() -> read(value))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "cluster.yaml: ResourceClaim ns/a: metadata.annotations[tangram.io/links]: \"")
        .hasMessageEndingWith(
            "\" must be nvlink, a rate such as 25GB/s, or both; before it may stand request=, and"
                + " several are parted by semicolons.");
  }

  @Test
  void isRefusedIfItNamesNoRequest() {
    assertThatThrownBy(() -> read("gpus=nvlink"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "cluster.yaml: ResourceClaim ns/a: metadata.annotations[tangram.io/links]: \"gpus\" names"
                + " no request of the claim; write request=nvlink or request/subrequest=nvlink,"
                + " several requests parted by commas.");
  }

  @Test
  void warnsOfAnnotationsThatAreNone() {
    Cluster cluster = Reading.read(1, annotated("tangram.io/link", "nvlink"));

    assertThat(cluster.problem().claims().get(0).constraints()).isEmpty();
    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: ResourceClaim ns/a: metadata.annotations[tangram.io/link]: is no"
                + " annotation of Tangram and has no effect; did you mean tangram.io/links?");
  }

  @Test
  void isThatOfTheClaimsOfATemplateNotOfTheTemplate() {
    String template = Reading.template("t", DEVICES);
    String pod = Reading.pod("p", "resourceClaims: [{name: x, resourceClaimTemplateName: t}]");
    String annotations = "annotations: {tangram.io/links: nvlink}";

    Cluster ofClaims =
        Reading.read(
            1,
            template.replace("spec: {spec:", "spec: {metadata: {" + annotations + "}, spec:"),
            pod);
    Cluster ofTemplate =
        Reading.read(1, template.replace("namespace: ns", "namespace: ns, " + annotations), pod);

    assertThat(ofClaims.problem().claims().get(0).constraints())
        .containsExactly(new Linked(ImmutableList.of(), LinkRequirement.NV_LINKS));
    assertThat(
            ofClaims.claims().get(0).tree().at("/metadata/annotations/tangram.io~1links").asText())
        .isEqualTo("nvlink");
    assertThat(ofTemplate.problem().claims().get(0).constraints()).isEmpty();
    assertThat(ofTemplate.warnings())
        .contains(
            "cluster.yaml: ResourceClaimTemplate ns/t: metadata.annotations[tangram.io/links]: has no"
                + " effect: claims of a template have the annotations in spec.metadata.annotations."
                + " Put it there.");
  }
}
