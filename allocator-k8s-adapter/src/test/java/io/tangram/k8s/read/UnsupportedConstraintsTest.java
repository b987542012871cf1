package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not implemented keeps a pod out; what can't matter doesn't. */
class UnsupportedConstraintsTest {

  private static final String ANTI =
      "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
          + " zone}]}}";

  private static Iterable<String> unsupported(String spec) {
    Cluster cluster =
        Reading.read(Reading.claim("a", "{}"), Reading.pod("p", Reading.uses("a") + ", " + spec));
    return cluster.problem().workloads().get(0).unsupported();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "containers: [{ports: [{containerPort: 80, hostPort: 8080}]}] | host port 8080",
        "hostNetwork: true, containers: [{ports: [{containerPort: 80}]}] | host port 80",
        "initContainers: [{restartPolicy: Always, ports: [{hostPort: 81}]}] | host port 81",
        "topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: DoNotSchedule}] | hard"
            + " topology spread over zone",
        "topologySpreadConstraints: [{topologyKey: zone}] | hard topology spread over zone",
        "volumes: [{name: v, persistentVolumeClaim: {claimName: c}}] | volume v of"
            + " persistentVolumeClaim",
        "volumes: [{name: v, ephemeral: {}}] | volume v of ephemeral",
        "volumes: [{name: v, gcePersistentDisk: {pdName: d}}] | volume v of gcePersistentDisk",
        "resources: {claims: [{name: a}]} | a claim in the resources of the whole pod",
        "tolerations: [{key: k, operator: Gt, value: \"5\"}] | a toleration with operator Gt",
        "schedulingGroup: {jobName: g} | the unknown constraint spec.schedulingGroup.jobName",
        "workloadRef: {name: w} | membership in a group of pods (spec.workloadRef)",
        "affinity: {deviceAffinity: {}} | the unknown constraint spec.affinity.deviceAffinity",
      })
  void keepOut(String spec, String constraint) {
    assertThat(unsupported(spec)).containsExactly(constraint);
  }

  @Test
  void keepOutPodsThatAreRequiredToBeNearOrFarFromOthers() {
    assertThat(unsupported(ANTI)).containsExactly("required pod anti-affinity");
    assertThat(unsupported(ANTI.replace("podAnti", "pod")))
        .containsExactly("required pod affinity");
  }

  @Test
  void keepOutClaimsOfTheFuture() {
    Cluster cluster =
        Reading.read(Reading.pod("p", "resourceClaims: [{name: x, podGroupClaim: y}]"));

    assertThat(cluster.problem().workloads().get(0).unsupported())
        .containsExactly("the unknown constraint spec.resourceClaims[0].podGroupClaim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "containers: [{ports: [{containerPort: 80}]}]",
        "initContainers: [{ports: [{hostPort: 81}]}]",
        "topologySpreadConstraints: [{topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]",
        "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{}]}}",
        "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: []}}",
        "volumes: [{name: v, hostPath: {path: /x}}, {name: w, emptyDir: {}}, {name: x, secret: {}}]",
        "containers: [{resources: {limits: {a.com/other: 1}}}]",
        "hostNetwork: true, schedulerName: other, preemptionPolicy: Never",
      })
  void letInWhatCanNotMatter(String spec) {
    assertThat(unsupported(spec)).isEmpty();
  }
}
