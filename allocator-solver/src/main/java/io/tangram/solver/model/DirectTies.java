package io.tangram.solver.model;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.solver.compile.ClaimShape.Tie;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.model.DirectUnit.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The constraints (7) and (8) of {@link DirectModel}, between the devices of a claim, for units of
 * one type.
 */
final class DirectTies {

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final UnitType type;

  DirectTies(CompiledProblem problem, CpModelBuilder model, UnitType type) {
    this.problem = problem;
    this.model = model;
    this.type = type;
  }

  /** Whether a device has every attribute that constraints on the alternative compare (R97). */
  boolean hasAttributes(Ways.Pick pick, int device) {
    return type.claims().get(pick.claim()).constraints().stream()
        .filter(tie -> tie.covers(pick.request(), pick.alternative()))
        .allMatch(tie -> !elements(tie, pick.leaf(), device).isEmpty());
  }

  private List<Element> elements(Tie tie, Leaf leaf, int device) {
    AttributeValue value = problem.value(leaf, device, tie.trait());
    if (value == null) {
      return List.of();
    }
    return switch (tie.kind()) {
      case MATCH -> value.elements().asList();
      case DISTINCT -> value.exclusiveElements().asList();
    };
  }

  /** Adds the constraints of one claim of a unit, given what it may take. */
  void add(DirectUnit unit, int claim, List<Use> ofClaim) {
    for (Tie tie : type.claims().get(claim).constraints()) {
      List<Use> covered =
          ofClaim.stream()
              .filter(use -> tie.covers(use.pick().request(), use.pick().alternative()))
              .toList();
      switch (tie.kind()) {
        case MATCH -> addMatch(unit, claim, tie, covered);
        case DISTINCT -> addDistinct(tie, covered);
      }
    }
  }

  /** (7), summed over the devices of an alternative that have only the one value. */
  private void addMatch(DirectUnit unit, int claim, Tie tie, List<Use> covered) {
    Map<Element, BoolVar> values = new LinkedHashMap<>();
    Map<Ways.Pick, Map<Element, LinearExprBuilder>> single = new LinkedHashMap<>();
    for (Use use : covered) {
      List<Element> elements = elements(tie, use.pick().leaf(), use.device());
      LinearExprBuilder some = LinearExpr.newBuilder();
      for (Element element : elements) {
        BoolVar value =
            values.computeIfAbsent(
                element, e -> model.newBoolVar(unit.name("value", claim, values.size())));
        some.add(value);
      }
      if (elements.size() == 1 && !use.pick().leaf().isAll()) {
        single
            .computeIfAbsent(use.pick(), pick -> new LinkedHashMap<>())
            .computeIfAbsent(elements.get(0), e -> LinearExpr.newBuilder())
            .add(use.taken());
      } else {
        model.addLessOrEqual(use.taken(), some);
      }
    }
    single.forEach(
        (pick, byElement) ->
            byElement.forEach(
                (element, taken) ->
                    model.addLessOrEqual(taken, term(values.get(element), pick.leaf().count()))));
    model.addLessOrEqual(LinearExpr.sum(values.values().toArray(new BoolVar[0])), 1);
  }

  private static LinearExpr term(@Nullable BoolVar variable, long factor) {
    return variable == null ? LinearExpr.constant(0) : LinearExpr.term(variable, factor);
  }

  /** (8). */
  private void addDistinct(Tie tie, List<Use> covered) {
    Map<Element, List<Literal>> byElement = new LinkedHashMap<>();
    for (Use use : covered) {
      for (Element element : elements(tie, use.pick().leaf(), use.device())) {
        byElement.computeIfAbsent(element, e -> new ArrayList<>()).add(use.taken());
      }
    }
    byElement.values().stream()
        .filter(taken -> taken.size() > 1)
        .forEach(taken -> model.addLessOrEqual(LinearExpr.sum(taken.toArray(new Literal[0])), 1));
  }
}
