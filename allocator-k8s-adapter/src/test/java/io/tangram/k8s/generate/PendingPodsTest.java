package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PendingPodsTest {

  private static final PodPlan PLAN =
      PodPlan.builder()
          .pending(100)
          .fromTemplates(0.4)
          .priorities(ImmutableMap.of("low", 0, "high", 1000))
          .build();

  private static SampleCluster cluster(PodPlan plan, int claims) {
    return SampleCluster.builder()
        .pending(
            ImmutableMultiset.<ClaimShape>builder()
                .addCopies(ClaimShape.profile("1g.10gb"), claims / 2)
                .addCopies(ClaimShape.gpus(2), claims - claims / 2)
                .build())
        .pods(plan)
        .build();
  }

  private static Map<String, List<ObjectNode>> byKind(SampleCluster cluster) {
    return cluster.objects().collect(Collectors.groupingBy(object -> object.get("kind").asText()));
  }

  private static List<String> names(List<ObjectNode> objects) {
    return objects.stream().map(object -> object.at("/metadata/name").asText()).toList();
  }

  @Test
  void everyClaimIsDealtToOnePod() {
    Map<String, List<ObjectNode>> objects = byKind(cluster(PLAN, 220));

    List<String> claims = new ArrayList<>();
    List<String> templates = new ArrayList<>();
    for (ObjectNode pod : objects.get("Pod")) {
      assertThat(pod.at("/spec/resourceClaims")).hasSizeBetween(1, 3);
      for (JsonNode claim : pod.at("/spec/resourceClaims")) {
        if (claim.has("resourceClaimName")) {
          claims.add(claim.get("resourceClaimName").asText());
        } else {
          templates.add(claim.get("resourceClaimTemplateName").asText());
        }
      }
    }
    assertThat(objects.get("Pod")).hasSize(100);
    assertThat(claims).containsExactlyElementsOf(names(objects.get("ResourceClaim")));
    assertThat(claims.size() + templates.size()).isEqualTo(220);
    assertThat(templates.size() / 220.0).isCloseTo(0.4, within(0.1));
    assertThat(names(objects.get("ResourceClaimTemplate")))
        .containsExactlyInAnyOrder("mig-1g10gb", "gpus-2")
        .containsAll(templates);
  }

  @Test
  void podsUseTheirClaimsAndRequestWhatTheyMay() {
    Map<String, List<ObjectNode>> objects = byKind(cluster(PLAN, 220));

    assertThat(objects.get("Pod"))
        .allSatisfy(
            pod -> {
              assertThat(pod.at("/spec/containers/0/resources/claims").findValuesAsText("name"))
                  .isEqualTo(pod.at("/spec/resourceClaims").findValuesAsText("name"))
                  .doesNotHaveDuplicates();
              JsonNode requests = pod.at("/spec/containers/0/resources/requests");
              assertThat(Quantity.parse(requests.get("cpu").asText()))
                  .isBetween(Quantity.of(1), Quantity.of(8));
              assertThat(Quantity.parse(requests.get("memory").asText()))
                  .isBetween(Quantity.gibibytes(4), Quantity.gibibytes(32));
              assertThat(pod.at("/spec").has("nodeName")).isFalse();
              assertThat(pod.at("/status/phase").asText()).isEqualTo("Pending");
            })
        .extracting(pod -> pod.at("/metadata/creationTimestamp").asText())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void podsHaveThePriorityOfTheirClass() {
    Map<String, List<ObjectNode>> objects = byKind(cluster(PLAN, 220));

    assertThat(names(objects.get("PriorityClass"))).containsExactly("low", "high");
    assertThat(objects.get("Pod"))
        .allSatisfy(
            pod ->
                assertThat(pod.at("/spec/priority").asInt())
                    .isEqualTo(
                        pod.at("/spec/priorityClassName").asText().equals("high") ? 1000 : 0))
        .extracting(pod -> pod.at("/spec/priorityClassName").asText())
        .contains("low", "high");
  }

  @Test
  void aPodForEachClaimAndThreeClaimsForEachPodAreTheLimits() {
    assertThat(byKind(cluster(PLAN, 100)).get("Pod"))
        .allSatisfy(pod -> assertThat(pod.at("/spec/resourceClaims")).hasSize(1));
    assertThat(byKind(cluster(PLAN, 300)).get("Pod"))
        .allSatisfy(pod -> assertThat(pod.at("/spec/resourceClaims")).hasSize(3));
    assertThatThrownBy(() -> cluster(PLAN, 99))
        .hasMessage(
            "The pending claims are 99; the pods must not be more, but are 100. Ask for more claims or"
                + " fewer pods.");
    assertThatThrownBy(() -> cluster(PLAN, 301))
        .hasMessage(
            "The pending claims are 301; the pods can have 300 of them at most. Ask for more pods, or"
                + " more claims in each.");
  }

  @Test
  void runningPodsUseHeldClaimsAndNeverRequestMoreThanTheirNodeHas() {
    NodeTemplate template =
        NodeTemplate.builder().machine(HardwareCatalog.standard().machine("8xH100-80GB")).build();
    SampleCluster cluster =
        SampleCluster.builder()
            .from(cluster(PLAN, 220))
            .addNodes(
                NodeGroup.builder()
                    .template(template)
                    .prefix("n")
                    .count(4)
                    .allocatable(ImmutableMap.of("cpu", Quantity.of(20)))
                    .build())
            .held(HeldFill.part(1))
            .build();

    Map<String, List<ObjectNode>> objects = byKind(cluster);

    Map<String, Quantity> cpuByNode = new HashMap<>();
    Map<String, String> podsByUid = new HashMap<>();
    for (ObjectNode pod : objects.get("Pod")) {
      String node = pod.at("/spec/nodeName").asText();
      if (!node.isEmpty()) {
        assertThat(pod.at("/status/phase").asText()).isEqualTo("Running");
        String cpu = pod.at("/spec/containers/0/resources/requests/cpu").asText("0");
        cpuByNode.merge(node, cpu.isEmpty() ? Quantity.ZERO : Quantity.parse(cpu), Quantity::plus);
        podsByUid.put(
            pod.at("/metadata/uid").asText(),
            pod.at("/spec/resourceClaims/0/resourceClaimName").asText());
      }
    }
    assertThat(podsByUid).hasSize(32);
    assertThat(cpuByNode.values())
        .hasSize(4)
        .allSatisfy(cpu -> assertThat(cpu).isLessThanOrEqualTo(Quantity.of(20)));
    assertThat(objects.get("ResourceClaim"))
        .filteredOn(claim -> claim.has("status"))
        .hasSize(32)
        .allSatisfy(
            claim ->
                assertThat(podsByUid.get(claim.at("/status/reservedFor/0/uid").asText()))
                    .isEqualTo(claim.at("/metadata/name").asText()));
  }

  @Property
  void asManyPodsAsClaimsNeedCanAlwaysHaveThemAll(
      @ForAll @IntRange(max = 10_000_000) int claims, @ForAll @IntRange(min = 1) int mostClaims) {
    int pods = PodPlan.podsFor(claims, mostClaims);

    assertThat(pods).isLessThanOrEqualTo(claims);
    assertThat((long) pods * mostClaims).isGreaterThanOrEqualTo(claims);
  }

  @Test
  void refusesPlansThatAreNone() {
    assertThatThrownBy(() -> PodPlan.builder().pending(0).build())
        .hasMessage("0 pods of at most 3 claims; both must be at least 1.");
    assertThatThrownBy(() -> PodPlan.builder().pending(1).fromTemplates(2).build())
        .hasMessage("The part from templates is 2.0; it must be between 0 and 1.");
  }
}
