package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.ClaimId;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A {@code ResourceClaim} as it was read or generated for a pod or a group of pods, every field of
 * it, kept small until it is written. Immutable.
 */
public final class ClaimObject {

  /** Marks a claim that stands for extended resources of a pod (R217). */
  static final String EXTENDED_ANNOTATION = "resource.kubernetes.io/extended-resource-claim";

  private final ClaimId id;
  private final Optional<String> uid;
  private final Standing standing;
  private final byte[] json;

  /**
   * What a claim says of itself beside what it wants.
   *
   * @param allocated whether it has an allocation
   * @param beingDeleted whether it is on its way out
   * @param generated whether it is not of the input, but was generated for a pod of it
   * @param owner the pod or group of pods that controls it
   * @param entry the entry of that for which it was generated, empty where it doesn't say
   * @param extended whether it stands for extended resources of a pod
   * @param reservations who may use it
   */
  record Standing(
      boolean allocated,
      boolean beingDeleted,
      boolean generated,
      Optional<ClaimOwner> owner,
      String entry,
      boolean extended,
      ImmutableList<Reservation> reservations) {

    /** Reads it from a claim. */
    static Standing of(Metadata metadata) {
      Field object = metadata.object();
      Field status = object.get("status");
      Field annotations = object.get("metadata").get("annotations");
      Optional<ClaimOwner> owner = controller(object.get("metadata"));
      return new Standing(
          status.get("allocation").isPresent(),
          metadata.beingDeleted(),
          false,
          owner,
          owner.map(each -> annotations.get(each.kind().entryAnnotation()).text()).orElse(""),
          annotations.get(EXTENDED_ANNOTATION).text().equals("true"),
          Reservation.parse(status));
    }

    private static Optional<ClaimOwner> controller(Field metadata) {
      for (Field owner : metadata.get("ownerReferences").entries(Field.MANY, "object metadata")) {
        for (ClaimOwner.Kind kind : ClaimOwner.Kind.values()) {
          if (owner.get("controller").isTrue() && kind.isOf(owner)) {
            return Optional.of(
                new ClaimOwner(kind, owner.get("name").text(), owner.get("uid").text()));
          }
        }
      }
      return Optional.empty();
    }

    /** Returns that of a claim that is generated for a pod or a group of pods. */
    static Standing generated(ClaimOwner owner, String entry, boolean extended) {
      return new Standing(
          false, false, true, Optional.of(owner), entry, extended, ImmutableList.of());
    }
  }

  private ClaimObject(ClaimId id, Optional<String> uid, Standing standing, byte[] json) {
    this.id = id;
    this.uid = uid;
    this.standing = standing;
    this.json = json;
  }

  static ClaimObject of(ClaimId id, Optional<String> uid, Standing standing, ObjectNode tree) {
    return new ClaimObject(
        id, uid, standing, JsonEmitter.compact(tree).getBytes(StandardCharsets.UTF_8));
  }

  /** The identity. */
  public ClaimId id() {
    return id;
  }

  /** The uid; absent for an object that no API server has seen. */
  public Optional<String> uid() {
    return uid;
  }

  /** Whether it was generated for a pod of the input, rather than read. */
  public boolean isGenerated() {
    return standing.generated();
  }

  /** Whether it stands for extended resources of a pod (R217). */
  public boolean isExtended() {
    return standing.extended();
  }

  /** Who may use it already. */
  public ImmutableList<Reservation> reservations() {
    return standing.reservations();
  }

  Standing standing() {
    return standing;
  }

  /** Returns whether it controls the claim, by uid where both are known. */
  boolean isControlledBy(ClaimOwner.Kind kind, String name, Optional<String> uidOfOwner) {
    if (standing.owner().isEmpty() || standing.owner().get().kind() != kind) {
      return false;
    }
    ClaimOwner owner = standing.owner().get();
    boolean byUid = uidOfOwner.isPresent() && !owner.uid().isEmpty();
    return byUid ? owner.uid().equals(uidOfOwner.get()) : owner.name().equals(name);
  }

  /** Returns a tree of the object, a new one each time. */
  public ObjectNode tree() {
    return (ObjectNode) ObjectText.parseJson(json);
  }
}
