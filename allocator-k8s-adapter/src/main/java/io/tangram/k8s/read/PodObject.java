package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.WorkloadId;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;

/**
 * A pending {@code Pod} as it was read, every field of it, kept small until it is written.
 * Immutable.
 */
public final class PodObject {

  private final WorkloadId id;
  private final String uid;
  private final ImmutableMap<String, String> generated;
  private final byte[] json;

  private PodObject(
      WorkloadId id, String uid, ImmutableMap<String, String> generated, byte[] json) {
    this.id = id;
    this.uid = uid;
    this.generated = generated;
    this.json = json;
  }

  static PodObject of(WorkloadId id, String uid, ObjectNode tree) {
    byte[] json = JsonEmitter.compact(tree).getBytes(StandardCharsets.UTF_8);
    return new PodObject(id, uid, ImmutableMap.of(), json);
  }

  /** Returns the pod with claims that its status has yet to name, by the names of its entries. */
  PodObject withGenerated(ImmutableMap<String, String> claims) {
    return new PodObject(id, uid, claims, json);
  }

  /** The identity. */
  public WorkloadId id() {
    return id;
  }

  /** The uid; made from the seed for an object that no API server has seen. */
  public String uid() {
    return uid;
  }

  /** The claims generated for it that its status doesn't name, by the names of its entries. */
  public ImmutableMap<String, String> generated() {
    return generated;
  }

  /** Returns a tree of the object, a new one each time. */
  public ObjectNode tree() {
    return (ObjectNode) ObjectText.parseJson(json);
  }
}
