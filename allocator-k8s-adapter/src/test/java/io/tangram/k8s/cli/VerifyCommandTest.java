package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {

  @TempDir private Path folder;

  private static Outcome verify(String objects, String... options) {
    String[] args = new String[options.length + 3];
    System.arraycopy(new String[] {"verify", "-f", "-"}, 0, args, 0, 3);
    System.arraycopy(options, 0, args, 3, options.length);
    return new CommandRun().in(objects).run(args);
  }

  @Test
  void findsNothingWhereAllIsWell() {
    Outcome outcome = verify(SmallClusters.with("pending") + SmallClusters.holder("a", "gpu-0"));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .isEqualTo(
            "1 allocation checked: 0 violations, 0 warnings of drift" + System.lineSeparator());
  }

  /** Uids that are not made, and pods that nobody places, are no matter of what is allocated. */
  @Test
  void saysNothingOfWhatIsYetToBeAllocated() {
    String waiting =
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: ns}
        spec:
          schedulingGroup: {podGroupName: g}
          resourceClaims: [{name: c, resourceClaimName: pending}]
          containers: [{name: c, resources: {requests: {a.com/gpu: 2}, limits: {a.com/gpu: 1}}}]
        ---
        apiVersion: scheduling.k8s.io/v1beta1
        kind: PodGroup
        metadata: {name: g, namespace: ns}
        spec: {schedulingPolicy: {gang: {minCount: 2}}}
        """;
    String objects = SmallClusters.with("pending").replaceAll(", uid: [a-z0-9-]+", "") + waiting;

    Outcome allocated = new CommandRun().in(objects).run("allocate", "-f", "-", "-o", "none");

    assertThat(allocated.err())
        .contains("ResourceClaim ns/pending: has no uid", "Pod ns/p: has no uid")
        .contains("GenericWorkload is off", "an API server would refuse it", "asks for a.com/gpu");
    assertThat(verify(objects).err())
        .isEqualTo(
            "0 allocations checked: 0 violations, 0 warnings of drift" + System.lineSeparator());
  }

  @Test
  void saysWhichDeviceIsGivenTwice() {
    Outcome outcome =
        verify(
            SmallClusters.OBJECTS
                + SmallClusters.holder("a", "gpu-0")
                + SmallClusters.holder("b", "gpu-0"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .startsWith("R90 ")
        .contains("gpu.com/n1/gpu-0", "ns/a", "ns/b")
        .hasLineCount(1);
  }

  /** R152. */
  @Test
  void namesTheRuleThatTaintsADeviceInUse() {
    String rule =
        """
        ---
        apiVersion: resource.k8s.io/v1
        kind: DeviceTaintRule
        metadata: {name: repair}
        spec:
          deviceSelector: {device: gpu-0}
          taint: {key: sick, effect: NoExecute}
        """;

    Outcome outcome = verify(SmallClusters.OBJECTS + SmallClusters.holder("a", "gpu-0") + rule);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("drift: R147", "gpu.com/n1/gpu-0", "DeviceTaintRule repair");
  }

  @Test
  void warnsOfDriftUnlessStrict() {
    String objects = SmallClusters.OBJECTS + SmallClusters.holder("a", "gpu-9");

    Outcome lenient = verify(objects);
    Outcome strict = verify(objects, "--strict");

    assertThat(lenient.exitCode()).isZero();
    assertThat(lenient.out()).isEmpty();
    assertThat(lenient.err()).contains("warning: drift: ").contains("gpu.com/n1/gpu-9");
    assertThat(strict.exitCode()).isEqualTo(1);
    assertThat(strict.out()).contains("gpu.com/n1/gpu-9").hasLineCount(1);
  }

  @Test
  void takesResultsForTheClaimsTheyCameFrom() throws IOException {
    String input =
        Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a", "b", "c")).toString();
    String result = new CommandRun().run("allocate", "-f", input).out();

    Outcome outcome = new CommandRun().in(result).run("verify", "-f", input, "--result", "-");
    Outcome twice =
        new CommandRun()
            .in(result.replace("device: gpu-1", "device: gpu-0"))
            .run("verify", "-f", input, "--result", "-");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "2 allocations checked: 0 violations, 0 warnings of drift" + System.lineSeparator());
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.out()).startsWith("R90 ").hasLineCount(1);
  }

  @Test
  void asksForTheClusterWhereOnlyClaimsAreGiven() throws IOException {
    String objects = SmallClusters.with("a", "b");
    String input = Files.writeString(folder.resolve("c.yaml"), objects).toString();
    String result = new CommandRun().run("allocate", "-f", input).out();

    Outcome outcome = verify(result);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            ("warning: drift: R94: the input has no ResourceSlices; add the cluster with -f, as"
                    + " kubectl get resourceslices writes it.%n"
                    + "2 allocations checked: 0 violations, 1 warning of drift%n")
                .formatted());
    assertThat(verify(result, "--strict").exitCode()).isEqualTo(1);
  }

  @Test
  void takesTheFolderThatAllocateWrote() throws IOException {
    String input = Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a")).toString();
    String out = folder.resolve("out").toString();
    new CommandRun().run("allocate", "-f", input, "--each", out);

    Outcome outcome = new CommandRun().run("verify", "-f", input, "--result", out);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "1 allocation checked: 0 violations, 0 warnings of drift" + System.lineSeparator());
  }

  @Test
  void refusesResultsOfOtherClaims() throws IOException {
    String input = Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a")).toString();
    String result = new CommandRun().run("allocate", "-f", input).out();

    Outcome outcome =
        new CommandRun()
            .in(result.replace("deviceClassName: gpu", "deviceClassName: gpu\n          count: 2"))
            .run("verify", "-f", input, "--result", "-");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: %s: ResourceClaim ns/a: spec: is another in the result. Give the result of this input.%n"
                .formatted(input));
  }

  @Test
  void saysWhereResultsGo() throws IOException {
    String input = Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a")).toString();
    String result = new CommandRun().run("allocate", "-f", input).out();

    Outcome outcome = new CommandRun().in(result).run("verify", "-f", input, "-f", "-");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: standard input: ResourceClaim ns/a: is in the input twice, once with an"
                + " allocation. Leave one of them out; verify takes what allocate wrote behind"
                + " --result."
                + System.lineSeparator());
    assertThat(verify("", "--result", "-").err())
        .isEqualTo(
            "tangram verify: --result -: -f reads standard input already; use a file."
                + System.lineSeparator());
  }

  @Test
  void refusesBadInput() {
    Outcome outcome = verify("kind: [");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("tangram: standard input: line 1").hasLineCount(1);
  }
}
