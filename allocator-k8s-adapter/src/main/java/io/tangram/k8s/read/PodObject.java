package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pending {@code Pod} as it was read, every field of it, kept small until it is written.
 * Immutable.
 */
public final class PodObject {

  private final WorkloadId id;
  private final String uid;
  private final ImmutableMap<String, String> generated;
  private final ImmutableMap<ClaimId, Reservation> shared;
  private final Optional<Extended> extended;
  private final ImmutableListMultimap<ClaimId, String> containers;
  private final byte[] json;

  /**
   * What stands for extended resources of the pod.
   *
   * @param claim the claim, of which the requests are created that its node doesn't serve itself
   * @param uses which container has the devices of which request
   */
  public record Extended(ClaimId claim, ImmutableList<ExtendedUse> uses) {}

  private PodObject(
      WorkloadId id,
      String uid,
      ImmutableMap<String, String> generated,
      ImmutableMap<ClaimId, Reservation> shared,
      Optional<Extended> extended,
      ImmutableListMultimap<ClaimId, String> containers,
      byte[] json) {
    this.id = id;
    this.uid = uid;
    this.generated = generated;
    this.shared = shared;
    this.extended = extended;
    this.containers = containers;
    this.json = json;
  }

  static PodObject of(WorkloadId id, String uid, ObjectNode tree) {
    byte[] json = JsonEmitter.compact(tree).getBytes(StandardCharsets.UTF_8);
    return new PodObject(
        id,
        uid,
        ImmutableMap.of(),
        ImmutableMap.of(),
        Optional.empty(),
        ImmutableListMultimap.of(),
        json);
  }

  /** Returns the pod with claims that its status has yet to name, by the names of its entries. */
  PodObject withGenerated(ImmutableMap<String, String> claims) {
    return new PodObject(id, uid, claims, shared, extended, containers, json);
  }

  /** Returns the pod with claims that are reserved for its group. */
  PodObject withShared(ImmutableMap<ClaimId, Reservation> claims) {
    return new PodObject(id, uid, generated, claims, extended, containers, json);
  }

  /** Returns the pod with a claim that stands for extended resources of it. */
  PodObject withExtended(Extended claim) {
    return new PodObject(id, uid, generated, shared, Optional.of(claim), containers, json);
  }

  /** Returns the pod with the names of the containers that reference each of its claims. */
  PodObject withContainers(Map<ClaimId, List<String>> names) {
    ImmutableListMultimap.Builder<ClaimId, String> all = ImmutableListMultimap.builder();
    names.forEach(all::putAll);
    return new PodObject(id, uid, generated, shared, extended, all.build(), json);
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

  /** Returns who may use a claim of it once it is placed: it, or its group (R187, R229). */
  public Reservation reservation(ClaimId claim) {
    Reservation ofGroup = shared.get(claim);
    return ofGroup == null ? new Reservation("", "pods", id.name(), uid) : ofGroup;
  }

  /**
   * The names of the containers that reference each of its claims, once for each reference; empty
   * where no device takes anything of nodes (R239).
   */
  public ImmutableListMultimap<ClaimId, String> containers() {
    return containers;
  }

  /** What stands for its extended resources, if it asks for any. */
  public Optional<Extended> extended() {
    return extended;
  }

  /** Returns a tree of the object, a new one each time. */
  public ObjectNode tree() {
    return (ObjectNode) ObjectText.parseJson(json);
  }
}
