package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five hundred pods on fifty nodes through the command: who is placed, is placed whole and fits;
 * who is not, is told why, and it is true.
 */
class PodFleetTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static AllocationProblem problem;
  private static JsonNode summary;
  private static final Map<String, JsonNode> CLAIMS = new HashMap<>();
  private static final Map<String, JsonNode> PODS = new HashMap<>();

  @BeforeAll
  static void allocate() throws IOException {
    Path objects = Files.writeString(folder.resolve("objects.json"), PodFleet.objects(1));
    Path summaryFile = folder.resolve("summary.json");

    CommandRun.Outcome outcome =
        new CommandRun()
            .allocator(new CpSatAllocator())
            .run(
                ("allocate -f %s --allocator optimal --with-pods -o ndjson --time-limit 20s"
                        + " --summary %s")
                    .formatted(objects, summaryFile)
                    .split(" "));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    summary = JSON.readTree(summaryFile.toFile());
    for (String line : outcome.out().split("\n")) {
      JsonNode object = JSON.readTree(line);
      Map<String, JsonNode> kind = object.path("kind").asText().equals("Pod") ? PODS : CLAIMS;
      kind.put(object.at("/metadata/name").asText(), object);
    }
    problem =
        ClusterReader.create(new CelExpressions()).read(List.of(InputFile.of(objects))).problem();
  }

  private static String node(JsonNode pod) {
    return pod.at("/spec/nodeName").asText();
  }

  @Test
  void countsEveryPodAndClaim() {
    int placed = summary.at("/pods/placed").asInt();

    assertThat(summary.at("/pods/pending").asInt()).isEqualTo(PodFleet.PODS);
    assertThat(placed).isGreaterThan(100).isEqualTo(summary.get("placements").size());
    assertThat(PODS.values().stream().filter(pod -> !node(pod).isEmpty())).hasSize(placed);
    assertThat(summary.at("/claims/pending").asInt()).isEqualTo(CLAIMS.size());
    assertThat(CLAIMS.values().stream().filter(claim -> claim.at("/status/allocation").isObject()))
        .hasSize(summary.at("/claims/allocated").asInt());
  }

  @Test
  void placesNoPodByHalf() {
    assertThat(PODS).hasSize(PodFleet.PODS);
    for (JsonNode pod : PODS.values()) {
      String uid = pod.at("/metadata/uid").asText();
      for (JsonNode status : pod.at("/status/resourceClaimStatuses")) {
        JsonNode claim = CLAIMS.get(status.get("resourceClaimName").asText());
        boolean placed = !node(pod).isEmpty();
        assertThat(claim.at("/status/allocation").isObject()).isEqualTo(placed);
        if (placed) {
          assertThat(claim.at("/status/reservedFor")).hasSize(1);
          assertThat(claim.at("/status/reservedFor/0/uid").asText()).isEqualTo(uid);
          assertThat(claim.at("/status/allocation/devices/results"))
              .isNotEmpty()
              .allSatisfy(result -> assertThat(result.get("pool").asText()).isEqualTo(node(pod)));
        }
      }
    }
  }

  @Test
  void givesNoDeviceTwice() {
    List<String> given = new ArrayList<>();
    for (JsonNode claim : CLAIMS.values()) {
      claim
          .at("/status/allocation/devices/results")
          .forEach(
              result ->
                  given.add(
                      result.get("driver")
                          + "/"
                          + result.get("pool")
                          + "/"
                          + result.get("device")));
    }

    assertThat(given).doesNotHaveDuplicates().hasSizeGreaterThan(200);
  }

  @Test
  void placesPodsOnlyWhereTheyFit() {
    Map<String, Node> nodes = Maps.uniqueIndex(problem.nodes(), Node::name);
    Map<String, Quantity> taken = new HashMap<>();
    for (Workload workload : problem.workloads()) {
      String name = node(PODS.get(workload.id().name()));
      if (!name.isEmpty()) {
        assertThat(workload.allows(nodes.get(name))).isTrue();
        workload
            .resources()
            .forEach(
                (resource, amount) -> taken.merge(name + " " + resource, amount, Quantity::plus));
      }
    }

    assertThat(taken).hasSizeGreaterThan(100);
    taken.forEach(
        (what, amount) -> {
          String[] parts = what.split(" ");
          Map<String, Quantity> available = nodes.get(parts[0]).available().orElseThrow();
          assertThat(amount).as(what).isLessThanOrEqualTo(available.get(parts[1]));
        });
  }

  @Test
  void tellsTheTruthOfPodsThatStayOut() {
    Map<String, String> reasons = new HashMap<>();
    summary
        .get("unallocated")
        .forEach(each -> reasons.put(each.get("claim").asText(), each.get("reason").asText()));
    for (Workload workload : problem.workloads()) {
      if (node(PODS.get(workload.id().name())).isEmpty()) {
        String reason = reasons.get(workload.claims().get(0).toString());
        if (!reason.equals("NOT_PROVEN")) {
          assertThat(reason.equals("OUTRANKED"))
              .as(workload.id() + ": " + reason)
              .isEqualTo(fitsAlone(workload));
        }
      }
    }
  }

  /** First fit is exhaustive where there is nobody else. */
  private static boolean fitsAlone(Workload workload) {
    Set<ClaimId> own = new HashSet<>(workload.claims());
    ImmutableList<Claim> claims =
        problem.claims().stream()
            .filter(claim -> own.contains(claim.id()))
            .collect(ImmutableList.toImmutableList());
    AllocationProblem alone =
        AllocationProblem.builder()
            .from(problem)
            .claims(claims)
            .workloads(ImmutableList.of(workload))
            .build();
    return new FirstFitAllocator()
        .allocate(alone, AllocationOptions.DEFAULTS)
        .placements()
        .containsKey(workload.id());
  }
}
