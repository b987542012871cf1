package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import java.util.Optional;

/** Reads a {@code Node}: its labels, what keeps pods away, and what it has for pods. */
final class NodeParser {

  private static final String RULE = "node resources";

  /** The mark of a node that takes no more pods. */
  private static final Taint UNSCHEDULABLE =
      new Taint(Taint.UNSCHEDULABLE, "", Taint.Effect.NO_SCHEDULE, Optional.empty());

  private NodeParser() {}

  /**
   * Returns the node; {@link Node#available} is all that pods may have, those that run there
   * included. Where the status names no allocatable resources, the capacity counts, as an API
   * server sets it.
   */
  static Node parse(Metadata metadata, ParseContext context) {
    Field status = metadata.object().get("status");
    Field allocatable = status.get("allocatable");
    Field resources = allocatable.isPresent() ? allocatable : status.get("capacity");
    return Node.builder()
        .name(metadata.name())
        .labels(metadata.labels())
        .taints(taints(metadata.object().get("spec"), context))
        .available(resources.isPresent() ? Optional.of(amounts(resources, RULE)) : Optional.empty())
        .build();
  }

  private static ImmutableList<Taint> taints(Field spec, ParseContext context) {
    ImmutableList<Taint> taints =
        spec.get("taints").list(Field.MANY, RULE, taint -> TaintParser.nodeTaint(taint, context));
    boolean marked =
        taints.stream()
            .anyMatch(
                taint ->
                    taint.key().equals(UNSCHEDULABLE.key())
                        && taint.effect() == UNSCHEDULABLE.effect());
    return spec.get("unschedulable").isTrue() && !marked
        ? ImmutableList.<Taint>builder().addAll(taints).add(UNSCHEDULABLE).build()
        : taints;
  }

  /** Reads amounts of resources by name, none of which may be negative. */
  static ImmutableMap<String, Quantity> amounts(Field map, String rule) {
    return map.mapEntries().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                Field::key,
                entry -> {
                  Quantity amount = entry.requiredQuantity(rule);
                  if (amount.signum() < 0) {
                    throw entry.bad(amount + " must not be negative (" + rule + ").");
                  }
                  return amount;
                }));
  }
}
