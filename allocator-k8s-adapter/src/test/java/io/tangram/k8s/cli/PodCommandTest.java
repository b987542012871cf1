package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.write.SummarySchema;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Pods through the command, on a node with two GPUs. */
class PodCommandTest {

  private static final String CLUSTER =
      SmallClusters.with("a", "b")
          .replace(
              "metadata: {name: n1}\n",
              "metadata: {name: n1}\nstatus: {allocatable: {cpu: 4, pods: 9}}\n");

  /** Returns a pod that uses the claims. */
  private static String pod(String name, String spec, String... claims) {
    StringBuilder entries = new StringBuilder();
    for (String claim : claims) {
      entries.append("{name: ").append(claim).append(", resourceClaimName: ").append(claim);
      entries.append("}, ");
    }
    return """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: ns, uid: p-%s}
        spec: {resourceClaims: [%s], %s}
        """
        .formatted(name, name, entries, spec);
  }

  private static String cpu(int cores) {
    return "containers: [{name: c, resources: {requests: {cpu: %d}}}]".formatted(cores);
  }

  private static Outcome allocate(String objects, String... options) {
    String[] args = new String[options.length + 5];
    System.arraycopy(new String[] {"allocate", "-f", "-", "-o", "ndjson"}, 0, args, 0, 5);
    System.arraycopy(options, 0, args, 5, options.length);
    return new CommandRun().in(objects).run(args);
  }

  @Test
  void placesAPodWithAllItsClaimsOrNot() {
    Outcome fits = allocate(CLUSTER + pod("p", cpu(4), "a", "b"), "--with-pods");
    Outcome tooBig = allocate(CLUSTER + pod("p", cpu(5), "a", "b"), "--with-pods");

    assertThat(fits.out()).hasLineCount(3).contains("\"nodeName\":\"n1\"");
    assertThat(fits.err()).startsWith("2 of 2 claims allocated, 1 of 1 pods placed, ");
    assertThat(tooBig.out()).hasLineCount(2).doesNotContain("allocation");
    assertThat(tooBig.err())
        .startsWith("0 of 2 claims allocated, 0 of 1 pods placed, ")
        .contains("left out: 2 NODE_RESOURCES");
  }

  @Test
  void writesNoPodsUnlessAskedFor() {
    assertThat(allocate(CLUSTER + pod("p", cpu(1), "a")).out())
        .hasLineCount(2)
        .doesNotContain("\"kind\":\"Pod\"")
        .contains("\"reservedFor\":[{\"resource\":\"pods\",\"name\":\"p\",\"uid\":\"p-p\"}]");
  }

  @Test
  void sumsUpPods() throws IOException {
    Outcome outcome =
        new CommandRun()
            .in(CLUSTER + pod("p", cpu(1), "a") + pod("q", cpu(4), "b") + pod("plain", cpu(1)))
            .run("allocate", "-f", "-", "-o", "none", "--summary", "-");

    assertThat(SummarySchema.complaints(outcome.err())).isEmpty();
    assertThat(outcome.err().replaceAll("\\s+", " "))
        .contains(
            "\"pods\": { \"pending\": 2, \"placed\": 1, \"skipped\": 1 }",
            "\"placements\": [ { \"pod\": \"ns/p\", \"node\": \"n1\" } ]",
            "\"unplaced\": [ { \"pod\": \"ns/q\", \"reason\": \"OUTRANKED\", ",
            "\"claim\": \"ns/b\", \"pod\": \"ns/q\", \"reason\": \"OUTRANKED\"");
  }

  @Test
  void tellsPeopleOfPods() {
    String holder = SmallClusters.holder("held", "gpu-0");
    String full = CLUSTER + holder + pod("p", cpu(1), "a") + pod("q", cpu(5), "held");

    Outcome outcome =
        new CommandRun()
            .terminal()
            .in(full + pod("r", cpu(1)))
            .run("allocate", "-f", "-", "-o", "none");

    assertThat(outcome.err())
        .contains(
            "warning: pod ns/q stays out: NODE_RESOURCES: ",
            "pods          1 of 2 placed, 1 without devices skipped",
            "pods out      1 beside",
            "       1 NODE_RESOURCES, such as ns/q: ");
  }

  @Test
  void failsWithRequireAllWhereAClaimWaitsForAPod() {
    String gated = pod("p", "schedulingGates: [{name: g}]", "a");

    Outcome outcome = allocate(CLUSTER + gated, "--require-all");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("1 of 2 claims allocated", "left out: 1 UNSUPPORTED_CONSTRAINT");
  }

  @Test
  void failsWithRequireAllWhereAPodStaysOutAndNoClaim() {
    String holder = SmallClusters.holder("held", "gpu-0");

    Outcome outcome = allocate(CLUSTER + holder + pod("q", cpu(5), "held"), "--require-all");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("0 of 1 pods placed", "pod ns/q stays out: NODE_RESOURCES");
  }

  @Test
  void refusesBadPodsInOneLine() {
    Outcome outcome = allocate(CLUSTER + pod("p", cpu(-1), "a"));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: standard input: Pod ns/p: spec.containers[0].resources.requests[cpu]: -1 must"
                + " not be negative (pod resources)."
                + System.lineSeparator());
  }

  @Test
  void verifiesWhoUsesClaims() {
    String bound =
        pod("p", "nodeName: n2", "held").replace("spec:", "status: {phase: Running}\nspec:");

    Outcome outcome =
        new CommandRun()
            .in(SmallClusters.OBJECTS + SmallClusters.holder("held", "gpu-0") + bound)
            .run("verify", "-f", "-");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out().lines())
        .containsExactly(
            "R187 claim ns/held: is not reserved for it, but pod ns/p runs on node n2",
            "R186 claim ns/held: is usable only where metadata.name In [n1], but pod ns/p runs on"
                + " node n2");
  }
}
