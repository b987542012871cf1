package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.WorkloadId;
import io.tangram.k8s.tree.JsonEmitter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The claim that stands for extended resources of a pod (R217 to R220). */
class ExtendedClaimTest {

  private static final String GPU =
      "---\n{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: gpu}, spec:"
          + " {extendedResourceName: a.com/gpu}}\n";
  private static final String ASKING =
      "containers: [{name: c, resources: {limits: {a.com/gpu: 2}}}]";

  /** Returns what the only claim asks for, as {@code request resource=class*count}. */
  static List<String> asked(Cluster cluster) {
    assertThat(cluster.problem().claims()).hasSize(1);
    Claim claim = cluster.problem().claims().get(0);
    return claim.requests().stream()
        .map(request -> request.alternatives().get(0))
        .map(
            leaf ->
                leaf.name()
                    + " "
                    + claim.extendedResources().get(leaf.name())
                    + "="
                    + leaf.deviceClass()
                    + "*"
                    + leaf.mode().toString().replaceAll("\\D", ""))
        .toList();
  }

  private static List<String> asked(String containers) {
    return asked(Reading.read(GPU, pod("p", containers)));
  }

  /** Returns who uses which request, as {@code container request}. */
  private static List<String> uses(Cluster cluster, String pod) {
    PodObject object = cluster.pods().objects().get(new WorkloadId("ns", pod));
    assertThat(object).isNotNull();
    return object.extended().orElseThrow().uses().stream()
        .map(use -> use.container() + " " + use.request())
        .toList();
  }

  @Test
  void makesTheClaimAsKubeSchedulerWould() {
    Cluster cluster = Reading.read(GPU, pod("p", ASKING));

    ClaimObject claim = cluster.claims().get(0);
    assertThat(claim.isGenerated()).isTrue();
    assertThat(claim.isExtended()).isTrue();
    String name = claim.id().name();
    assertThat(name).matches("p-extended-resources-[a-z0-9]{5}");
    assertThat(JsonEmitter.compact(claim.tree()))
        .isEqualTo(
            "{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceClaim\",\"metadata\":{\"name\":\""
                + name
                + "\",\"generateName\":\"p-extended-resources-\",\"namespace\":\"ns\",\"uid\":\""
                + claim.uid().orElseThrow()
                + "\",\"annotations\":{\"resource.kubernetes.io/extended-resource-claim\":\"true\"},"
                + "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\",\"uid\":"
                + "\"p-p\",\"controller\":true}]},\"spec\":{\"devices\":{\"requests\":[{\"name\":"
                + "\"container-0-request-0\",\"exactly\":{\"deviceClassName\":\"gpu\","
                + "\"allocationMode\":\"ExactCount\",\"count\":2}}]}}}");
  }

  @Test
  void cutsLongNamesAsAnApiServerDoes() {
    String pod = "p".repeat(200);

    Cluster cluster = Reading.read(GPU, pod(pod, ASKING));

    assertThat(cluster.claims().get(0).id().name()).hasSize(63).startsWith("p".repeat(58));
    assertThat(cluster.claims().get(0).tree().at("/metadata/generateName").asText())
        .isEqualTo(pod + "-extended-resources-");
  }

  @Test
  void numbersContainersAndTheirRequestsByName() {
    assertThat(
            asked(
                "initContainers: [{name: i}], containers: [{name: c, resources: {requests: {cpu: 1,"
                    + " memory: 1Gi, a.com/gpu: 1}}}, {name: d, resources: {limits: {a.com/gpu: 3},"
                    + " requests: {b.com/x: 1}}}]"))
        .containsExactly(
            "container-1-request-0 a.com/gpu=gpu*1", "container-2-request-0 a.com/gpu=gpu*3");
    assertThat(asked("containers: [{resources: {limits: {a.b/x: 1, a.com/gpu: 1}}, name: c}]"))
        .containsExactly("container-0-request-1 a.com/gpu=gpu*1");
  }

  @Test
  void sortsRequestsAsText() {
    String one = "{name: c, resources: {limits: {a.com/gpu: 1}}}";
    String eleven = String.join(", ", Collections.nCopies(11, one));

    assertThat(asked("containers: [" + eleven + "]"))
        .hasSize(11)
        .startsWith(
            "container-0-request-0 a.com/gpu=gpu*1", "container-1-request-0 a.com/gpu=gpu*1")
        .element(2)
        .isEqualTo("container-10-request-0 a.com/gpu=gpu*1");
  }

  @Test
  void letsInitContainersUseWhatLaterOnesWillHave() {
    String pod =
        pod(
            "p",
            "initContainers: [{name: i, resources: {limits: {a.com/gpu: 3}}}, {name: s,"
                + " restartPolicy: Always, resources: {limits: {a.com/gpu: 1}}}, {name: j,"
                + " resources: {limits: {a.com/gpu: 4}}}], containers: [{name: c, resources:"
                + " {limits: {a.com/gpu: 1}}}, {name: d, resources: {limits: {a.com/gpu: 1}}}]");

    Cluster cluster = Reading.read(GPU, pod);

    assertThat(asked(cluster))
        .containsExactly(
            "container-1-request-0 a.com/gpu=gpu*1",
            "container-2-request-0 a.com/gpu=gpu*2",
            "container-3-request-0 a.com/gpu=gpu*1",
            "container-4-request-0 a.com/gpu=gpu*1");
    assertThat(uses(cluster, "p"))
        .containsExactly(
            "s container-1-request-0",
            "c container-3-request-0",
            "d container-4-request-0",
            "i container-1-request-0",
            "i container-3-request-0",
            "i container-4-request-0",
            "j container-3-request-0",
            "j container-4-request-0",
            "j container-2-request-0");
  }

  @Test
  void asksOnceForWhatInitContainersAreShortOf() {
    String pod =
        pod(
            "p",
            "initContainers: [{name: i, resources: {limits: {a.com/gpu: 2}}}, {name: j, resources:"
                + " {limits: {a.com/gpu: 5}}}], containers: [{name: c, resources: {limits:"
                + " {a.com/gpu: 1}}}]");

    Cluster cluster = Reading.read(GPU, pod);

    assertThat(asked(cluster))
        .containsExactly(
            "container-1-request-0 a.com/gpu=gpu*4", "container-2-request-0 a.com/gpu=gpu*1");
    assertThat(uses(cluster, "p"))
        .containsExactly(
            "c container-2-request-0",
            "i container-2-request-0",
            "i container-1-request-0",
            "j container-2-request-0",
            "j container-1-request-0");
  }
}
