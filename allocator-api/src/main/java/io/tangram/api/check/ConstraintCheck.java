package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceConstraint.DistinctAttribute;
import io.tangram.api.claim.DeviceConstraint.Linked;
import io.tangram.api.claim.DeviceConstraint.MatchAttribute;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The conditions of a claim on its devices together (section 6 of the rules). A value is a set: of
 * one element for a scalar, of the list's elements for a list. Matching devices have an element in
 * common, all of them the same one (R101); distinct devices have none in common, two by two (R105,
 * R106). Elements of different types are different. A list where lists are off matches nothing and
 * differs from scalars only (R100, R104). What a request derives comes before what a device
 * publishes (R234). What joins devices is for {@link LinkCheck}.
 */
final class ConstraintCheck {

  private final ClusterIndex cluster;
  private final List<ChosenDevice> chosen;
  private final Findings findings;

  ConstraintCheck(ClusterIndex cluster, List<ChosenDevice> chosen, Findings findings) {
    this.cluster = cluster;
    this.chosen = chosen;
    this.findings = findings;
  }

  /** Runs the check for one constraint. */
  void run(DeviceConstraint constraint) {
    ImmutableList<ChosenDevice> covered =
        chosen.stream()
            .filter(each -> constraint.covers(each.leaf().request(), each.wanted()))
            .collect(ImmutableList.toImmutableList());
    if (constraint instanceof MatchAttribute match) {
      if (allHave(match.attribute(), covered)) {
        requireMatch(match.attribute(), covered);
      }
    } else if (constraint instanceof DistinctAttribute distinct) {
      if (allHave(distinct.attribute(), covered)) {
        requireDistinct(distinct.attribute(), covered);
      }
    } else if (constraint instanceof Linked linked) {
      new LinkCheck(cluster, findings).run(linked.requirement(), covered);
    } else {
      findings.violation("R95", "the claim has a constraint of an unknown kind");
    }
  }

  private boolean allHave(QualifiedName attribute, List<ChosenDevice> covered) {
    boolean complete = true;
    for (ChosenDevice each : covered) {
      if (value(each, attribute).elements().isEmpty()) {
        findings.drift(
            "R97", each.id(), "has no attribute " + attribute + ", which a constraint needs");
        complete = false;
      }
    }
    return complete;
  }

  private void requireMatch(QualifiedName attribute, List<ChosenDevice> covered) {
    Set<Element> common = new HashSet<>();
    for (int i = 0; i < covered.size(); i++) {
      ImmutableSet<Element> own = value(covered.get(i), attribute).elements();
      if (i == 0) {
        common.addAll(own);
      } else {
        common.retainAll(own);
      }
      if (common.isEmpty()) {
        findings.drift(
            "R101",
            covered.get(i).id(),
            "has no value of " + attribute + " in common with the claim's other devices");
        return;
      }
    }
  }

  private void requireDistinct(QualifiedName attribute, List<ChosenDevice> covered) {
    Map<Element, DeviceId> owners = new HashMap<>();
    for (ChosenDevice each : covered) {
      ImmutableSet<Element> own = value(each, attribute).exclusiveElements();
      for (Element taken : Sets.intersection(own, owners.keySet())) {
        findings.drift(
            "R105",
            each.id(),
            "shares %s %s with %s".formatted(attribute, taken.value(), owners.get(taken)));
        return;
      }
      own.forEach(element -> owners.put(element, each.id()));
    }
  }

  private AttributeValue value(ChosenDevice chosen, QualifiedName attribute) {
    AttributeValue value =
        cluster.attribute(chosen.wanted(), attribute, chosen.id().driver(), chosen.device());
    return value == null ? new AttributeValue.UnknownValue() : value;
  }
}
