package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.claim.ClaimId;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A {@code ResourceClaim} as it was read, every field of it, kept small until it is written.
 * Immutable.
 */
public final class ClaimObject {

  private final ClaimId id;
  private final Optional<String> uid;
  private final byte[] json;

  private ClaimObject(ClaimId id, Optional<String> uid, byte[] json) {
    this.id = id;
    this.uid = uid;
    this.json = json;
  }

  static ClaimObject of(ClaimId id, Optional<String> uid, ObjectNode tree) {
    return new ClaimObject(id, uid, JsonEmitter.compact(tree).getBytes(StandardCharsets.UTF_8));
  }

  /** The identity. */
  public ClaimId id() {
    return id;
  }

  /** The uid; absent for an object that no API server has seen. */
  public Optional<String> uid() {
    return uid;
  }

  /** Returns a tree of the object, a new one each time. */
  public ObjectNode tree() {
    return (ObjectNode) ObjectText.parseJson(json);
  }
}
