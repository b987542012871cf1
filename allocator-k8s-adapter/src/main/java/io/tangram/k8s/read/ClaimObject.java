package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.ClaimId;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A {@code ResourceClaim} as it was read or generated for a pod, every field of it, kept small
 * until it is written. Immutable.
 */
public final class ClaimObject {

  /** Names the entry of a pod for which a claim was generated (R226). */
  static final String ENTRY_ANNOTATION = "resource.kubernetes.io/pod-claim-name";

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
   * @param owner the pod that controls it
   * @param entry the entry of that pod for which it was generated, empty where it doesn't say
   * @param extended whether it stands for extended resources of that pod
   * @param reservations who may use it
   */
  record Standing(
      boolean allocated,
      boolean beingDeleted,
      boolean generated,
      Optional<Owner> owner,
      String entry,
      boolean extended,
      ImmutableList<Reservation> reservations) {

    /** Reads it from a claim. */
    static Standing of(Metadata metadata) {
      Field object = metadata.object();
      Field status = object.get("status");
      Field annotations = object.get("metadata").get("annotations");
      return new Standing(
          status.get("allocation").isPresent(),
          metadata.beingDeleted(),
          false,
          Owner.ofController(object.get("metadata")),
          annotations.get(ENTRY_ANNOTATION).text(),
          annotations.get(EXTENDED_ANNOTATION).text().equals("true"),
          Reservation.parse(status));
    }

    /** Returns that of a claim that is generated for a pod. */
    static Standing generated(PodObject pod, String entry, boolean extended) {
      Owner owner = new Owner(pod.id().name(), pod.uid());
      return new Standing(
          false, false, true, Optional.of(owner), entry, extended, ImmutableList.of());
    }
  }

  /**
   * The pod that controls a claim.
   *
   * @param pod the name of the pod
   * @param uid its uid
   */
  record Owner(String pod, String uid) {

    private static Optional<Owner> ofController(Field metadata) {
      return metadata.get("ownerReferences").entries(Field.MANY, "object metadata").stream()
          .filter(owner -> owner.get("controller").isTrue())
          .filter(owner -> owner.get("apiVersion").text().equals("v1"))
          .filter(owner -> owner.get("kind").text().equals("Pod"))
          .map(owner -> new Owner(owner.get("name").text(), owner.get("uid").text()))
          .findFirst();
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

  /** Returns whether the pod controls the claim, by uid where both are known. */
  boolean isControlledBy(String pod, Optional<String> podUid) {
    if (standing.owner().isEmpty()) {
      return false;
    }
    Owner owner = standing.owner().get();
    boolean byUid = podUid.isPresent() && !owner.uid().isEmpty();
    return byUid ? owner.uid().equals(podUid.get()) : owner.pod().equals(pod);
  }

  /** Returns a tree of the object, a new one each time. */
  public ObjectNode tree() {
    return (ObjectNode) ObjectText.parseJson(json);
  }
}
