package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleClusterTest {

  @Test
  void smallClusterHasFourNodesAnd94Claims() {
    List<ObjectNode> objects = SampleClusters.smallPartitions().objects().toList();

    assertThat(kinds(objects))
        .isEqualTo(
            Map.of("DeviceClass", 2L, "Node", 4L, "ResourceSlice", 36L, "ResourceClaim", 94L));
    assertThat(devices(objects)).isEqualTo(832);
  }

  @Test
  void tenNodesHaveTheClaimsOfTheMix() {
    Map<String, Long> byLabel =
        SampleClusters.tenNodes()
            .objects()
            .filter(object -> isKind(object, "ResourceClaim"))
            .map(claim -> claim.at("/metadata/name").textValue().replaceAll("-\\d+$", ""))
            .collect(Collectors.groupingBy(label -> label, Collectors.counting()));

    assertThat(byLabel)
        .isEqualTo(
            ImmutableMap.of(
                "mig-1g10gb", 104L,
                "mig-1g20gb", 65L,
                "mig-2g20gb", 53L,
                "mig-3g40gb", 43L,
                "mig-4g40gb", 28L,
                "mig-7g80gb", 10L));
  }

  @Test
  void gpusAndNicsComeWithThreeClassesAndMatchedRoots() {
    List<ObjectNode> objects = SampleClusters.gpusAndNics(10, 30, 10, 6, 2).objects().toList();

    assertThat(kinds(objects))
        .isEqualTo(
            Map.of("DeviceClass", 3L, "Node", 10L, "ResourceSlice", 20L, "ResourceClaim", 48L));
    assertThat(devices(objects)).isEqualTo(160);
    assertThat(objects)
        .filteredOn(
            object ->
                object
                    .at("/spec/devices/constraints/0/matchAttribute")
                    .asText()
                    .equals("resource.kubernetes.io/pcieRoot"))
        .hasSize(40);
  }

  @Test
  void capabilityClaimsAreSpreadOverTwelveKinds() {
    List<ObjectNode> objects = SampleClusters.capabilities(5, 500, 200).objects().toList();

    Map<JsonNode, Long> bySpec =
        objects.stream()
            .filter(object -> isKind(object, "ResourceClaim"))
            .collect(Collectors.groupingBy(claim -> claim.get("spec"), Collectors.counting()));
    assertThat(bySpec).hasSize(13);
    assertThat(bySpec.values()).containsOnly(41L, 42L, 200L);
    assertThat(kinds(objects)).containsEntry("Node", 20L).containsEntry("ResourceClaim", 700L);
  }

  @Test
  void equalClustersMakeEqualObjectsInAnOrderThatTheSeedDecides() {
    SampleCluster cluster = SampleClusters.smallPartitions();
    SampleCluster other = SampleCluster.builder().from(cluster).seed(2).build();

    assertThat(cluster.objects().toList()).isEqualTo(cluster.objects().toList());
    assertThat(other.objects().toList()).isNotEqualTo(cluster.objects().toList());
    assertThat(kinds(other.objects().toList())).isEqualTo(kinds(cluster.objects().toList()));
  }

  @Test
  void namesAreUniqueByKindAndClaimsArriveOneAfterAnother() {
    List<ObjectNode> objects = SampleClusters.hundredNodesHalfUsed(1).objects().toList();

    assertThat(objects)
        .extracting(object -> object.at("/kind") + " " + object.at("/metadata/name"))
        .doesNotHaveDuplicates();
    assertThat(objects)
        .filteredOn(object -> isKind(object, "ResourceClaim") && !object.has("status"))
        .hasSize(2_848)
        .extracting(object -> object.at("/metadata/creationTimestamp").textValue())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void objectsAreMadeOneNodeAtATime() {
    SampleCluster endless = SampleClusters.partitions(1_000_000_000, 1, 0, 0, 0, 0, 0);

    Iterator<ObjectNode> objects = endless.objects().iterator();

    assertThat(Iterables.getLast(Iterables.limit(() -> objects, 30)).at("/spec/nodeName").asText())
        .isEqualTo("h100-0000000003");
  }

  @Test
  void aThirdOfTheGpusIsHalfUsedInLegalLayouts() {
    List<ObjectNode> objects = SampleClusters.hundredNodesHalfUsed(7).objects().toList();

    Map<String, ObjectNode> devices = new HashMap<>();
    for (ObjectNode slice : objects) {
      for (JsonNode device : slice.at("/spec/devices")) {
        if (device.isObject() && device.has("consumesCounters")) {
          devices.put(
              slice.at("/spec/nodeName").asText() + "/" + name(device), (ObjectNode) device);
        }
      }
    }
    SetMultimap<String, String> slicesByGpu =
        Multimaps.newSetMultimap(new TreeMap<>(), LinkedHashSet::new);
    for (ObjectNode claim : objects) {
      JsonNode result = claim.at("/status/allocation/devices/results/0");
      if (result.isObject()) {
        String node = result.get("pool").asText();
        ObjectNode device = devices.get(node + "/" + result.get("device").asText());
        assertThat(device).as("%s", result).isNotNull();
        JsonNode consumption = device.at("/consumesCounters/0");
        String gpu = node + "/" + consumption.get("counterSet").asText();
        for (Iterator<String> each = consumption.get("counters").fieldNames(); each.hasNext(); ) {
          String counter = each.next();
          if (counter.startsWith("memory-slice-")) {
            assertThat(slicesByGpu.put(gpu, counter)).as("%s of %s", counter, gpu).isTrue();
          }
        }
      }
    }
    assertThat(slicesByGpu.asMap().values()).allSatisfy(slices -> assertThat(slices).hasSize(4));
    assertThat(slicesByGpu.keySet()).hasSizeBetween(200, 300);
    assertThat(new HashSet<>(slicesByGpu.asMap().values())).hasSizeGreaterThan(5);
  }

  @Test
  void heldClaimsAreTiedToTheirNode() {
    ObjectNode held =
        SampleClusters.hundredNodesHalfUsed(1)
            .objects()
            .filter(object -> object.has("status"))
            .findFirst()
            .orElseThrow();

    assertThat(
            held.at("/status/allocation/nodeSelector/nodeSelectorTerms/0/matchFields").toString())
        .isEqualTo("[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"h100-001\"]}]");
    assertThat(held.at("/metadata/finalizers/0").asText())
        .isEqualTo("resource.kubernetes.io/delete-protection");
    Matcher device =
        Pattern.compile("gpu-\\d-mig-(.*)-\\d+-\\d")
            .matcher(held.at("/status/allocation/devices/results/0/device").asText());
    assertThat(device.matches()).isTrue();
    assertThat(held.at("/spec/devices/requests/0/exactly/selectors/0/cel/expression").asText())
        .contains(".profile == \"" + device.group(1).replaceFirst("g", "g.") + "\"");
  }

  @Test
  void needsANumberOfClaimsForEachProfile() {
    assertThatThrownBy(() -> SampleClusters.partitions(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There are 2 numbers of claims; give one for each of [1g.10gb, 1g.20gb, 2g.20gb,"
                + " 3g.40gb, 4g.40gb, 7g.80gb].");
  }

  private static Map<String, Long> kinds(List<ObjectNode> objects) {
    return objects.stream()
        .collect(Collectors.groupingBy(each -> each.get("kind").asText(), Collectors.counting()));
  }

  private static boolean isKind(ObjectNode object, String kind) {
    return object.get("kind").asText().equals(kind);
  }

  private static int devices(List<ObjectNode> objects) {
    return objects.stream()
        .filter(object -> isKind(object, "ResourceSlice"))
        .mapToInt(slice -> slice.at("/spec/devices").size())
        .sum();
  }

  private static String name(JsonNode device) {
    return device.get("name").asText();
  }
}
