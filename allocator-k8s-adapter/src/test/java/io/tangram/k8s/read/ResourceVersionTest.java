package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.claim.Claim;
import io.tangram.api.device.Device;
import io.tangram.k8s.generate.SampleCluster;
import io.tangram.k8s.generate.SampleClusters;
import io.tangram.k8s.tree.JsonEmitter;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of older versions say what those of v1 say (section 0.4). */
class ResourceVersionTest {

  /** An object of resource.k8s.io/v1beta1. */
  private static String beta1(String kind, String spec) {
    return "---\n{apiVersion: resource.k8s.io/v1beta1, kind: "
        + kind
        + ", metadata: {name: a, namespace: ns, uid: u}, spec: "
        + spec
        + "}\n";
  }

  private static String slice(String fields) {
    return beta1(
        "ResourceSlice",
        "{driver: d.com, pool: {name: p, generation: 1, resourceSliceCount: 1}, " + fields + "}");
  }

  private static String request(String fields) {
    return beta1("ResourceClaim", "{devices: {requests: [{name: r, " + fields + "}]}}");
  }

  private static String text(SampleCluster cluster, String version) {
    return cluster
        .objects()
        .map(object -> JsonEmitter.compact(written(object, version)))
        .collect(Collectors.joining("\n"));
  }

  private static ObjectNode written(ObjectNode object, String version) {
    if (object.get("apiVersion").asText().startsWith("resource.k8s.io/")) {
      object.put("apiVersion", "resource.k8s.io/" + version);
      if (version.equals("v1beta1")) {
        object.at("/spec/devices/requests").forEach(request -> inline((ObjectNode) request));
        if (object.at("/spec/devices").isArray()) {
          object.at("/spec/devices").forEach(device -> intoBasic((ObjectNode) device));
        }
      }
    }
    return object;
  }

  private static void inline(ObjectNode request) {
    JsonNode exactly = request.remove("exactly");
    if (exactly == null) {
      request.put("deviceClassName", "");
    } else {
      request.setAll((ObjectNode) exactly);
    }
  }

  private static void intoBasic(ObjectNode device) {
    ObjectNode basic = device.objectNode();
    for (Iterator<String> names = List.copyOf(names(device)).iterator(); names.hasNext(); ) {
      String name = names.next();
      if (!name.equals("name")) {
        basic.set(name, device.remove(name));
      }
    }
    device.set("basic", basic);
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(field -> field.getKey()).toList();
  }

  @ParameterizedTest
  @CsvSource({"v1beta2", "v1beta1"})
  void readsOlderVersionsAsTheNewest(String version) {
    SampleCluster sample = SampleClusters.capabilities(1, 24, 10);

    Cluster newest = read(text(sample, "v1"));
    Cluster older = read(text(sample, version));

    assertThat(older.problem()).isEqualTo(newest.problem());
    assertThat(older.warnings()).isEqualTo(newest.warnings());
    assertThat(older.claims())
        .extracting(ClaimObject::tree)
        .isEqualTo(newest.claims().stream().map(ClaimObject::tree).toList());
  }

  @Test
  void writesUnknownFieldsOfOlderClaimsToo() {
    Cluster cluster =
        read(request("deviceClassName: c, count: 2, extra: {a: 1}, adminAccess: null"));

    assertThat(cluster.claims().get(0).tree())
        .hasToString(
            "{\"apiVersion\":\"resource.k8s.io/v1\",\"kind\":\"ResourceClaim\","
                + "\"metadata\":{\"name\":\"a\",\"namespace\":\"ns\",\"uid\":\"u\"},"
                + "\"spec\":{\"devices\":{\"requests\":[{\"name\":\"r\",\"exactly\":"
                + "{\"deviceClassName\":\"c\",\"count\":2,\"extra\":{\"a\":1}}}]}}}");
    assertThat(cluster.warnings())
        .contains(
            "cluster.yaml: ResourceClaim ns/a: spec.devices.requests[0].extra is not a known field"
                + " and has no effect.");
  }

  @Test
  void templatesOfOlderVersionsHaveTheirShapeToo() {
    String template =
        beta1("ResourceClaimTemplate", "{spec: {devices: {requests: [{name: r, count: 0}]}}}");

    assertThatThrownBy(() -> read(template))
        .hasMessage(
            "cluster.yaml: ResourceClaimTemplate ns/a: spec.spec.devices.requests[0]"
                + ".deviceClassName: is required (R40).");
  }

  @Test
  void takesWhatIsEmptyInAnOlderSliceForNotSet() {
    Cluster cluster =
        read(
            slice(
                "nodeName: '', allNodes: false, nodeSelector: {nodeSelectorTerms: "
                    + "[{matchExpressions: [{key: a, operator: Exists}]}]}, devices: [{name: x}]"));

    assertThat(cluster.problem().slices().get(0).devices())
        .containsExactly(Device.builder().name("x").build());
  }

  @Test
  void copiesInTwoVersionsAreOneClaim() {
    String older = request("deviceClassName: c");
    String newer =
        older
            .replace("v1beta1", "v1")
            .replace("deviceClassName: c", "exactly: {deviceClassName: c}");

    Cluster cluster = read(older + newer);

    assertThat(cluster.problem().claims()).extracting(Claim::id).hasSize(1);
    assertThat(cluster.warnings()).anyMatch(warning -> warning.contains("identical"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "deviceClassName: c, count: -1 | requests[0].count: -1 must be greater than 0 (R62).",
        "count: 1 | requests[0].deviceClassName: is required (R40).",
        "exactly: {deviceClassName: c} | requests[0]: has exactly, whose fields v1beta1 has in the"
            + " request itself (section 0.4).",
        "deviceClassName: c, firstAvailable: [{name: s, deviceClassName: c}] | requests[0]: has both"
            + " exactly and firstAvailable; set one of them (section 5.1).",
      })
  void complaintsNameFieldsOfOlderClaimsWhereTheyAre(String fields, String message) {
    assertThatThrownBy(() -> read(request(fields)))
        .isInstanceOf(InputException.class)
        .hasMessage("cluster.yaml: ResourceClaim ns/a: spec.devices." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{name: x, basic: {attributes: {a: {}}}}] | [0].basic.attributes[a]: has no value; set"
            + " exactly one of int, bool, string, version, ints, bools, strings, versions (R29).",
        "[{name: X, basic: {}}] | [0].name: \"X\" is not a DNS label: at most 63 lower-case letters,"
            + " digits and inner hyphens (section 1.1).",
        "[{name: x, basic: 7}] | [0].basic: 7 must be an object.",
        "[{name: x, attributes: {}}] | [0]: has attributes, which v1beta1 has in basic"
            + " (section 0.4).",
        "[{name: x, basic: {name: y}}] | [0]: has a name in basic, where none belongs"
            + " (section 0.4).",
        "[7] | [0]: 7 must be an object.",
        "7 | : 7 must be a list.",
      })
  void complaintsNameFieldsOfOlderSlicesWhereTheyAre(String devices, String message) {
    assertThatThrownBy(() -> read(slice("nodeName: n, devices: " + devices)))
        .isInstanceOf(InputException.class)
        .hasMessage("cluster.yaml: ResourceSlice a: spec.devices" + message);
  }
}
