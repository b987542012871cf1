package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.ObjectText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Sound objects to change. Of each kind a cluster has a few, so that thousands of runs are fast.
 */
final class Seeds {

  private static final int MOST_OF_A_KIND = 3;

  private static final List<String> RESOURCES =
      List.of(
          "/io/tangram/k8s/cli/real/h100.yaml",
          "/io/tangram/k8s/cli/golden/gpu-and-nic.yaml",
          "/io/tangram/k8s/cli/golden/partitions.yaml",
          "/io/tangram/k8s/cli/golden/shared-gpu.yaml",
          "/io/tangram/k8s/cli/golden/pods.yaml",
          "/io/tangram/k8s/cli/golden/pods.result.yaml",
          "/io/tangram/k8s/cli/roundtrip/styles.yaml");

  private static final List<String> EXAMPLES =
      List.of("gpu-nic-cluster.yaml", "mig-cluster.yaml", "capability-claims.yaml");

  private static final Path CASES =
      Path.of(System.getProperty("tangram.conformance", "../../shared/conformance/cases"));

  private Seeds() {}

  /** Returns one object of every kind in every version, with every field that means something. */
  static ArrayNode everyKind() {
    return objects(resource("every-kind.yaml"));
  }

  /** Returns what asks for devices: claims and templates. */
  static ArrayNode wanted() {
    ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
    for (JsonNode each : everyKind()) {
      if (each.path("kind").asText().startsWith("ResourceClaim")) {
        wanted.add(each);
      }
    }
    return wanted;
  }

  /** Returns a list of prices of nodes. */
  static ArrayNode prices() {
    return objects(resource("prices.yaml"));
  }

  /** Returns clusters, half of them that of every kind. */
  static List<ArrayNode> clusters() {
    List<ArrayNode> others = new ArrayList<>(conformanceCases());
    RESOURCES.forEach(name -> others.add(few(objects(resource(name)))));
    EXAMPLES.forEach(name -> others.add(few(objects(bytes(Path.of("examples", name))))));
    List<ArrayNode> clusters = new ArrayList<>(Collections.nCopies(others.size(), everyKind()));
    clusters.addAll(others);
    return clusters;
  }

  /** Returns the problems of the conformance cases, if they are there. */
  private static List<ArrayNode> conformanceCases() {
    if (!Files.isDirectory(CASES)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .sorted()
          .map(file -> few(objectsIn(ObjectText.parseJson(bytes(file)))))
          .filter(Predicate.not(ArrayNode::isEmpty))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode objectsIn(JsonNode tree) {
    ArrayNode found = JsonNodeFactory.instance.arrayNode();
    for (JsonNode child : tree) {
      if (child.has("kind")) {
        found.add(child);
      } else {
        found.addAll(objectsIn(child));
      }
    }
    return found;
  }

  /** Returns the first objects of each kind, of those of one name the first. */
  private static ArrayNode few(ArrayNode all) {
    ArrayNode few = JsonNodeFactory.instance.arrayNode();
    List<String> kinds = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode object : all) {
      String kind = object.path("kind").asText();
      long before = kinds.stream().filter(kind::equals).count();
      if (before < MOST_OF_A_KIND
          && names.add(kind + object.at("/metadata/namespace") + object.at("/metadata/name"))) {
        kinds.add(kind);
        few.add(object);
      }
    }
    return few;
  }

  /** Reads objects. */
  static ArrayNode objects(byte[] text) {
    ArrayNode objects = JsonNodeFactory.instance.arrayNode();
    try {
      ObjectText.read(
          new ByteArrayInputStream(text), (ObjectNode object, int line) -> objects.add(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return objects;
  }

  private static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Seeds.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
