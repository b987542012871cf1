package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input that lacks what it should have is legal, and a word is said of it. */
class OmissionsTest {

  private static final String POD =
      """
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: ns, uid: u-p}
      spec: {resourceClaims: [{name: c, resourceClaimName: a}]}
      """;

  @TempDir private Path folder;

  private static Outcome allocate(String objects) {
    return new CommandRun().in(objects).run("allocate", "-f", "-");
  }

  private static String withoutNode(String objects) {
    return objects.replaceFirst("(?s)apiVersion: v1\nkind: Node.*?---\n", "");
  }

  @Test
  void saysThatThereIsNothing() {
    String line =
        "warning: the input holds no objects (standard input); did a command that writes it fail?"
            + System.lineSeparator();

    Outcome allocated = allocate("");
    Outcome verified = new CommandRun().in("").run("verify", "-f", "-");
    Outcome emptyList = allocate("{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": []}");

    assertThat(allocated.exitCode()).isZero();
    assertThat(allocated.err()).startsWith(line + "0 of 0 claims allocated");
    assertThat(verified.exitCode()).isZero();
    assertThat(verified.err()).startsWith(line + "0 allocations checked");
    assertThat(emptyList.err()).startsWith(line);
  }

  @Test
  void saysWhichOfSeveralFilesHoldNothing() throws IOException {
    Path cluster = Files.writeString(folder.resolve("a.yaml"), SmallClusters.with("a"));
    Path nodes = Files.createFile(folder.resolve("nodes.yaml"));

    Outcome outcome =
        new CommandRun().run("allocate", "-f", cluster.toString(), "-f", nodes.toString());

    assertThat(outcome.err())
        .startsWith("warning: no objects in " + nodes + "; did a command that writes it fail?");
  }

  @Test
  void saysThatNothingIsKnownOfNodes() {
    String warning = "warning: the input has no Node objects, so labels, taints and resources";

    assertThat(allocate(withoutNode(SmallClusters.with("a") + POD)).err())
        .startsWith(warning)
        .contains("1 of 1 pods placed");
    assertThat(allocate(SmallClusters.with("a") + POD).err()).doesNotContain("no Node objects");
    assertThat(allocate(withoutNode(SmallClusters.with("a"))).err()).doesNotContain("warning");
  }

  @Test
  void asksWhatAMisspelledClassIsMeantToBe() {
    String objects = SmallClusters.with("a", "b");

    assertThat(allocate(objects.replace("deviceClassName: gpu", "deviceClassName: gpus")).err())
        .startsWith(
            "warning: claim ns/a asks for device class gpus, which does not exist (R39); did you"
                + " mean gpu?")
        .contains("left out: 2 CLASS_MISSING");
    assertThat(allocate(objects.replace("deviceClassName: gpu", "deviceClassName: tpus9x")).err())
        .doesNotContain("did you mean");
  }

  @Test
  void asksWhatAMisspelledAttributeIsMeantToBe() {
    String constraint = ", constraints: [{matchAttribute: gpu.com/pcieRoots}]}}";
    String claim = SmallClusters.with("a").replace("gpu}}]}}", "gpu}}]" + constraint);
    String published =
        claim.replace("name: gpu-0", "name: gpu-0, attributes: {pcieRoot: {string: r}}");

    assertThat(allocate(published).err())
        .startsWith(
            "warning: claim ns/a has a constraint on attribute gpu.com/pcieRoots, which no device has"
                + " (R97); did you mean gpu.com/pcieRoot?")
        .contains(
            "ns/a: matchAttribute gpu.com/pcieRoots of all requests can't hold: no device has this"
                + " attribute (R97)");
    assertThat(allocate(claim).err()).doesNotContain("did you mean").contains("(R97)");
  }

  @Test
  void saysThatThereAreNoSlices() {
    assertThat(allocate(SmallClusters.claim("a")).err())
        .startsWith("warning: the input has no ResourceSlices; add the cluster with -f");
  }
}
