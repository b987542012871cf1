package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import io.tangram.k8s.tree.RandomTrees;
import io.tangram.k8s.tree.YamlEmitter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What went in comes out but for what was allocated, from every format and in every one. */
class RoundTripTest {

  private static final List<String> FORMATS = List.of("yaml", "json", "ndjson");

  private static final ObjectMapper EXACT =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @TempDir private Path folder;

  /** Two of the three claims get a GPU, and the pods that wait for these a node. */
  @Property
  void keepsWhateverObjectsSay(
      @ForAll("workloads") List<ObjectNode> workloads,
      @ForAll("formats") String from,
      @ForAll("formats") String to,
      @ForAll boolean compressed)
      throws IOException {
    List<ObjectNode> input = read(SmallClusters.OBJECTS);
    workloads.forEach(each -> input.add(each.deepCopy()));
    byte[] text = text(input, from).getBytes(StandardCharsets.UTF_8);

    Outcome outcome =
        new CommandRun()
            .in(new ByteArrayInputStream(compressed ? gzip(text) : text))
            .run("allocate", "-f", "-", "-o", to, "--with-pods");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    List<ObjectNode> results = read(outcome.out());
    assertThat(results).hasSize(3 + 2);
    for (ObjectNode result : results) {
      ObjectNode original = original(result, workloads);
      assertThat(JsonEmitter.compact(withoutAllocation(result, original)))
          .isEqualTo(JsonEmitter.compact(original));
    }
  }

  private static ObjectNode original(ObjectNode result, List<ObjectNode> workloads) {
    return workloads.stream()
        .filter(each -> each.get("kind").equals(result.get("kind")))
        .filter(each -> each.at("/metadata/name").equals(result.at("/metadata/name")))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode withoutAllocation(ObjectNode result, ObjectNode original) {
    ((ObjectNode) result.get("metadata")).remove("finalizers");
    ((ObjectNode) result.get("spec")).remove("nodeName");
    if (result.get("status") instanceof ObjectNode status) {
      status.remove(List.of("allocation", "reservedFor", "conditions"));
      if (status.isEmpty() && !original.has("status")) {
        result.remove("status");
      }
    }
    return result;
  }

  @Provide
  Arbitrary<String> formats() {
    return Arbitraries.of(FORMATS);
  }

  @Provide
  Arbitrary<List<ObjectNode>> workloads() {
    Arbitrary<List<ObjectNode>> claims = workload("ResourceClaim").list().ofSize(3);
    Arbitrary<List<ObjectNode>> pods = workload("Pod").list().ofSize(3);
    return Combinators.combine(claims, pods)
        .as(
            (threeClaims, threePods) -> {
              List<ObjectNode> all = new ArrayList<>();
              for (int i = 0; i < threeClaims.size(); i++) {
                all.add(named(threeClaims.get(i), i));
                all.add(named(threePods.get(i), i));
              }
              return all;
            });
  }

  private static ObjectNode named(ObjectNode workload, int number) {
    ObjectNode copy = workload.deepCopy();
    String name = "w" + number;
    ((ObjectNode) copy.get("metadata")).put("name", name).put("uid", "u-" + name);
    if (copy.at("/spec/resourceClaims/0") instanceof ObjectNode entry) {
      entry.put("resourceClaimName", name);
    }
    return copy;
  }

  /** What it is for comes from the skeleton; all else, and all that nobody knows, is random. */
  private static Arbitrary<ObjectNode> workload(String kind) {
    Arbitrary<Map<String, String>> annotations =
        Arbitraries.maps(RandomTrees.texts(), RandomTrees.texts()).ofMaxSize(3);
    Arbitrary<ObjectNode> unknown = RandomTrees.objects();
    return Combinators.combine(annotations, unknown, unknown, unknown)
        .as(
            (texts, ofSpec, ofStatus, ofObject) -> {
              ObjectNode tree = JsonNodeFactory.instance.objectNode();
              tree.put("apiVersion", kind.equals("Pod") ? "v1" : "resource.k8s.io/v1");
              tree.put("kind", kind);
              ObjectNode metadata =
                  tree.putObject("metadata").put("name", "").put("namespace", "ns").put("uid", "");
              ObjectNode entries = metadata.putObject("annotations");
              texts.forEach(entries::put);
              tree.set("spec", skeleton(kind).set("future", ofSpec));
              if (!ofStatus.isEmpty()) {
                tree.putObject("status").set("future", ofStatus);
              }
              return tree.set("future", ofObject);
            });
  }

  private static ObjectNode skeleton(String kind) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    if (kind.equals("Pod")) {
      spec.putArray("resourceClaims").addObject().put("name", "gpu");
    } else {
      ObjectNode request = spec.putObject("devices").putArray("requests").addObject();
      request.put("name", "r").putObject("exactly").put("deviceClassName", "gpu");
    }
    return spec;
  }

  /** Whoever reads a result may not be this program. */
  @Test
  void meansTheSameToOtherReaders() throws IOException {
    JsonNode meaning = EXACT.readTree(resource("meaning.json"));

    String json = convert(resource("styles.yaml"), "json");
    String ndjson = convert(resource("styles.yaml"), "ndjson");
    Map<String, Object> yaml = new Yaml().load(convert(resource("styles.yaml"), "yaml"));

    assertThat(EXACT.readTree(json).at("/items/0")).isEqualTo(meaning);
    assertThat(EXACT.readTree(ndjson)).isEqualTo(meaning);
    Map<?, ?> item = (Map<?, ?>) ((List<?>) yaml.get("items")).get(0);
    assertThat(item.get("metadata"))
        .isEqualTo(EXACT.convertValue(meaning.get("metadata"), Map.class));
  }

  @Test
  void losesNothingOnTheWayThroughAllFormats() throws IOException {
    for (String from : FORMATS) {
      String text = convert(resource("styles.yaml"), from);
      Path file = Files.writeString(folder.resolve("claims." + from), text);
      Path compressed = folder.resolve("claims." + from + ".gz");
      Files.write(compressed, gzip(text.getBytes(StandardCharsets.UTF_8)));
      for (String to : FORMATS) {
        String direct = convert(resource("styles.yaml"), to);

        assertThat(convert(text, to)).as("%s to %s", from, to).isEqualTo(direct);
        assertThat(convertFile(file, to)).as("%s to %s", from, to).isEqualTo(direct);
        assertThat(convertFile(compressed, to)).as("%s.gz to %s", from, to).isEqualTo(direct);
      }
    }
  }

  private static String convert(String text, String to) {
    return result(new CommandRun().in(text).run("allocate", "-f", "-", "-o", to));
  }

  private static String convertFile(Path file, String to) {
    return result(new CommandRun().run("allocate", "-f", file.toString(), "-o", to));
  }

  private static String result(Outcome outcome) {
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RoundTripTest.class.getResourceAsStream("roundtrip/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<ObjectNode> read(String text) throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        (object, line) -> objects.add(object));
    return objects;
  }

  private static String text(List<ObjectNode> objects, String format) throws IOException {
    StringBuilder text = new StringBuilder();
    if (format.equals("json")) {
      ObjectNode list = JsonNodeFactory.instance.objectNode();
      list.put("apiVersion", "v1").put("kind", "List");
      list.putArray("items").addAll(objects);
      JsonEmitter.pretty(list, "", text);
      return text.toString();
    }
    for (ObjectNode object : objects) {
      if (format.equals("yaml")) {
        text.append("---\n");
        new YamlEmitter(text).document(object);
      } else {
        text.append(JsonEmitter.compact(object)).append('\n');
      }
    }
    return text.toString();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
