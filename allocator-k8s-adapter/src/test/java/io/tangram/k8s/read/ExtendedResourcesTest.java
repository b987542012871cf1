package io.tangram.k8s.read;

import static io.tangram.k8s.read.ExtendedClaimTest.asked;
import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.held;
import static io.tangram.k8s.read.Reading.node;
import static io.tangram.k8s.read.Reading.pod;
import static io.tangram.k8s.read.Reading.podWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Quantity;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.plan.ReasonCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that ask for devices by the names of extended resources (section 13 of the rules). */
class ExtendedResourcesTest {

  private static final String GPU = deviceClass("gpu", "", "a.com/gpu");
  private static final String ASKING =
      "containers: [{name: c, resources: {limits: {a.com/gpu: 2}}}]";
  private static final String LEFTOVER =
      "annotations: {resource.kubernetes.io/extended-resource-claim: \"true\"}, ownerReferences:"
          + " [{apiVersion: v1, kind: Pod, name: p, uid: p-p, controller: true}]";

  private static String deviceClass(String name, String metadata, String resource) {
    return "---\n{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: "
        + name
        + metadata
        + "}, spec: {"
        + (resource.isEmpty() ? "" : "extendedResourceName: " + resource)
        + "}}\n";
  }

  private static String created(String year) {
    return ", creationTimestamp: \"" + year + "-01-01T00:00:00Z\"";
  }

  @Test
  void standsForWhatThePodAsksFor() {
    Cluster cluster =
        Reading.read(
            GPU,
            claim("a", "{requests: [{name: r, exactly: {deviceClassName: gpu}}]}"),
            pod("p", Reading.uses("a") + ", " + ASKING));

    Workload workload = cluster.problem().workloads().get(0);
    assertThat(workload.claims()).hasSize(2).startsWith(new ClaimId("ns", "a"));
    assertThat(workload.claims().get(1).name()).startsWith("p-extended-resources-");
    assertThat(workload.resources()).containsEntry("a.com/gpu", Quantity.of(2));
    assertThat(workload.unsupported()).isEmpty();
    assertThat(cluster.problem().claims().get(1).extendedResources())
        .containsExactly(Map.entry("container-0-request-0", "a.com/gpu"));
  }

  @Test
  void knowsClassesByTheirOwnNamesToo() {
    Cluster cluster =
        Reading.read(
            deviceClass("plain", "", ""),
            pod(
                "p",
                "containers: [{name: c, resources: {limits:"
                    + " {deviceclass.resource.kubernetes.io/plain: 1}}}]"));

    assertThat(asked(cluster))
        .containsExactly("container-0-request-0 deviceclass.resource.kubernetes.io/plain=plain*1");
  }

  @Test
  void prefersTheNewestClass() {
    Cluster cluster =
        Reading.read(
            deviceClass("a", created("2024"), "a.com/gpu"),
            deviceClass("b", created("2026"), "a.com/gpu"),
            deviceClass("c", created("2025"), "a.com/gpu"),
            deviceClass("d", "", "a.com/gpu"),
            pod("p", ASKING));

    assertThat(asked(cluster)).containsExactly("container-0-request-0 a.com/gpu=b*2");
    assertThat(cluster.warnings())
        .contains(
            "DeviceClasses b and a both have extendedResourceName a.com/gpu; devices for it are of"
                + " class b (R215).");
  }

  @Test
  void prefersTheFirstNameOfEquallyOldClasses() {
    Cluster cluster =
        Reading.read(
            deviceClass("b", created("2024"), "a.com/gpu"),
            deviceClass("a", created("2024"), "a.com/gpu"),
            pod("p", ASKING));

    assertThat(asked(cluster)).containsExactly("container-0-request-0 a.com/gpu=a*2");
  }

  @Test
  void doesNotKnowALoserByItsOwnName() {
    Cluster cluster =
        Reading.read(
            deviceClass("a", created("2025"), "a.com/gpu"),
            deviceClass("b", created("2024"), "a.com/gpu"),
            pod(
                "p",
                "containers: [{name: c, resources: {limits:"
                    + " {deviceclass.resource.kubernetes.io/b: 1}}}]"));

    assertThat(cluster.problem().workloads()).isEmpty();
    assertThat(cluster.pods().skipped()).isEqualTo(1);
    assertThat(cluster.warnings())
        .contains(
            "Pod ns/p asks for deviceclass.resource.kubernetes.io/b, but no node lists it, and no"
                + " DeviceClass is known by it (R214 to R216); did you mean"
                + " deviceclass.resource.kubernetes.io/a?");
  }

  @Test
  void asksWhatAMisspelledResourceIsMeantToBe() {
    String misspelled = ASKING.replace("a.com/gpu", "a.com/gpus");
    String listed = node("n", "}, status: {allocatable: {cpu: 4, a.com/gpus: 1}}");

    Cluster unknown = Reading.read(GPU, pod("p", misspelled), pod("q", misspelled));
    Cluster known = Reading.read(GPU, listed, pod("p", misspelled));

    assertThat(unknown.warnings())
        .containsExactly(
            "2 pods ask for a.com/gpus, but no node lists it, and no DeviceClass is known by it"
                + " (R214 to R216); did you mean a.com/gpu?");
    assertThat(known.warnings()).noneMatch(warning -> warning.contains("asks for"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "containers: [{name: c, resources: {limits: {a.com/gpu: 0}}}]",
        "containers: [{name: c, resources: {limits: {a.com/other: 1, cpu: 2}}}]",
        "containers: [{name: c}]"
      })
  void skipsPodsThatAskForNoDevices(String containers) {
    Cluster cluster = Reading.read(GPU, pod("p", containers));

    assertThat(cluster.problem().workloads()).isEmpty();
    assertThat(cluster.problem().claims()).isEmpty();
    assertThat(cluster.pods().skipped()).isEqualTo(1);
  }

  @Test
  void givesNothingForPartsOfDevices() {
    Cluster cluster =
        Reading.read(
            GPU, pod("p", "containers: [{name: c, resources: {limits: {a.com/gpu: 1500m}}}]"));

    assertThat(cluster.problem().claims()).isEmpty();
    assertThat(cluster.warnings())
        .singleElement()
        .asString()
        .endsWith("1500m is no whole number, so no device is given for it (R222).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nvidia.com/", "kubernetes.io/gpu", "requests.a.com/gpu"})
  void refusesWhatIsNoExtendedResource(String name) {
    assertThatThrownBy(() -> Reading.read(deviceClass("gpu", "", name)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("spec.extendedResourceName")
        .hasMessageContaining(name + "\" must be the name of an extended resource");
  }

  @Test
  void waitsUntilAnEarlierAttemptIsCleanedUp() {
    String leftover = held("old", "").replace("uid: u-old", "uid: u, " + LEFTOVER);

    Cluster cluster = Reading.read(GPU, leftover, pod("p", ASKING));

    assertThat(cluster.problem().workloads()).isEmpty();
    assertThat(cluster.problem().held()).hasSize(1);
    LeftOut leftOut = cluster.pods().leftOut().get(new WorkloadId("ns", "p"));
    assertThat(leftOut).isNotNull();
    assertThat(leftOut.code()).isEqualTo(ReasonCode.UNSUPPORTED_CONSTRAINT);
    assertThat(leftOut.message()).contains("claim ns/old is left of an earlier attempt");
  }

  @Test
  void allocatesNothingToWhatIsLeftOfAnAttempt() {
    String leftover = claim("old", "{}").replace("uid: u-old", "uid: u, " + LEFTOVER);

    Cluster cluster = Reading.read(GPU, leftover);

    assertThat(cluster.problem().claims()).isEmpty();
    assertThat(cluster.claims()).hasSize(1);
    assertThat(cluster.warnings()).singleElement().asString().contains("nothing is allocated");
  }

  @Test
  void countsBoundPodsOnceForWhatTheyHaveDevicesFor() {
    String nodes = node("n", "}, status: {allocatable: {cpu: 4, a.com/gpu: 4}}");
    String spec =
        "nodeName: n, containers: [{name: c, resources: {requests: {cpu: 1, a.com/gpu: 1}}}]";

    Cluster byDevices =
        Reading.read(
            nodes,
            podWith(
                "p",
                "",
                spec,
                "extendedResourceClaimStatus: {resourceClaimName: old, requestMappings:"
                    + " [{containerName: c, resourceName: a.com/gpu, requestName: r}]}"));
    Cluster byPlugin = Reading.read(nodes, pod("p", spec));

    assertThat(byDevices.problem().nodes().get(0).available().orElseThrow())
        .containsEntry("a.com/gpu", Quantity.of(4))
        .containsEntry("cpu", Quantity.of(3));
    assertThat(byPlugin.problem().nodes().get(0).available().orElseThrow())
        .containsEntry("a.com/gpu", Quantity.of(3));
  }

  @Test
  void takesResourcesOfNodesAloneWhereTheFeatureIsOff() {
    ClusterView off =
        new ClusterView(FeatureSet.DEFAULT.with(FeatureGate.EXTENDED_RESOURCE, false), false);
    String objects = GPU + claim("a", "{}") + pod("p", Reading.uses("a") + ", " + ASKING);

    Cluster cluster =
        ClusterReader.create(new ExpressionTexts())
            .withView(off)
            .read(List.of(Reading.file("f", objects + pod("q", ASKING))));

    assertThat(cluster.problem().workloads()).hasSize(1);
    assertThat(cluster.problem().workloads().get(0).claims())
        .containsExactly(new ClaimId("ns", "a"));
    assertThat(cluster.problem().workloads().get(0).resources()).containsKey("a.com/gpu");
    assertThat(cluster.pods().skipped()).isEqualTo(1);
    assertThat(cluster.warnings())
        .contains(
            "2 pods ask for a.com/gpu, but no node lists a.com/gpu, and devices of class gpu stand"
                + " for it only while feature gate DRAExtendedResource is on (R214, R216);"
                + " --feature-gates DRAExtendedResource=true turns it on.");
  }

  @Test
  void knowsWhichClaimABoundPodUses() {
    String status = "extendedResourceClaimStatus: {resourceClaimName: old, requestMappings: []}";

    Cluster there = Reading.read(held("old", ""), podWith("p", "", "nodeName: n", status));
    Cluster gone = Reading.read(podWith("p", "", "nodeName: n", status));

    assertThat(there.pods().standings().get(0).claims()).containsExactly(new ClaimId("ns", "old"));
    assertThat(gone.pods().standings().get(0).defects())
        .containsExactly(
            new PodStanding.Defect("R225", "claim ns/old, which it names, is not there"));
  }
}
