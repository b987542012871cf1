package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.device.DeviceSelector;
import io.tangram.k8s.tree.ObjectText;
import io.tangram.k8s.tree.SyntaxException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;

/**
 * Reads clusters from Kubernetes objects. Objects may come in any order and from any number of
 * files. One object is held at a time; slices are kept as what they say, claims and pending pods
 * that use them whole.
 */
public final class ClusterReader {

  private final Function<String, DeviceSelector> compiler;
  private final long seed;

  private ClusterReader(Function<String, DeviceSelector> compiler, long seed) {
    this.compiler = compiler;
    this.seed = seed;
  }

  /**
   * Returns a reader.
   *
   * @param compiler makes a selector of a CEL expression; an expression that doesn't compile is a
   *     selector with a defect
   */
  public static ClusterReader create(Function<String, DeviceSelector> compiler) {
    return new ClusterReader(compiler, 1);
  }

  /**
   * Returns a reader that makes uids and names from this seed where an API server would have made
   * them; from 1 without it.
   */
  public ClusterReader withSeed(long newSeed) {
    return new ClusterReader(compiler, newSeed);
  }

  /**
   * Reads one cluster.
   *
   * @param files where its objects are
   * @throws InputException if a file can't be read, is no text of objects, or has an object that an
   *     API server would refuse, of a kind that is not read yet, or that contradicts another
   */
  public Cluster read(List<InputFile> files) {
    return read(files, List.of());
  }

  /**
   * Reads a cluster as an allocation left it.
   *
   * @param files the objects that it was given
   * @param results the claims, perhaps pods, that it left; they stand for those of their names
   * @throws InputException as {@link #read(List)} does, and if a result has another spec than the
   *     object it stands for
   */
  public Cluster read(List<InputFile> files, List<InputFile> results) {
    ClusterBuilder cluster = new ClusterBuilder(new ParseContext(compiler), new SeededUids(seed));
    add(results, cluster);
    cluster.endResults();
    add(files, cluster);
    return cluster.build();
  }

  /**
   * Looks whether objects are well-formed, each by itself: what they may refer to can be elsewhere.
   *
   * @throws InputException as {@link #read(List)} does
   */
  public void check(List<InputFile> files) {
    add(files, new ClusterBuilder(new ParseContext(compiler), new SeededUids(seed)));
  }

  private static void add(List<InputFile> files, ClusterBuilder cluster) {
    for (InputFile file : files) {
      try (InputStream in = file.open()) {
        ObjectText.read(in, (object, line) -> accept(cluster, file, object, line));
      } catch (SyntaxException e) {
        throw new InputException(file + ": " + e.getMessage() + ".");
      } catch (EOFException e) {
        throw new InputException(file + ": the compressed data ends early.");
      } catch (IOException e) {
        throw new InputException(file + ": can't be read: " + e.getMessage() + ".");
      }
    }
  }

  private static String typeField(ObjectNode object, String field, String where) {
    JsonNode value = object.path(field);
    if (value.isTextual() && !value.textValue().isEmpty()) {
      return value.textValue();
    }
    boolean isSet = !value.isTextual() && !value.isMissingNode() && !value.isNull();
    throw new InputException(
        where
            + field
            + (isSet ? ": must be a string; " : ": is required; ")
            + "every Kubernetes object says its apiVersion and kind.");
  }

  private static void accept(ClusterBuilder cluster, InputFile file, ObjectNode object, int line) {
    String where = file + ": line " + line + ": ";
    String kind = typeField(object, "kind", where);
    String apiVersion = typeField(object, "apiVersion", where);
    switch (ObjectKind.of(apiVersion, kind)) {
      case NODE -> cluster.addNode(Metadata.ofCluster(file.name(), line, kind, object));
      case NAMESPACE -> cluster.addNamespace(Metadata.ofCluster(file.name(), line, kind, object));
      case RESOURCE_SLICE -> cluster.addSlice(Metadata.ofCluster(file.name(), line, kind, object));
      case DEVICE_CLASS -> cluster.addClass(Metadata.ofCluster(file.name(), line, kind, object));
      case RESOURCE_CLAIM ->
          cluster.addClaim(Metadata.ofNamespaced(file.name(), line, kind, object), object);
      case RESOURCE_CLAIM_TEMPLATE ->
          cluster.addClaimTemplate(Metadata.ofNamespaced(file.name(), line, kind, object));
      case POD -> cluster.addPod(Metadata.ofNamespaced(file.name(), line, kind, object), object);
      case PRIORITY_CLASS ->
          cluster.addPriorityClass(Metadata.ofCluster(file.name(), line, kind, object));
      case UNKNOWN -> cluster.skip(apiVersion, kind);
      case NOT_READ_YET ->
          throw new InputException(
              where
                  + kind
                  + " "
                  + object.path("metadata").path("name").asText()
                  + ": objects of this kind matter for allocation, but are not read yet. Leave them"
                  + " out of the input.");
      case OTHER_VERSION ->
          throw new InputException(
              where
                  + kind
                  + " "
                  + object.path("metadata").path("name").asText()
                  + ": apiVersion: "
                  + apiVersion
                  + " is not read. Convert the object to resource.k8s.io/v1 (section 0.4).");
    }
  }
}
