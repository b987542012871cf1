package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.tree.ObjectText;
import io.tangram.k8s.write.SummarySchema;
import io.tangram.solver.CpSatAllocator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {

  @TempDir private Path folder;

  private static Outcome generate(String args) {
    return new CommandRun().run(("generate " + args).strip().split(" "));
  }

  /** The objects by kind, in order. */
  private static ImmutableListMultimap<String, JsonNode> objects(String args) throws IOException {
    Outcome outcome = generate(args);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<JsonNode> objects = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(outcome.out().getBytes(StandardCharsets.UTF_8)),
        (object, line) -> objects.add(object));
    return Multimaps.index(objects, object -> object.get("kind").asText());
  }

  private static List<String> at(String path, Iterable<JsonNode> objects) {
    List<String> texts = new ArrayList<>();
    objects.forEach(object -> texts.add(object.at(path).asText()));
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "json", "ndjson"})
  void whatIsGeneratedCanBeAllocatedAndVerified(String format) throws Exception {
    Path cluster = folder.resolve("cluster");
    Outcome generated =
        generate(
            "--nodes 8xH100-80GB=2 --zones 2 --label tier=gold --nodes 8xA100-40GB=1 --nics"
                + " --taint team=a:NoSchedule --held 0.3 --unhealthy 0.1 --claims served=40"
                + " --claims capability=12 --claims list=3 --claims pair=2 --claims gpu=1 -o "
                + format);
    Files.writeString(cluster, generated.out());

    Outcome allocated =
        new CommandRun()
            .allocator(new CpSatAllocator())
            .run("allocate", "-f", cluster + "", "-o", "ndjson", "--allocator", "optimal");
    Path result = Files.writeString(folder.resolve("result"), allocated.out());
    Outcome verified =
        new CommandRun().run("verify", "--strict", "-f", cluster + "", "-f", result + "");

    assertThat(generated.err())
        .matches("generated 3 DeviceClass, 3 Node, \\d+ ResourceClaim, 28 ResourceSlice\\R");
    assertThat(allocated.exitCode()).as(allocated.err()).isZero();
    assertThat(allocated.err()).contains(" of 58 claims allocated").doesNotContain("warning");
    assertThat(verified.out()).isEmpty();
    assertThat(verified.err()).doesNotContain("warning: drift");
  }

  @Test
  void podsThatAreGeneratedCanBePlaced() throws Exception {
    Path cluster = folder.resolve("cluster");
    Files.writeString(
        cluster,
        generate(
                "--nodes 8xH100-80GB=2 --held 0.3 --claims served=30 --pods 15 --templates 0.5"
                    + " --priority low=0 --priority high=1000 -o ndjson")
            .out());

    Outcome outcome =
        new CommandRun().run("allocate", "-f", cluster + "", "-o", "none", "--summary", "-");

    JsonNode summary = ObjectText.parseJson(outcome.err().getBytes(StandardCharsets.UTF_8));
    assertThat(outcome.exitCode()).isZero();
    assertThat(SummarySchema.complaints(outcome.err())).isEmpty();
    assertThat(summary.at("/claims/pending").asInt()).isEqualTo(30);
    assertThat(summary.at("/pods/pending").asInt()).isEqualTo(15);
    assertThat(summary.get("placements")).isNotEmpty().hasSize(summary.at("/pods/placed").asInt());
    assertThat(summary.get("warnings")).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    String args =
        "--nodes 8xH100-80GB=3 --held 0.4 --unhealthy 0.2 --fill small=0.5 --pods 40"
            + " --templates 0.5 --priority low=0 --priority high=9 --seed ";

    assertThat(generate(args + 1).out()).isEqualTo(generate(args + 1).out());
    assertThat(generate(args + 1).out()).isNotEqualTo(generate(args + 2).out());
  }

  @Test
  void yamlSaysHowToMakeItAgain() {
    assertThat(generate("--nodes 8xH100-80GB=1 --partitions none").out())
        .startsWith("# Made by: tangram generate --nodes 8xH100-80GB=1 --partitions none\n---\n");
  }

  /** A cluster without end is written until nobody wants more of it. */
  @Test
  void objectsAreWrittenAsTheyAreMade() {
    OutputStream impatient =
        new OutputStream() {
          private long written;

          @Override
          public void write(int octet) throws IOException {
            throw new IOException("not expected");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            written += length;
            if (written > 1 << 22) {
              throw new IOException("enough");
            }
          }
        };

    Outcome outcome =
        new CommandRun()
            .out(StandardOutput.to(impatient))
            .run("generate", "--nodes", "8xH100-80GB=1000000000", "--held", "0.5");

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err()).isEqualTo("tangram: can't write standard output: enough.\n");
  }

  @Test
  void nodesAreOfTheMachinesAskedFor() throws Exception {
    var objects =
        objects(
            "--nodes 8xh100-80gb=12 --label a/b=c --label d=e --taint x=y:NoSchedule"
                + " --taint z:PreferNoSchedule --node-cpu 64 --node-memory 512Gi"
                + " --nodes 8xA100-80GB=1 --prefix dgx --partitions none");

    JsonNode first = objects.get("Node").get(0);
    JsonNode last = objects.get("Node").get(12);
    assertThat(at("/metadata/name", objects.get("Node")))
        .startsWith("h100-80gb-01", "h100-80gb-02")
        .endsWith("h100-80gb-12", "dgx-1");
    assertThat(first.at("/metadata/labels").toString()).endsWith("\"a/b\":\"c\",\"d\":\"e\"}");
    assertThat(first.at("/spec/taints").toString())
        .isEqualTo(
            "[{\"key\":\"x\",\"value\":\"y\",\"effect\":\"NoSchedule\"},"
                + "{\"key\":\"z\",\"effect\":\"PreferNoSchedule\"}]");
    assertThat(first.at("/status/allocatable").toString())
        .isEqualTo("{\"cpu\":\"64\",\"memory\":\"512Gi\",\"pods\":\"110\"}");
    assertThat(last.at("/spec").isMissingNode()).isTrue();
    assertThat(last.at("/status/allocatable").toString())
        .isEqualTo("{\"cpu\":\"128\",\"memory\":\"1Ti\",\"pods\":\"110\"}");
  }

  @Test
  void gpusArePublishedWholeOrPartedOrWithNics() throws Exception {
    var whole = objects("--nodes 8xA100-80GB=1 --partitions none --nics");
    var onDemand = objects("--nodes 8xA100-80GB=1");
    var parted = objects("--nodes 8xH100-80GB=1 --partitions 1g.10gb,3g.40gb,2g.20gb");

    assertThat(at("/spec/driver", whole.get("ResourceSlice")))
        .containsExactly("gpu.nvidia.com", "nic.example.org");
    assertThat(at("/metadata/name", whole.get("DeviceClass"))).contains("rdma.nic.example.org");
    assertThat(onDemand.get("ResourceSlice")).hasSize(9);
    assertThat(parted.get("ResourceSlice").get(0).at("/spec/devices")).hasSize(24);
  }

  @ParameterizedTest
  @CsvSource({
    "served=20, 20",
    "3g.40gb=3, 3",
    "1g.10gb+me=1, 1",
    "capability=13, 13",
    "list=2, 2",
    "gpu=1, 1",
    "8gpus=2, 2",
    "2gpus-on-root=2, 2",
    "uniform=0, 0"
  })
  void claimsAreOfTheKindsAskedFor(String claims, int count) throws Exception {
    var objects = objects("--nodes 8xH100-80GB=1 --seed 5 --claims " + claims);

    assertThat(objects.get("ResourceClaim")).hasSize(count);
  }

  @Test
  void claimsNeedNoNodes() throws Exception {
    var objects =
        objects("--claims ends=30 --gpu-model h200-141gb --claims pair=1 --namespace team");

    assertThat(objects.keySet()).containsExactly("ResourceClaim");
    assertThat(at("/metadata/namespace", objects.get("ResourceClaim"))).containsOnly("team");
    assertThat(objects.get("ResourceClaim").toString()).contains("\\\"7g.141gb\\\"");
  }

  @Test
  void claimsFillTheMemorySlicesOfTheNodes() throws Exception {
    var objects = objects("--nodes 8xH100-80GB=10 --fill uniform=0.5");

    int slices = 0;
    for (JsonNode claim : objects.get("ResourceClaim")) {
      String name = claim.at("/metadata/name").asText();
      slices +=
          switch (name.substring(0, 7)) {
            case "mig-1g1" -> 1;
            case "mig-1g2", "mig-2g2" -> 2;
            case "mig-3g4", "mig-4g4" -> 4;
            default -> 8;
          };
    }
    assertThat(slices).isBetween(320, 327);
  }

  @Test
  void podsAreDealtTheClaims() throws Exception {
    var objects =
        objects(
            "--nodes 8xH100-80GB=2 --held 0.2 --claims served=60 --pods 20 --claims-per-pod 4"
                + " --pod-cpu 500m-900m --pod-memory 2Gi --templates 1 --priority low=0"
                + " --priority high=1000");

    List<JsonNode> pending =
        objects.get("Pod").stream().filter(pod -> !pod.at("/spec").has("nodeName")).toList();
    assertThat(pending).hasSize(20);
    assertThat(pending.stream().mapToInt(pod -> pod.at("/spec/resourceClaims").size()).sum())
        .isEqualTo(60);
    assertThat(at("/spec/containers/0/resources/requests/cpu", pending))
        .allMatch(cpu -> cpu.matches("[5-9]00m"));
    assertThat(at("/spec/containers/0/resources/requests/memory", pending)).containsOnly("2Gi");
    assertThat(at("/spec/priorityClassName", pending)).contains("low", "high");
    assertThat(objects.get("ResourceClaimTemplate")).hasSize(6);
    assertThat(objects.get("ResourceClaim"))
        .isNotEmpty()
        .allMatch(claim -> claim.at("/status/reservedFor/0").has("uid"));
  }

  @Test
  void asManyPodsAsTheClaimsNeedWhereTheirNumberIsAuto() throws Exception {
    String fleet = "--nodes 8xH100-80GB=2 --fill served=1 --pods auto";

    var two = objects(fleet);
    var one = objects(fleet + " --claims-per-pod 1");

    int claims = two.get("ResourceClaim").size();
    assertThat(two.get("Pod")).hasSize((claims + 1) / 2);
    assertThat(one.get("Pod")).hasSize(claims);
  }

  @Test
  void warnsOfMachinesThatNobodyVerified() {
    Outcome outcome = generate("--nodes 8xB200-180GB=1 --partitions none -o ndjson");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).startsWith("warning: GPU model B200-180GB is not verified");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | tangram generate: there is nothing to generate; ask for --nodes, --claims or both, as tangram"
            + " generate --help shows.",
        "--nodes h100=1 | tangram generate: --nodes: 'h100' is no machine; did you mean 8xH100-80GB?",
        "--nodes 8xH100-80GB | tangram generate: --nodes: '8xH100-80GB' is not MACHINE=COUNT, such as"
            + " 8xH100-80GB=4.",
        "--nodes 8xH100-80GB=many | tangram generate: --nodes: 'many' is not a number from 0 to 1000000000.",
        "--nodes 8xB200-180GB=1 | tangram generate: --nodes 8xB200-180GB=1: GPU model B200-180GB can't be"
            + " published with partitions: no source says the multiprocessors of profile 3g.90gb."
            + " Publish whole GPUs, or take a verified model. Whole GPUs are published with"
            + " --partitions none.",
        "--nodes 8xB200-180GB=1 --partitions none --nics | tangram generate: --nodes 8xB200-180GB=1: The"
            + " NICs of machine 8xB200-180GB are not known; leave them out.",
        "--nodes 8xH100-80GB=1 --nodes 8xH100-80GB=1 | tangram generate: --nodes: the names of two kinds of"
            + " nodes begin with h100-80gb; tell them apart with --prefix.",
        "--nodes 8xH100-80GB=1 --partitions 7g.80gb,1g.10gb | tangram generate: --partitions:"
            + " '7g.80gb,1g.10gb' is not on-demand, none, or profiles with commas between that one"
            + " H100-80GB can have together; tangram catalog H100-80GB draws what it can.",
        "--nodes 8xH100-80GB=1 --prefix Node | tangram generate: --prefix: 'Node-1', made of it, is not a DNS label: at"
            + " most 63 lower-case letters, digits and inner hyphens.",
        "--nodes 8xH100-80GB=1 --label a | tangram generate: --label: 'a' is not KEY=VALUE.",
        "--nodes 8xH100-80GB=1 --label a=! | tangram generate: --label: '!' is not a label's value: at most"
            + " 63 letters, digits and inner -_..",
        "--nodes 8xH100-80GB=1 --taint a=b | tangram generate: --taint: 'a=b' is not KEY=VALUE:EFFECT or"
            + " KEY:EFFECT, such as gpu=yes:NoSchedule; effects are NoSchedule, PreferNoSchedule,"
            + " NoExecute.",
        "--nodes 8xH100-80GB=1 --taint =b:NoExecute | tangram generate: --taint: '' is not a label's key:"
            + " name or subdomain/name.",
        "--nodes 8xH100-80GB=1 --node-cpu lots | tangram generate: --node-cpu: 'lots' is not an amount, such as 500m, 8 or 64Gi. See tangram"
            + " generate --help.",
        "--nics --claims gpu=1 | tangram generate: Missing required argument(s):"
            + " --nodes=MACHINE=COUNT. See tangram generate --help.",
        "--nodes 8xH100-80GB=1 --held 1.5 | tangram generate: --held: '1.5' is not a number from 0 to 1."
            + " See tangram generate --help.",
        "--nodes 8xH100-80GB=1 --unhealthy -1 | tangram generate: --unhealthy: '-1' is not a number from"
            + " 0 to 1. See tangram generate --help.",
        "--nodes 8xH100-80GB=1 --zones -1 | tangram generate: --zones: '-1' is not a whole number from 0"
            + " to 2147483647. See tangram generate --help.",
        "--claims gpus | tangram generate: --claims: 'gpus' is not WHAT=COUNT, such as served=100.",
        "--claims gpu=-1 | tangram generate: --claims: '-1' is not a number from 0 to 10000000.",
        "--claims 64gpus=1 | tangram generate: --claims: '64gpus' is more than a claim can have, 32"
            + " devices.",
        "--claims searved=1 | tangram generate: --claims: 'searved' is no kind of claim; did you mean"
            + " served?",
        "--nodes 8xH100-80GB=1 --claims 1g.5gb=1 | tangram generate: --claims: '1g.5gb' is no kind of claim;"
            + " did you mean 1g.10gb, 1g.20gb?",
        "--claims served=1 | tangram generate: --claims: a mix is of a GPU model's profiles; name one with"
            + " --gpu-model.",
        "--claims served=1 --gpu-model A30-24GB | tangram generate: --claims: Mixes are of the six plain"
            + " profiles of a board of seven compute slices; GPU model A30-24GB has [1g.6gb,"
            + " 2g.12gb, 4g.24gb].",
        "--claims served=1 --gpu-model H1000-80GB | tangram generate: --gpu-model: 'H1000-80GB' is no GPU"
            + " model; did you mean H100-80GB, A100-80GB, A100-40GB, H100-94GB, B200-180GB?",
        "--claims gpu=1 --namespace a.b | tangram generate: --namespace: 'a.b' is not a DNS label: at most"
            + " 63 lower-case letters, digits and inner hyphens.",
        "--nodes 8xH100-80GB=1 --claims pair=1 | tangram generate: --claims: pairs want NICs, and no nodes"
            + " have any; add --nics behind --nodes.",
        "--fill served=1 | tangram generate: --fill: there are no nodes to fill; add --nodes.",
        "--nodes 8xH100-80GB=1 --fill full=1 | tangram generate: --fill: 'full' is no mix; mixes are"
            + " uniform, small, big, ends, served.",
        "--nodes 8xH100-80GB=1 --fill served=much | tangram generate: --fill: 'much' is not a load; 1 fills"
            + " the nodes, and claims are 10000000 at most.",
        "--claims gpu=3 --pod-cpu 1-2 | tangram generate: --pod-cpu: there are no pods; ask for some with"
            + " --pods auto.",
        "--claims gpu=3 --priority a=1 | tangram generate: --priority: there are no pods; ask for some with"
            + " --pods auto.",
        "--nodes 8xH100-80GB=1 --pods auto | tangram generate: --pods: there are no claims for auto to deal"
            + " out; add --claims or --fill.",
        "--claims gpu=3 --pods 0 | tangram generate: --pods: '0' is not a whole number from 1 to"
            + " 2147483647, and not auto. See tangram generate --help.",
        "--claims gpu=3 --pods 3 --claims-per-pod 0 | tangram generate: --claims-per-pod: '0' is not a"
            + " whole number from 1 to 2147483647. See tangram generate --help.",
        "--claims gpu=3 --pods 4 | tangram generate: --pods: The pending claims are 3; the pods must not be"
            + " more, but are 4. Ask for more claims or fewer pods.",
        "--claims gpu=3 --pods 1 --claims-per-pod 2 | tangram generate: --pods: The pending claims"
            + " are 3; the pods can have 2 of them at most. Ask for more pods, or more claims in each.",
        "--claims gpu=3 --pods 3 --pod-cpu 1-2-3 | tangram generate: --pod-cpu: '1-2-3' is not LEAST-MOST,"
            + " such as 500m-4 or 4Gi-32Gi.",
        "--claims gpu=3 --pods 3 --pod-memory 4Gi-1Gi | tangram generate: --pod-memory: 4Gi-1Gi is no range;"
            + " write the smaller amount first, and none below 0.",
        "--claims gpu=3 --pods 3 --pod-memory big | tangram generate: --pod-memory: 'big' is not an amount,"
            + " such as 500m, 8 or 64Gi.",
        "--claims gpu=3 --pods 3 --templates 2 | tangram generate: --templates: '2' is not a number from"
            + " 0 to 1. See tangram generate --help.",
        "--claims gpu=3 --pods 3 --priority system-a=1 | tangram generate: --priority: 'system-a' begins with"
            + " system-, which Kubernetes keeps for itself.",
        "--claims gpu=3 -o xml | tangram generate: -o: 'xml' must be one"
            + " of yaml, json, ndjson. See tangram generate --help.",
        "--claims gpu=3 --seed x | tangram generate: --seed: 'x' is not a"
            + " whole number of 64 bits. See tangram generate --help.",
      })
  void refusesBadUsageInOneLine(String args, String line) {
    Outcome outcome = generate(args);

    assertThat(outcome.err()).isEqualTo(line + System.lineSeparator());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }
}
