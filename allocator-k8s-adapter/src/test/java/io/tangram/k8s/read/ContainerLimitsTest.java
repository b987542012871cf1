package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.pod;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerLimitsTest {

  private static final String PLACE = "cluster.yaml: Pod ns/p: spec.containers[0].resources.";

  private static String container(String requests, String limits) {
    return "{name: c, resources: {requests: {%s}, limits: {%s}}}".formatted(requests, limits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu: 3 | cpu: 1 | requests[cpu]: 3 must not be more than the limit, 1",
        "memory: 2Gi | memory: 1G | requests[memory]: \"2Gi\" must not be more than the limit,"
            + " \"1G\"",
        "a.com/gpu: 2 | a.com/gpu: 1 | requests[a.com/gpu]: 2 must be equal to the limit, 1",
        "hugepages-2Mi: 2Mi | hugepages-2Mi: 4Mi | requests[hugepages-2Mi]: \"2Mi\" must be equal"
            + " to the limit, \"4Mi\"",
      })
  void saysWhatAnApiServerWouldRefuse(String requests, String limits, String problem) {
    Cluster cluster = Reading.read(pod("p", "containers: [" + container(requests, limits) + "]"));

    assertThat(cluster.warnings())
        .contains(PLACE + problem + " (pod resources); an API server would refuse it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu: 1000m", "cpu: 1", "cpu: 0.5"})
  void takesWhatKeepsToTheLimit(String requests) {
    String containers = "[" + container(requests, "cpu: 1, memory: 1Gi") + "]";

    Cluster cluster =
        Reading.read(pod("p", "initContainers: " + containers + ", containers: " + containers));

    assertThat(cluster.warnings()).isEmpty();
  }

  @Test
  void saysItOnceOfManyPods() {
    String beyond = "initContainers: [" + container("cpu: 2", "cpu: 1") + "], containers: []";

    Cluster cluster = Reading.read(pod("p", beyond), pod("q", beyond), pod("r", beyond));

    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: Pod ns/p: spec.initContainers[0].resources.requests[cpu]: 2 must not be"
                + " more than the limit, 1 (pod resources); an API server would refuse it, and 2"
                + " more such requests.");
  }
}
