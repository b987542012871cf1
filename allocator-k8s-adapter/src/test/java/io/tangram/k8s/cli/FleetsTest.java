package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Iterables;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.generate.ObjectFile;
import io.tangram.k8s.generate.SampleCluster;
import io.tangram.k8s.generate.SampleClusters;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import io.tangram.solver.CpSatAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole fleets through the command, from files to files: what is given is legal and proven. */
class FleetsTest {

  private static final long SEED = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path cluster;
  private Path claims;
  private Path result;

  @Test
  void tenNodesServe295Of303PartitionClaims() throws IOException {
    JsonNode summary = allocate(SampleClusters.tenNodes());

    assertProven(summary, 295, 8);
    assertResultIsLegal();
  }

  @Test
  void aHundredNodesServe2767Of2848PartitionClaims() throws IOException {
    JsonNode summary = allocate(SampleClusters.hundredNodes());

    assertProven(summary, 2_767, 81);
    assertResultIsLegal();
  }

  @Test
  void halfUsedNodesKeepWhatTheyHold() throws IOException {
    JsonNode summary = allocate(SampleClusters.hundredNodesHalfUsed(SEED));

    assertProven(summary, 2_534, 314);
    assertResultIsLegal();
    List<JsonNode> held = objects(claims, claim -> claim.has("status"));
    assertThat(held).hasSize(summary.at("/claims/held").asInt()).hasSizeGreaterThan(250);
    assertThat(objects(result, claim -> true)).containsAll(held);
  }

  @Test
  void capabilityClaimsTakeTheSmallestPartitionThatIsSufficient() throws IOException {
    JsonNode summary = allocate(SampleClusters.capabilities(5, 500, 200));

    assertProven(summary, 617, 83);
    assertResultIsLegal();
    SmallerPartitions smaller =
        new SmallerPartitions(
            ClusterReader.create(new CelExpressions())
                .read(List.of(InputFile.of(cluster), InputFile.of(result)))
                .problem());
    assertThat(smaller.capabilityClaims()).isGreaterThan(400);
    assertThat(smaller.possibleMoves()).isEmpty();
  }

  @Test
  void gpusAndNicsShareRoots() throws IOException {
    JsonNode summary = allocate(SampleClusters.gpusAndNics(10, 30, 10, 6, 2));

    assertProven(summary, 46, 2);
    assertResultIsLegal();
  }

  private JsonNode allocate(SampleCluster fleet) throws IOException {
    cluster = folder.resolve("cluster.json");
    claims = folder.resolve("claims.json");
    result = folder.resolve("result.json");
    Path summary = folder.resolve("summary.json");
    ObjectFile.write(cluster, "", fleet.objects().filter(object -> !isClaim(object)));
    ObjectFile.write(claims, "", fleet.objects().filter(FleetsTest::isClaim));

    CommandRun.Outcome outcome =
        run(
            ("allocate -f %s -f %s --allocator optimal --objectives preference,fit -o ndjson"
                    + " --time-limit 5m --summary %s")
                .formatted(cluster, claims, summary));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).doesNotContain("warning");
    Files.writeString(result, outcome.out());
    return JSON.readTree(summary.toFile());
  }

  private static boolean isClaim(ObjectNode object) {
    return object.get("kind").asText().equals("ResourceClaim");
  }

  private static CommandRun.Outcome run(String arguments) {
    return new CommandRun().allocator(new CpSatAllocator()).run(arguments.split(" "));
  }

  private static void assertProven(JsonNode summary, int allocated, int unallocated) {
    assertThat(summary.get("status").asText()).isEqualTo("OPTIMAL");
    assertThat(summary.at("/claims/allocated").asInt()).isEqualTo(allocated);
    assertThat(summary.at("/claims/unallocated").asInt()).isEqualTo(unallocated);
    assertThat(summary.get("objectives"))
        .allSatisfy(
            objective -> {
              assertThat(objective.get("status").asText()).isEqualTo("OPTIMAL");
              assertThat(objective.get("bound").asLong())
                  .isEqualTo(objective.get("value").asLong());
            })
        .extracting(objective -> objective.get("name").asText())
        .containsExactly("admission", "preference", "fit");
    assertThat(Iterables.getFirst(summary.get("objectives"), summary).get("value").asInt())
        .isEqualTo(allocated);
  }

  private void assertResultIsLegal() {
    CommandRun.Outcome outcome = run("verify --strict -f %s -f %s".formatted(cluster, result));

    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static List<JsonNode> objects(Path file, Predicate<JsonNode> which) throws IOException {
    try (MappingIterator<JsonNode> lines =
        JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
      return lines.readAll().stream().filter(which).collect(Collectors.toList());
    }
  }
}
