package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Quantity;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What kube-scheduler counts for a pod, worked out by hand for each case. */
class PodResourcesTest {

  private static String taken(String spec, String status) {
    Cluster cluster =
        Reading.read(
            Reading.claim("a", "{}"),
            Reading.podWith("p", "", Reading.uses("a") + ", " + spec, status));
    Workload workload = cluster.problem().workloads().get(0);
    ImmutableMap<String, Quantity> resources = workload.resources();
    assertThat(resources.get("pods")).isEqualTo(Quantity.ONE);
    return resources.entrySet().stream()
        .filter(each -> !each.getKey().equals("pods"))
        .map(each -> each.getKey() + "=" + each.getValue())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static String container(String requests) {
    return "{name: c, resources: {requests: {" + requests + "}}}";
  }

  private static String sidecar(String requests) {
    return "{name: s, restartPolicy: Always, resources: {requests: {" + requests + "}}}";
  }

  @ParameterizedTest
  @MethodSource
  void sumsWhatPodsTake(String spec, String taken) {
    assertThat(taken(spec, "")).isEqualTo(taken);
  }

  static Stream<Arguments> sumsWhatPodsTake() {
    return Stream.of(
        arguments("containers: []", ""),
        arguments(
            "containers: ["
                + container("cpu: 250m, memory: 1Gi")
                + ", "
                + container("cpu: 1")
                + "]",
            "cpu=1250m memory=1Gi"),
        // A limit alone is a request too; a request beside it stays.
        arguments(
            "containers: [{name: c, resources: {limits: {cpu: 2, memory: 4Gi}, requests: {cpu:"
                + " 1}}}]",
            "cpu=1 memory=4Gi"),
        // Nothing is taken of what is asked for at 0.
        arguments("containers: [" + container("cpu: 0, a.com/x: 3") + "]", "a.com/x=3"),
        // An init container counts where it needs more than all containers after it.
        arguments(
            "initContainers: ["
                + container("cpu: 3, memory: 1Gi")
                + "], containers: ["
                + container("cpu: 1, memory: 1Gi")
                + ", "
                + container("cpu: 1, memory: 1Gi")
                + "]",
            "cpu=3 memory=2Gi"),
        // A sidecar counts with the containers.
        arguments(
            "initContainers: ["
                + sidecar("cpu: 1")
                + "], containers: ["
                + container("cpu: 1")
                + "]",
            "cpu=2"),
        // An init container runs beside the sidecars before it, not beside those after it.
        arguments(
            "initContainers: ["
                + sidecar("cpu: 1")
                + ", "
                + container("cpu: 4")
                + ", "
                + sidecar("cpu: 2")
                + "], containers: ["
                + container("cpu: 1")
                + "]",
            "cpu=5"),
        arguments(
            "initContainers: ["
                + container("cpu: 4")
                + ", "
                + sidecar("cpu: 1")
                + "], containers: ["
                + container("cpu: 1")
                + "]",
            "cpu=4"),
        // The overhead comes on top, also where nothing else is asked for.
        arguments(
            "overhead: {cpu: 100m, memory: 64Mi}, containers: [" + container("cpu: 1") + "]",
            "cpu=1100m memory=64Mi"),
        // The whole pod's request takes the place of the sum, the overhead still comes on top.
        arguments(
            "resources: {requests: {cpu: 3}}, overhead: {cpu: 1}, containers: ["
                + container("cpu: 1, memory: 1Gi")
                + "]",
            "cpu=4 memory=1Gi"),
        // The whole pod's limit alone counts where no container asks.
        arguments(
            "resources: {limits: {cpu: 3, memory: 2Gi}}, containers: [" + container("cpu: 1") + "]",
            "cpu=1 memory=2Gi"),
        arguments(
            "resources: {limits: {hugepages-2Mi: 8Mi}}, containers: ["
                + container("hugepages-2Mi: 4Mi")
                + "]",
            "hugepages-2Mi=8Mi"),
        // What can't be asked for by a pod as a whole is not.
        arguments(
            "resources: {requests: {a.com/x: 9}}, containers: [" + container("a.com/x: 1") + "]",
            "a.com/x=1"),
        // Rounded up once for the pod, CPU to thousandths and all else to units.
        arguments(
            "containers: ["
                + container("cpu: 100u, memory: 500m")
                + ", "
                + container("cpu: 100u, memory: 500m")
                + "]",
            "cpu=1m memory=1"),
        arguments(
            "containers: [" + container("memory: 9007199254740993") + "]",
            "memory=9007199254740993"));
  }

  @ParameterizedTest
  @MethodSource
  void takesTheMostOfAPodThatIsResized(String status, String taken) {
    assertThat(taken("containers: [" + container("cpu: 2, memory: 1Gi") + "]", status))
        .isEqualTo(taken);
  }

  static Stream<Arguments> takesTheMostOfAPodThatIsResized() {
    String infeasible = "conditions: [{type: PodResizePending, reason: Infeasible}], ";
    String smaller =
        "containerStatuses: [{name: c, resources: {requests: {cpu: 1, memory: 2Gi}},"
            + " allocatedResources: {cpu: 1500m}}]";
    return Stream.of(
        arguments(smaller, "cpu=2 memory=2Gi"),
        arguments(infeasible + smaller, "cpu=1500m memory=2Gi"),
        arguments("containerStatuses: [{name: c, ready: true}]", "cpu=2 memory=1Gi"),
        arguments(
            "containerStatuses: [{name: other, resources: {requests: {cpu: 9}}}]",
            "cpu=2 memory=1Gi"));
  }
}
