package io.tangram.solver.nodesearch;

import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.solver.compile.ClaimShape.Tie;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Attribute values as ascending arrays of numbers, one for each distinct element: a scalar is a set
 * of one (R101), elements of different types are different (R99). Not thread-safe.
 */
final class AttributeElements {

  private static final int[] NONE = {};

  private final CompiledProblem problem;
  private final Map<Element, Integer> numbers = new HashMap<>();
  private final IdentityHashMap<AttributeValue, int[]> known = new IdentityHashMap<>();
  private final IdentityHashMap<AttributeValue, int[]> knownExclusive = new IdentityHashMap<>();

  AttributeElements(CompiledProblem problem) {
    this.problem = problem;
  }

  /**
   * The elements that a constraint on a request compares of a device; none where it lacks the
   * attribute (R28, R97).
   */
  int[] of(Leaf leaf, int device, Tie tie) {
    AttributeValue value = problem.value(leaf, device, tie.trait());
    if (value == null) {
      return NONE;
    }
    return switch (tie.kind()) {
      case MATCH -> known.computeIfAbsent(value, each -> number(each.elements()));
      case DISTINCT ->
          knownExclusive.computeIfAbsent(value, each -> number(each.exclusiveElements()));
    };
  }

  /** Whether the value is a list where lists are off. */
  boolean isUnread(Leaf leaf, int device, Tie tie) {
    AttributeValue value = problem.value(leaf, device, tie.trait());
    return value != null && value.type() == AttributeValue.Type.UNREAD_LIST;
  }

  private int[] number(Set<Element> elements) {
    return elements.stream()
        .mapToInt(element -> numbers.computeIfAbsent(element, e -> numbers.size()))
        .sorted()
        .toArray();
  }
}
