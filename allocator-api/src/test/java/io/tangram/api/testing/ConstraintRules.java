package io.tangram.api.testing;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the devices chosen for one claim satisfy its constraints (section 6 of the rules). */
final class ConstraintRules {

  private ConstraintRules() {}

  static boolean areSatisfied(Claim claim, List<ChosenDevice> chosen) {
    return claim.constraints().stream().allMatch(constraint -> isSatisfied(constraint, chosen));
  }

  private static boolean isSatisfied(DeviceConstraint constraint, List<ChosenDevice> chosen) {
    List<ChosenDevice> covered =
        chosen.stream()
            .filter(each -> constraint.covers(each.request(), each.alternative()))
            .toList();
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      List<AttributeValue> values = values(match.attribute(), covered);
      return values.size() == covered.size() && haveCommonElement(values);
    }
    if (constraint instanceof DeviceConstraint.DistinctAttribute distinct) {
      List<AttributeValue> values = values(distinct.attribute(), covered);
      return values.size() == covered.size() && arePairwiseDisjoint(values);
    }
    return covered.isEmpty();
  }

  /** Returns the values of the devices that have the attribute (R97). */
  private static List<AttributeValue> values(QualifiedName attribute, List<ChosenDevice> covered) {
    List<AttributeValue> values = new ArrayList<>();
    for (ChosenDevice each : covered) {
      AttributeValue value = each.device().device().attribute(each.device().driver(), attribute);
      if (value != null && value.type() != AttributeValue.Type.UNKNOWN) {
        values.add(value);
      }
    }
    return values;
  }

  /** R98, R99, R101. */
  private static boolean haveCommonElement(List<AttributeValue> values) {
    if (values.isEmpty()) {
      return true;
    }
    Set<Element> common = new HashSet<>(values.get(0).elements());
    values.forEach(value -> common.retainAll(value.elements()));
    return !common.isEmpty();
  }

  /** R104, R105. */
  private static boolean arePairwiseDisjoint(List<AttributeValue> values) {
    Set<Element> seen = new HashSet<>();
    return values.stream()
        .allMatch(value -> value.exclusiveElements().stream().allMatch(seen::add));
  }
}
