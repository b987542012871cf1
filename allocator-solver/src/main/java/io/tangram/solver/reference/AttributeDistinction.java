package io.tangram.solver.reference;

import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.reference.Defect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No two devices have a value in common (R104 to R106). The reference remembers one value for each
 * request, that of the device added last, and none once a device of the request is removed (R106).
 */
final class AttributeDistinction extends ClaimConstraint {

  private final boolean scalarsOnly;
  private final boolean remembersLast;
  private final List<AttributeValue> all = new ArrayList<>();
  private final Map<String, AttributeValue> lastOf = new LinkedHashMap<>();
  private int devices;

  AttributeDistinction(DeviceConstraint.DistinctAttribute constraint, Set<Defect> defects) {
    super(constraint, constraint.attribute());
    this.scalarsOnly = defects.contains(Defect.LISTS_NEVER_MATCH);
    this.remembersLast = defects.contains(Defect.DISTINCTION_REMEMBERS_LAST);
  }

  @Override
  boolean add(String request, AttributeValue value) {
    if (devices > 0 && !isDistinctFromOthers(value)) {
      return false;
    }
    devices++;
    lastOf.put(request, value);
    return all.add(value);
  }

  private boolean isDistinctFromOthers(AttributeValue value) {
    boolean isUnread =
        value.isList() && (scalarsOnly || value.type() == AttributeValue.Type.UNREAD_LIST);
    return !isUnread
        && (remembersLast ? lastOf.values() : all)
            .stream().noneMatch(known -> scalarsOnly ? value.equals(known) : overlap(value, known));
  }

  @Override
  void remove(String request, @Nullable AttributeValue value) {
    devices--;
    lastOf.remove(request);
    all.remove(all.size() - 1);
  }
}
