package io.tangram.api.testing;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the devices chosen for one claim satisfy its constraints (section 6 of the rules). What
 * joins them is for {@link LinkRules}.
 */
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
    return constraint instanceof DeviceConstraint.Linked || covered.isEmpty();
  }

  /**
   * Returns the values of the devices that have the attribute, derived or their own (R97, R234).
   */
  private static List<AttributeValue> values(QualifiedName attribute, List<ChosenDevice> covered) {
    List<AttributeValue> values = new ArrayList<>();
    for (ChosenDevice each : covered) {
      value(attribute, each)
          .filter(value -> value.type() != AttributeValue.Type.UNKNOWN)
          .filter(value -> !value.elements().isEmpty())
          .ifPresent(values::add);
    }
    return values;
  }

  private static Optional<AttributeValue> value(QualifiedName attribute, ChosenDevice chosen) {
    String driver = chosen.device().driver();
    Device device = chosen.device().device();
    DerivedAttribute derived = chosen.alternative().derivedAttributes().get(attribute);
    if (derived == null) {
      return Optional.ofNullable(device.attribute(driver, attribute));
    }
    return derived.evaluate(driver, device) instanceof DerivedAttribute.Outcome.Value value
        ? Optional.of(value.value())
        : Optional.empty();
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
