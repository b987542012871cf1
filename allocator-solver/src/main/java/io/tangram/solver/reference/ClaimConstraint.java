package io.tangram.solver.reference;

import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.reference.Defect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A constraint of a claim with what it remembers of the devices chosen so far (section 6 of the
 * rules). For every device added there is at most one call that removes it, the last first. Not
 * thread-safe.
 */
abstract sealed class ClaimConstraint permits AttributeMatch, AttributeDistinction {

  private final DeviceConstraint constraint;
  private final QualifiedName attribute;

  ClaimConstraint(DeviceConstraint constraint, QualifiedName attribute) {
    this.constraint = constraint;
    this.attribute = attribute;
  }

  /**
   * Returns a constraint that remembers nothing yet.
   *
   * @throws IllegalArgumentException if the constraint is of an unknown kind; claims with such a
   *     one are left out before anything is searched for them
   */
  static ClaimConstraint of(DeviceConstraint constraint, Set<Defect> defects) {
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      return new AttributeMatch(match, defects);
    } else if (constraint instanceof DeviceConstraint.DistinctAttribute distinct) {
      return new AttributeDistinction(distinct, defects);
    }
    throw new IllegalArgumentException(
        "Constraint " + constraint + " is of an unknown kind, which nothing can satisfy (R95).");
  }

  /** The attributes of a device as an alternative sees them. */
  interface Attributes {
    @Nullable AttributeValue get(QualifiedName name);
  }

  /** Adds a device for an alternative of a request unless that violates the constraint. */
  final boolean add(Request request, DeviceRequest alternative, Attributes device) {
    if (!constraint.covers(request, alternative)) {
      return true;
    }
    AttributeValue value = device.get(attribute); // an empty list, if it is derived (R234)
    return value != null && !value.elements().isEmpty() && add(request.name(), value);
  }

  /** Removes a device that was added. */
  final void remove(Request request, DeviceRequest alternative, Attributes device) {
    if (constraint.covers(request, alternative)) {
      remove(request.name(), device.get(attribute));
    }
  }

  /** The constraint in words. */
  final String text() {
    String kind = this instanceof AttributeMatch ? "matchAttribute " : "distinctAttribute ";
    return kind
        + attribute
        + " of "
        + (constraint.requests().isEmpty()
            ? "all requests"
            : String.join(", ", constraint.requests()));
  }

  abstract boolean add(String request, AttributeValue value);

  abstract void remove(String request, @Nullable AttributeValue value);

  /** Whether two values have an element in common (R101). */
  static boolean overlap(AttributeValue one, AttributeValue other) {
    return one.elements().stream().anyMatch(other.elements()::contains);
  }
}
