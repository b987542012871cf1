package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What evaluating each node of an expression costs, by its id (R52).
 *
 * <p>These are the costs that Kubernetes counts while it evaluates, not the estimates it makes
 * before. A selection or an index costs 1, and so does the name its chain starts with; a function 1
 * or what {@link CallCost} says; a new list 10, a map 30, a message 40. Constants, also lists of
 * them and their conversions, tests of presence, logic and conditions cost nothing. Where
 * Kubernetes' count depends on how it plans an evaluation, this one is the smaller: an expression
 * that passes there passes here.
 */
final class CostPlan {

  private static final int LIST_COST = 10;
  private static final int MAP_COST = 30;
  private static final int MESSAGE_COST = 40;

  /** What the library's {@code optMap} calls the optional; Kubernetes repeats it instead. */
  static final String OPTIONAL_TARGET = "@target";

  private final CelAbstractSyntaxTree ast;
  private final int[] fixed;
  private final @Nullable CallCost[] variable;
  private final int[] @Nullable [] arguments;

  /** For a name that a macro bound, the node whose value it has; 0 for other nodes. */
  private final int[] origins;

  /** While visiting: the names that macros bound here, and the nodes of their values. */
  private final Map<String, Integer> bound = new HashMap<>();

  private CostPlan(CelAbstractSyntaxTree ast, int size) {
    this.ast = ast;
    this.fixed = new int[size];
    this.variable = new CallCost[size];
    this.arguments = new int[size][];
    this.origins = new int[size];
  }

  /** Returns the plan of a checked expression. */
  static CostPlan of(CelAbstractSyntaxTree ast) {
    CostPlan plan = new CostPlan(ast, Nodes.greatestId(ast.getExpr()) + 1);
    plan.visit(ast.getExpr(), false);
    return plan;
  }

  /** Ids are below this. */
  int size() {
    return fixed.length;
  }

  /** The cost of one evaluation of a node. */
  long cost(int id, @Nullable Object[] values, Object result) {
    @Nullable CallCost rule = variable[id];
    if (rule == null) {
      return fixed[id];
    }
    int[] ids = argumentsOf(id);
    @Nullable Object[] given = new Object[ids.length];
    for (int i = 0; i < ids.length; i++) {
      given[i] = values[ids[i]];
    }
    return rule.of(given, result);
  }

  /** Whether the node is a sum of two values. */
  boolean isAddition(int id) {
    return variable[id] == CallCost.ADDITION || variable[id] == CallCost.DYNAMIC_ADDITION;
  }

  /** The id of an argument of a call, the receiver being the first. */
  int argument(int id, int index) {
    return argumentsOf(id)[index];
  }

  /**
   * The node whose value a name has, or 0 for any other node. The interpreter copies a list that it
   * binds, so the value of the name is another object.
   */
  int origin(int id) {
    return origins[id];
  }

  private int[] argumentsOf(int id) {
    int @Nullable [] ids = arguments[id];
    if (ids == null) {
      throw new IllegalStateException("Node " + id + " is no call");
    }
    return ids;
  }

  /**
   * Visits a node.
   *
   * @param free whether the name at the start of its chain costs nothing: that of an index and of a
   *     branch of a condition
   */
  private void visit(CelExpr expr, boolean free) {
    int id = (int) expr.id();
    switch (expr.getKind()) {
      case IDENT -> {
        fixed[id] = free || isConstantName(expr) ? 0 : 1;
        origins[id] = bound.getOrDefault(expr.ident().name(), 0);
      }
      case SELECT -> {
        if (ast.getReference(expr.id()).isPresent()) {
          fixed[id] = free || isConstantName(expr) ? 0 : 1;
        } else {
          CelExpr operand = expr.select().operand();
          visit(operand, free && isChain(operand));
          fixed[id] = (expr.select().testOnly() ? 0 : 1) + (isChain(operand) ? 0 : 1);
        }
      }
      case CALL -> visitCall(expr, free);
      case LIST -> {
        expr.list().elements().forEach(element -> visit(element, false));
        fixed[id] = Constants.isConstant(expr) ? 0 : LIST_COST;
      }
      case MAP -> {
        for (var entry : expr.map().entries()) {
          visit(entry.key(), false);
          visit(entry.value(), false);
        }
        fixed[id] = Constants.isConstant(expr) ? 0 : MAP_COST;
      }
      case STRUCT -> {
        expr.struct().entries().forEach(entry -> visit(entry.value(), false));
        fixed[id] = MESSAGE_COST;
      }
      case COMPREHENSION -> visitComprehension(expr.comprehension());
      default -> {}
    }
  }

  private void visitComprehension(CelComprehension loop) {
    visit(loop.iterRange(), false);
    visit(loop.accuInit(), false);
    Map<String, Integer> outside = Map.copyOf(bound);
    bound.keySet().removeAll(List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar()));
    visit(loop.loopCondition(), false);
    visit(loop.loopStep(), false);
    bound.clear();
    bound.putAll(outside);
    if (Nodes.isBinding(loop)) {
      bound.put(loop.accuVar(), (int) loop.accuInit().id());
    } else {
      bound.remove(loop.accuVar());
    }
    visit(loop.result(), false);
    bound.clear();
    bound.putAll(outside);
  }

  private void visitCall(CelExpr expr, boolean free) {
    int id = (int) expr.id();
    CelCall call = expr.call();
    List<CelExpr> given = new ArrayList<>();
    call.target().ifPresent(given::add);
    given.addAll(call.args());
    arguments[id] = given.stream().mapToInt(argument -> (int) argument.id()).toArray();

    if (isLookup(call)) {
      CelExpr operand = given.get(0);
      CelExpr key = given.get(1);
      visit(operand, free && isChain(operand));
      visit(key, isChain(key));
      fixed[id] = isChain(operand) ? 1 : 2;
    } else if (call.function().equals(Operator.CONDITIONAL.getFunction())) {
      visit(given.get(0), false);
      visit(given.get(1), isChain(given.get(1)));
      visit(given.get(2), isChain(given.get(2)));
    } else {
      given.forEach(argument -> visit(argument, false));
      if (Constants.isConstant(expr)) {
        fixed[id] = 0;
      } else {
        ImmutableList<String> overloads =
            ast.getReference(expr.id()).map(CelReference::overloadIds).orElse(ImmutableList.of());
        variable[id] = CallCost.of(call, overloads);
        fixed[id] = CallCost.fixed(call);
      }
    }
  }

  /** Whether the node selects or indexes. */
  private static boolean isLookup(CelCall call) {
    return call.function().equals(Operator.INDEX.getFunction())
        || call.function().equals(Operator.OPTIONAL_INDEX.getFunction())
        || call.function().equals(Operator.OPTIONAL_SELECT.getFunction());
  }

  /** Whether the node is a name, a condition, or a selection or an index of something. */
  private static boolean isChain(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT, SELECT -> true;
      case CALL ->
          isLookup(expr.call())
              || expr.call().function().equals(Operator.CONDITIONAL.getFunction());
      default -> false;
    };
  }

  /** Whether the name stands for a constant, a type, or the value an optional macro bound. */
  private boolean isConstantName(CelExpr expr) {
    Optional<CelReference> reference = ast.getReference(expr.id());
    return reference.flatMap(CelReference::value).isPresent()
        || ast.getType(expr.id()).filter(type -> type.kind() == CelKind.TYPE).isPresent()
        || expr.identOrDefault().name().equals(OPTIONAL_TARGET);
  }
}
