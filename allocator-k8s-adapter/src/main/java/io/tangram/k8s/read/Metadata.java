package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Optional;

/**
 * What an object says of itself.
 *
 * @param object the whole object
 * @param uid its uid; absent for an object that no API server has seen
 * @param createdAt when it was created
 * @param beingDeleted whether it is on its way out
 */
record Metadata(
    Field object, Optional<String> uid, Optional<Instant> createdAt, boolean beingDeleted) {

  /** Where an object without a namespace goes. */
  static final String DEFAULT_NAMESPACE = "default";

  private static final String RULE = "object metadata";

  /** Reads the metadata of an object that lives in no namespace. */
  static Metadata ofCluster(String file, int line, String kind, ObjectNode object) {
    return read(file, line, kind, object, false);
  }

  /** Reads the metadata of an object that lives in a namespace. */
  static Metadata ofNamespaced(String file, int line, String kind, ObjectNode object) {
    return read(file, line, kind, object, true);
  }

  private static Metadata read(
      String file, int line, String kind, ObjectNode object, boolean namespaced) {
    ResourceVersion version =
        ResourceVersion.of(object.path("apiVersion").asText()).orElse(ResourceVersion.V1);
    String noName = "(without a name, line " + line + ")";
    Field unnamed = Field.of(new ObjectLabel(file, kind, "", noName, version), object);
    Field anonymous = unnamed.get("metadata").required(RULE);
    String name = anonymous.get("name").name(NameSyntax.SUBDOMAIN, RULE);
    String namespace = namespaced ? namespace(anonymous.get("namespace")) : "";
    Field named = Field.of(new ObjectLabel(file, kind, namespace, name, version), object);
    version.toV1(named);
    Field metadata = named.get("metadata");
    String uid = metadata.get("uid").text();
    return new Metadata(
        named,
        uid.isEmpty() ? Optional.empty() : Optional.of(uid),
        metadata.get("creationTimestamp").time(),
        metadata.get("deletionTimestamp").time().isPresent());
  }

  private static String namespace(Field field) {
    return field.text().isEmpty() ? DEFAULT_NAMESPACE : field.name(NameSyntax.LABEL, RULE);
  }

  /** The name. */
  String name() {
    return object.label().name();
  }

  /** The labels. */
  ImmutableMap<String, String> labels() {
    return object.get("metadata").get("labels").mapEntries().stream()
        .collect(ImmutableMap.toImmutableMap(Field::key, Field::text));
  }
}
