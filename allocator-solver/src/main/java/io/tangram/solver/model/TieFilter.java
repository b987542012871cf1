package io.tangram.solver.model;

import com.google.common.collect.Iterables;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Trait;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which devices keep to the constraints on one alternative, beside those it has already. */
final class TieFilter {

  private final CompiledProblem problem;
  private final Map<Trait, Element> matched = new LinkedHashMap<>();
  private final Map<Trait, Set<Element>> distinct = new LinkedHashMap<>();

  /**
   * Lets in what keeps to constraints.
   *
   * @param values the value that each matchAttribute is to have
   */
  TieFilter(
      CompiledProblem problem,
      List<ClaimShape.Tie> constraints,
      Map<ClaimShape.Tie, Element> values) {
    this.problem = problem;
    for (ClaimShape.Tie tie : constraints) {
      Element value = values.get(tie);
      if (value != null) {
        matched.put(tie.trait(), value);
      } else {
        distinct.put(tie.trait(), new HashSet<>());
      }
    }
  }

  /** The value of a trait, of which countable devices have one at most. */
  static @Nullable Element value(CompiledProblem problem, int device, Trait trait) {
    AttributeValue value = problem.value(device, trait);
    return value == null ? null : Iterables.getOnlyElement(value.elements());
  }

  /** Whether there are no constraints. */
  boolean isOpen() {
    return matched.isEmpty() && distinct.isEmpty();
  }

  /** Whether the device may join those taken. */
  boolean admits(int device) {
    for (Map.Entry<Trait, Element> each : matched.entrySet()) {
      if (!each.getValue().equals(value(problem, device, each.getKey()))) {
        return false;
      }
    }
    for (Map.Entry<Trait, Set<Element>> each : distinct.entrySet()) {
      Element value = value(problem, device, each.getKey());
      if (value == null || each.getValue().contains(value)) {
        return false;
      }
    }
    return true;
  }

  /** Notes that the device is taken. */
  void take(int device) {
    for (Map.Entry<Trait, Set<Element>> each : distinct.entrySet()) {
      Element value = value(problem, device, each.getKey());
      if (value != null) {
        each.getValue().add(value);
      }
    }
  }
}
