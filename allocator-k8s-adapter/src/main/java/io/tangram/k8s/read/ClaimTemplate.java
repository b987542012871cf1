package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;

/** A {@code ResourceClaimTemplate}: claims like it are generated for pods (R226, R233). */
final class ClaimTemplate {

  private static final String RULE = "R233";

  private final ClaimSpec spec;

  /** {@code spec} of the template: the metadata and the specification of its claims. */
  private final byte[] json;

  private ClaimTemplate(ClaimSpec spec, byte[] json) {
    this.spec = spec;
    this.json = json;
  }

  static ClaimTemplate parse(Field object, ClaimSpecParser specs, ParseContext context) {
    Field template = object.get("spec").required(RULE);
    context.expectOnly(ImmutableSet.of("metadata", "spec"), template);
    Field metadata = template.get("metadata");
    for (String field : metadata.names()) {
      if (field.equals("labels") || field.equals("annotations")) {
        metadata.get(field).mapEntries().forEach(Field::text);
      } else {
        throw metadata.get(field).bad("only labels and annotations are allowed (" + RULE + ").");
      }
    }
    ClaimAnnotations.warnOfTemplate(object.get("metadata").get("annotations"), context);
    return new ClaimTemplate(
        ClaimAnnotations.on(
            specs.parse(template.get("spec")), metadata.get("annotations"), context),
        JsonEmitter.compact(template.node()).getBytes(StandardCharsets.UTF_8));
  }

  /** What claims like it want. */
  ClaimSpec spec() {
    return spec;
  }

  /** Returns what a claim like it wants. */
  Claim claim(ClaimId id) {
    return Claim.builder()
        .id(id)
        .build()
        .withRequests(spec.requests())
        .withConstraints(spec.constraints())
        .withConfigs(spec.configs());
  }

  /**
   * Returns a claim like it, as the resource claim controller makes it for a pod or a group of pods
   * and the API server stores it; the time is left out.
   *
   * @param name the name of the claim and what it was made from
   * @param uid the uid of the claim
   * @param owner whose it becomes
   * @param entry the entry of the owner
   */
  ObjectNode tree(GeneratedName name, ClaimId id, String uid, ClaimOwner owner, String entry) {
    JsonNode template = ObjectText.parseJson(json);
    ObjectNode tree = name.claim(id.namespace(), uid);
    ObjectNode metadata = tree.withObject("/metadata");
    JsonNode labels = template.path("metadata").path("labels");
    if (!labels.isEmpty()) {
      metadata.set("labels", labels);
    }
    ObjectNode annotations = metadata.putObject("annotations");
    template
        .path("metadata")
        .path("annotations")
        .properties()
        .forEach(annotation -> annotations.set(annotation.getKey(), annotation.getValue()));
    annotations.put(owner.kind().entryAnnotation(), entry);
    metadata.putArray("ownerReferences").add(owner.reference().put("blockOwnerDeletion", true));
    tree.set("spec", template.path("spec"));
    return tree;
  }
}
