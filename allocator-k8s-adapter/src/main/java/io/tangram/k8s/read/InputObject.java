package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.ObjectSink;
import io.tangram.k8s.tree.ObjectText;
import io.tangram.k8s.tree.SyntaxException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * An object as it stands in a file, before anybody looks into it.
 *
 * @param file the file
 * @param line the line on which it begins
 * @param apiVersion its apiVersion
 * @param kind its kind
 * @param tree the whole object
 */
record InputObject(InputFile file, int line, String apiVersion, String kind, ObjectNode tree) {

  /**
   * Hands every object of the files to {@code sink}, in order.
   *
   * @throws InputException if a file can't be read, is no text of objects, or has an object that
   *     doesn't say what it is
   */
  static void readAll(List<InputFile> files, Consumer<InputObject> sink) {
    for (InputFile file : files) {
      readTrees(file, (tree, line) -> sink.accept(of(file, line, tree)));
    }
  }

  /**
   * Hands every tree of a file to {@code sink}, in order.
   *
   * @throws InputException if the file can't be read or is no text of trees
   */
  static void readTrees(InputFile file, ObjectSink sink) {
    try (InputStream in = file.open()) {
      ObjectText.read(in, sink);
    } catch (SyntaxException e) {
      throw new InputException(file + ": " + e.getMessage() + ".");
    } catch (EOFException e) {
      throw new InputException(file + ": the compressed data ends early.");
    } catch (IOException e) {
      throw new InputException(file + ": can't be read: " + e.getMessage() + ".");
    }
  }

  private static InputObject of(InputFile file, int line, ObjectNode tree) {
    String where = file + ": line " + line + ": ";
    String kind = typeField(tree, "kind", where);
    return new InputObject(file, line, typeField(tree, "apiVersion", where), kind, tree);
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

  /** What becomes of it in a cluster. */
  ObjectKind objectKind() {
    return ObjectKind.of(apiVersion, kind);
  }

  /** Reads what an object that lives in no namespace says of itself. */
  Metadata ofCluster() {
    return Metadata.ofCluster(file.name(), line, kind, tree);
  }

  /** Reads what an object that lives in a namespace says of itself. */
  Metadata ofNamespaced() {
    return Metadata.ofNamespaced(file.name(), line, kind, tree);
  }

  /** Returns the complaint about an object of a version that is not read. */
  InputException otherVersion() {
    return refused(
        "apiVersion: "
            + apiVersion
            + " is not read. Convert the object to resource.k8s.io/v1 (section 0.4).");
  }

  /** Returns a complaint about the object, whatever it is. */
  InputException refused(String why) {
    return new InputException(
        file
            + ": line "
            + line
            + ": "
            + kind
            + " "
            + tree.path("metadata").path("name").asText()
            + ": "
            + why);
  }
}
