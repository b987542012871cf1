package io.tangram.solver.reference;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.reference.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All devices have a value in common (R98 to R102). The reference keeps what is common to all it
 * ever saw until it is left without devices (R102), or compares scalars only (R103).
 */
final class AttributeMatch extends ClaimConstraint {

  private final boolean scalarsOnly;
  private final boolean staysNarrow;
  private final List<AttributeValue> values = new ArrayList<>();
  private ImmutableSet<Element> narrowest = ImmutableSet.of();

  AttributeMatch(DeviceConstraint.MatchAttribute constraint, Set<Defect> defects) {
    super(constraint, constraint.attribute());
    this.scalarsOnly = defects.contains(Defect.LISTS_NEVER_MATCH);
    this.staysNarrow = defects.contains(Defect.COMMON_VALUES_STAY_NARROW);
  }

  @Override
  boolean add(String request, AttributeValue value) {
    if (values.isEmpty()) {
      values.add(value);
      narrowest = value.elements();
      return true;
    }
    if (scalarsOnly) {
      return !value.isList() && value.equals(values.get(0)) && values.add(value);
    }
    ImmutableSet<Element> common =
        Sets.intersection(staysNarrow ? narrowest : common(), value.elements()).immutableCopy();
    if (common.isEmpty()) {
      return false;
    }
    narrowest = common;
    return values.add(value);
  }

  private Set<Element> common() {
    Set<Element> common = values.get(0).elements();
    for (AttributeValue value : values) {
      common = Sets.intersection(common, value.elements()).immutableCopy();
    }
    return common;
  }

  @Override
  void remove(String request, @Nullable AttributeValue value) {
    values.remove(values.size() - 1);
  }
}
