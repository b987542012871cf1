package io.tangram.api.plan;

import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * On how many nodes a workload may not be, whatever devices and resources are there. A node counts
 * once, for the first of these that rules it out.
 *
 * @param bySelectors how many its node selectors rule out: the node's name, its labels, affinity
 * @param selector the selector that rules out the most of these, if any does
 * @param byClaims on how many claims that go with it can't be used (R186)
 * @param unschedulable how many take no more workloads
 * @param byTaints how many have other taints that it doesn't tolerate
 * @param taint the taint that is on the most of these, if any is
 */
public record ExcludedNodes(
    int bySelectors,
    Optional<NodeSelector> selector,
    int byClaims,
    int unschedulable,
    int byTaints,
    Optional<Taint> taint) {

  /** No nodes. */
  public static final ExcludedNodes NONE =
      new ExcludedNodes(0, Optional.empty(), 0, 0, 0, Optional.empty());

  private static final int SHOWN = 120;

  /** How many nodes these are. */
  public int count() {
    return bySelectors + byClaims + untolerated();
  }

  /** How many are ruled out by taints; to be unschedulable is one. */
  public int untolerated() {
    return unschedulable + byTaints;
  }

  /** Returns the counts in words, without those that are 0. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (bySelectors > 0) {
      parts.add(bySelectors + " by node selectors" + example(selector));
    }
    if (byClaims > 0) {
      parts.add(byClaims + " since claims that go with it can't be used there (R186)");
    }
    if (unschedulable > 0) {
      parts.add(unschedulable + " as unschedulable");
    }
    if (byTaints > 0) {
      parts.add(byTaints + " by taints that it doesn't tolerate" + example(taint));
    }
    return String.join(", ", parts);
  }

  private static String example(Optional<?> example) {
    return example
        .map(Object::toString)
        .map(text -> text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text)
        .map(text -> ", such as " + text)
        .orElse("");
  }
}
