package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What evaluating an expression can cost at most, on whatever device. Kubernetes refuses to store
 * an expression above its limit (R52), so none has to be evaluated here that runs for minutes.
 *
 * <p>Sizes are followed from literals and from what is declared of a device ({@link DeclaredSize})
 * through names that macros bind, indices, sums and functions. A text or list that has no size that
 * way, such as the text of a number, counts as boundless, as it does in Kubernetes. Costs of nodes
 * are those of {@link CostPlan}, but none is saved for constants.
 */
final class CostEstimate {

  private static final int LIST_COST = 10;
  private static final int MAP_COST = 30;
  private static final int MESSAGE_COST = 40;

  private final CelAbstractSyntaxTree ast;
  private final Map<Long, SizeRange> sizes = new HashMap<>();
  private final Map<Long, Entries> entries = new HashMap<>();
  private final Map<Long, DeclaredSize> places = new HashMap<>();
  private final Map<String, Deque<Local>> locals = new HashMap<>();

  /** The sizes of what a list or a map holds. */
  private record Entries(boolean isList, SizeRange key, SizeRange value) {

    Entries or(Entries other) {
      return new Entries(isList, key.or(other.key), value.or(other.value));
    }
  }

  /** What is known of a name that a macro bound. */
  private record Local(
      @Nullable DeclaredSize place, @Nullable SizeRange size, @Nullable Entries entries) {}

  private CostEstimate(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  /** Returns the estimate of a checked expression; the greatest long where nothing bounds it. */
  static long of(CelAbstractSyntaxTree ast) {
    return new CostEstimate(ast).cost(ast.getExpr());
  }

  private static long plus(long... costs) {
    long sum = 0;
    for (long cost : costs) {
      sum = LongMath.saturatedAdd(sum, cost);
    }
    return sum;
  }

  private long costOf(List<CelExpr> exprs) {
    long sum = 0;
    for (CelExpr expr : exprs) {
      sum = plus(sum, cost(expr));
    }
    return sum;
  }

  private long cost(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> {
        setPlace(expr, place(expr));
        yield 1;
      }
      case SELECT -> costOfSelect(expr);
      case CALL -> costOfCall(expr);
      case LIST -> costOfList(expr);
      case MAP -> costOfMap(expr);
      case STRUCT ->
          plus(
              MESSAGE_COST,
              costOf(
                  expr.struct().entries().stream()
                      .map(CelExpr.CelStruct.Entry::value)
                      .collect(ImmutableList.toImmutableList())));
      case COMPREHENSION -> costOfComprehension(expr);
      default -> 0;
    };
  }

  private long costOfSelect(CelExpr expr) {
    if (ast.getReference(expr.id()).isPresent()) {
      return 1; // a qualified name
    }
    CelExpr operand = expr.select().operand();
    long cost = cost(operand);
    if (expr.select().testOnly()) {
      return cost;
    }
    DeclaredSize place = place(operand);
    setPlace(expr, place == null ? null : place.select(expr.select().field()));
    return switch (typeOf(operand).kind()) {
      case MAP, STRUCT, TYPE_PARAM -> plus(cost, 1);
      default -> cost;
    };
  }

  private long costOfList(CelExpr expr) {
    ImmutableList<CelExpr> elements = expr.list().elements();
    long cost = plus(LIST_COST, costOf(elements));
    entries.put(expr.id(), new Entries(true, SizeRange.exactly(1), anyOf(elements)));
    return cost;
  }

  private long costOfMap(CelExpr expr) {
    ImmutableList<CelExpr> keys =
        expr.map().entries().stream()
            .map(CelMap.Entry::key)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<CelExpr> values =
        expr.map().entries().stream()
            .map(CelMap.Entry::value)
            .collect(ImmutableList.toImmutableList());
    long cost = plus(MAP_COST, costOf(keys), costOf(values));
    entries.put(expr.id(), new Entries(false, anyOf(keys), anyOf(values)));
    return cost;
  }

  private SizeRange anyOf(List<CelExpr> exprs) {
    return exprs.stream().map(this::size).reduce(SizeRange::or).orElse(SizeRange.exactly(0));
  }

  // Loops.

  private long costOfComprehension(CelExpr expr) {
    CelComprehension loop = expr.comprehension();
    return Nodes.isBinding(loop) ? costOfBinding(expr, loop) : costOfLoop(expr, loop);
  }

  private long costOfBinding(CelExpr expr, CelComprehension loop) {
    boolean ofOptional = loop.accuVar().equals(CostPlan.OPTIONAL_TARGET);
    long cost = plus(ofOptional ? 0 : LIST_COST, cost(loop.accuInit()));
    push(loop.accuVar(), localOf(loop.accuInit()));
    cost = plus(cost, cost(loop.result()));
    setSize(expr, knownSize(loop.result()));
    setEntries(expr, entries(loop.result()));
    pop(loop.accuVar());
    return cost;
  }

  private long costOfLoop(CelExpr expr, CelComprehension loop) {
    long before = plus(cost(loop.iterRange()), cost(loop.accuInit()));
    push(loop.accuVar(), localOf(loop.accuInit()));
    if (loop.iterVar2().isEmpty()) {
      push(loop.iterVar(), isList(loop.iterRange()) ? value(loop) : key(loop));
    } else {
      push(loop.iterVar(), key(loop));
      push(loop.iterVar2(), value(loop));
    }
    long each = plus(cost(loop.loopCondition()), cost(loop.loopStep()));
    Entries made = entries(loop.loopStep());
    pop(loop.iterVar());
    if (!loop.iterVar2().isEmpty()) {
      pop(loop.iterVar2());
    }
    long result = cost(loop.result());
    pop(loop.accuVar());

    SizeRange rounds = size(loop.iterRange());
    switch (loop.accuInit().getKind()) {
      case CONSTANT -> setSize(expr, knownSize(loop.accuInit()));
      case LIST, MAP -> {
        setSize(expr, rounds);
        setEntries(expr, made);
      }
      default -> {}
    }
    return plus(before, LongMath.saturatedMultiply(rounds.max(), each), result);
  }

  private boolean isList(CelExpr range) {
    Entries known = entries(range);
    return known == null ? typeOf(range).kind() == CelKind.LIST : known.isList();
  }

  private Local key(CelComprehension loop) {
    Entries known = entries(loop.iterRange());
    DeclaredSize place = place(loop.iterRange());
    boolean isIndex = isList(loop.iterRange());
    return new Local(
        place == null || isIndex ? null : place.key(), known == null ? null : known.key(), null);
  }

  private Local value(CelComprehension loop) {
    Entries known = entries(loop.iterRange());
    DeclaredSize place = place(loop.iterRange());
    return new Local(
        place == null ? null : place.element(), known == null ? null : known.value(), null);
  }

  private Local localOf(CelExpr expr) {
    return new Local(place(expr), knownSize(expr), entries(expr));
  }

  private void push(String name, Local local) {
    locals.computeIfAbsent(name, key -> new ArrayDeque<>()).push(local);
  }

  private void pop(String name) {
    Deque<Local> stack = locals.get(name);
    if (stack != null) {
      stack.pop();
    }
  }

  private @Nullable Local local(CelExpr expr) {
    Deque<Local> stack =
        expr.getKind() == CelExpr.ExprKind.Kind.IDENT ? locals.get(expr.ident().name()) : null;
    return stack == null ? null : stack.peek();
  }

  // Calls.

  private long costOfCall(CelExpr expr) {
    CelCall call = expr.call();
    if (call.function().equals("dyn")) {
      CelExpr argument = call.args().get(0);
      long cost = plus(1, cost(argument));
      setSize(expr, knownSize(argument));
      setEntries(expr, entries(argument));
      return cost;
    }
    long targetCost = call.target().map(this::cost).orElse(0L);
    long[] argumentCosts = call.args().stream().mapToLong(this::cost).toArray();
    List<String> overloads =
        ast.getReference(expr.id()).map(CelReference::overloadIds).orElse(ImmutableList.of());
    long greatest = 0;
    SizeRange result = null;
    for (String overload : overloads) {
      CallEstimate estimate = CallEstimate.of(call, overload, this);
      greatest = Math.max(greatest, estimate.cost());
      if (estimate.result() != null) {
        result = result == null ? estimate.result() : result.or(estimate.result());
      }
    }
    passOn(expr, call);
    setSize(expr, result == null ? knownSize(expr) : result);
    return plus(targetCost, greatest, costOfArguments(call, argumentCosts));
  }

  /** Only one branch of a condition is evaluated. */
  private static long costOfArguments(CelCall call, long[] costs) {
    return call.function().equals("_?_:_")
        ? plus(costs[0], Math.max(costs[1], costs[2]))
        : plus(costs);
  }

  /** Notes what is known of the result beside its size. */
  private void passOn(CelExpr expr, CelCall call) {
    switch (call.function()) {
      case "_[_]" -> {
        CelExpr operand = call.args().get(0);
        Entries known = entries(operand);
        DeclaredSize place = place(operand);
        setPlace(expr, place == null ? null : place.element());
        setSize(expr, known == null ? null : known.value());
      }
      case "_?_:_" -> setEntries(expr, either(call.args().get(1), call.args().get(2)));
      case "_+_" -> setEntries(expr, either(call.args().get(0), call.args().get(1)));
      default -> {}
    }
  }

  private @Nullable Entries either(CelExpr one, CelExpr other) {
    Entries ofOne = entries(one);
    Entries ofOther = entries(other);
    return ofOne == null || ofOther == null ? null : ofOne.or(ofOther);
  }

  // What is known of nodes.

  /** The type of a node. */
  CelType typeOf(CelExpr expr) {
    return ast.getType(expr.id()).orElse(SimpleType.DYN);
  }

  /** The size of a node's value, perhaps unknown. */
  SizeRange size(CelExpr expr) {
    SizeRange known = knownSize(expr);
    return known == null ? SizeRange.UNKNOWN : known;
  }

  /** The size of the elements of a declared list or map, perhaps unknown. */
  SizeRange elementSize(CelExpr container) {
    DeclaredSize place = place(container);
    DeclaredSize element = place == null ? null : place.element();
    return element == null ? SizeRange.UNKNOWN : element.range();
  }

  private @Nullable SizeRange knownSize(CelExpr expr) {
    SizeRange noted = sizes.get(expr.id());
    if (noted != null) {
      return noted;
    }
    SizeRange literal = literalSize(expr);
    if (literal != null) {
      return literal;
    }
    DeclaredSize place = place(expr);
    if (place != null) {
      return place.range();
    }
    if (isScalar(typeOf(expr))) {
      return SizeRange.exactly(1);
    }
    Local local = local(expr);
    return local == null ? null : local.size();
  }

  private static @Nullable SizeRange literalSize(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> SizeRange.exactly(constantSize(expr.constant()));
      case LIST -> SizeRange.exactly(expr.list().elements().size());
      case MAP -> SizeRange.exactly(expr.map().entries().size());
      default -> null;
    };
  }

  private static long constantSize(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE ->
          constant.stringValue().codePointCount(0, constant.stringValue().length());
      case BYTES_VALUE -> constant.bytesValue().size();
      default -> 1;
    };
  }

  private static boolean isScalar(CelType type) {
    return switch (type.kind()) {
      case BOOL, DOUBLE, DURATION, INT, NULL_TYPE, STRUCT, TIMESTAMP, TYPE, UINT -> true;
      default -> type instanceof OptionalType && isScalar(type.parameters().get(0));
    };
  }

  private @Nullable DeclaredSize place(CelExpr expr) {
    Local local = local(expr);
    if (local != null) {
      return local.place();
    }
    return isDevice(expr) ? DeclaredSize.DEVICE : places.get(expr.id());
  }

  private static boolean isDevice(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return false;
    }
    String name = expr.ident().name();
    return name.equals(DeviceType.VARIABLE) || name.equals("." + DeviceType.VARIABLE);
  }

  private @Nullable Entries entries(CelExpr expr) {
    Entries noted = entries.get(expr.id());
    if (noted != null) {
      return noted;
    }
    Local local = local(expr);
    return local == null ? null : local.entries();
  }

  private void setSize(CelExpr expr, @Nullable SizeRange size) {
    if (size != null) {
      sizes.put(expr.id(), size);
    }
  }

  private void setPlace(CelExpr expr, @Nullable DeclaredSize place) {
    if (place != null) {
      places.put(expr.id(), place);
    }
  }

  private void setEntries(CelExpr expr, @Nullable Entries known) {
    if (known != null) {
      entries.put(expr.id(), known);
    }
  }
}
