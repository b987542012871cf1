package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.CelStruct;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntimeBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rewrites a checked expression where dev.cel's interpreter departs from Kubernetes', into calls of
 * functions that this class binds:
 *
 * <ol>
 *   <li>An operand of {@code &&} or {@code ||} that turns out to be no bool is an error that the
 *       other operand may absorb; the interpreter gives up at once.
 *   <li>Optional selections and indices of what has no parts are none, and so are those of what was
 *       selected optionally before; the interpreter fails, and evaluates operands twice.
 *   <li>{@code has} of what has no parts is false; the interpreter fails.
 *   <li>Functions with an overload for lists of each type are ambiguous to the interpreter where
 *       the type is known only at run time ({@link ListFunctions}).
 * </ol>
 *
 * <p>Nodes keep their ids; new ones get ids above all others.
 */
final class AstAdaptation {

  private static final String CONDITION = "@condition";
  private static final String OPTIONAL = "@lookup";
  private static final String PRESENCE = "@presence";

  private final CelAbstractSyntaxTree ast;
  private final Map<Long, CelReference> references;
  private final Map<Long, CelType> types;
  private long lastId;

  private AstAdaptation(CelAbstractSyntaxTree ast) {
    this.ast = ast;
    this.references = new HashMap<>(ast.getReferenceMap());
    this.types = new HashMap<>(ast.getTypeMap());
    this.lastId = Nodes.greatestId(ast.getExpr());
  }

  /** Returns the adapted expression. */
  static CelAbstractSyntaxTree adapt(CelAbstractSyntaxTree ast) {
    AstAdaptation adaptation = new AstAdaptation(ast);
    CelExpr expr = adaptation.adapt(ast.getExpr());
    return CelAbstractSyntaxTree.newCheckedAst(
        expr, ast.getSource(), adaptation.references, adaptation.types);
  }

  /** The functions that adapted expressions call. */
  static void bind(CelRuntimeBuilder runtime) {
    runtime.addFunctionBindings(
        CelFunctionBinding.from(CONDITION, Object.class, AstAdaptation::condition),
        CelFunctionBinding.from(OPTIONAL, Object.class, Object.class, Lookup::optional),
        CelFunctionBinding.from(PRESENCE, Object.class, String.class, Lookup::isPresent));
  }

  private static boolean condition(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw CelFailure.noSuchOverload("logical operator", value);
  }

  private CelExpr adapt(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> adaptSelect(expr);
      case CALL -> adaptCall(expr);
      case LIST ->
          CelExpr.ofList(
              expr.id(), adaptAll(expr.list().elements()), expr.list().optionalIndices());
      case MAP -> CelExpr.ofMap(expr.id(), adaptEntries(expr.map()));
      case STRUCT ->
          CelExpr.ofStruct(expr.id(), expr.struct().messageName(), adaptFields(expr.struct()));
      case COMPREHENSION -> adaptComprehension(expr);
      default -> expr;
    };
  }

  private ImmutableList<CelExpr> adaptAll(List<CelExpr> exprs) {
    return exprs.stream().map(this::adapt).collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<CelMap.Entry> adaptEntries(CelMap map) {
    return map.entries().stream()
        .map(
            entry ->
                CelExpr.ofMapEntry(
                    entry.id(), adapt(entry.key()), adapt(entry.value()), entry.optionalEntry()))
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableList<CelStruct.Entry> adaptFields(CelStruct struct) {
    return struct.entries().stream()
        .map(
            entry ->
                CelExpr.ofStructEntry(
                    entry.id(), entry.fieldKey(), adapt(entry.value()), entry.optionalEntry()))
        .collect(ImmutableList.toImmutableList());
  }

  private CelExpr adaptComprehension(CelExpr expr) {
    CelComprehension loop = expr.comprehension();
    return CelExpr.ofComprehension(
        expr.id(),
        loop.iterVar(),
        loop.iterVar2(),
        adapt(loop.iterRange()),
        loop.accuVar(),
        adapt(loop.accuInit()),
        adapt(loop.loopCondition()),
        adapt(loop.loopStep()),
        adapt(loop.result()));
  }

  private CelExpr adaptSelect(CelExpr expr) {
    if (ast.getReference(expr.id()).isPresent()) {
      return expr; // a qualified name
    }
    CelSelect select = expr.select();
    CelExpr operand = adapt(select.operand());
    if (select.testOnly()) {
      return call(expr.id(), PRESENCE, operand, text(select.field()));
    } else if (isOptional(select.operand())) {
      return call(expr.id(), OPTIONAL, operand, text(select.field()));
    }
    return CelExpr.ofSelect(expr.id(), operand, select.field(), false);
  }

  private CelExpr adaptCall(CelExpr expr) {
    CelCall call = expr.call();
    String function = call.function();
    ImmutableList<CelExpr> arguments = adaptAll(call.args());
    if (function.equals(Operator.OPTIONAL_SELECT.getFunction())
        || function.equals(Operator.OPTIONAL_INDEX.getFunction())
        || (function.equals(Operator.INDEX.getFunction()) && isOptional(call.args().get(0)))) {
      return call(expr.id(), OPTIONAL, arguments.get(0), arguments.get(1));
    }
    String bound = ListFunctions.bound(function);
    if (bound != null && call.target().isPresent()) {
      return call(
          expr.id(),
          bound,
          ImmutableList.<CelExpr>builder()
              .add(adapt(call.target().get()))
              .addAll(arguments)
              .build()
              .toArray(new CelExpr[0]));
    }
    if (function.equals(Operator.LOGICAL_AND.getFunction())
        || function.equals(Operator.LOGICAL_OR.getFunction())) {
      arguments =
          arguments.stream().map(this::asCondition).collect(ImmutableList.toImmutableList());
    }
    return CelExpr.ofCall(expr.id(), call.target().map(this::adapt), function, arguments);
  }

  private CelExpr asCondition(CelExpr operand) {
    CelType type = types.get(operand.id());
    if (SimpleType.BOOL.equals(type)) {
      return operand;
    }
    long id = ++lastId;
    types.put(id, SimpleType.BOOL);
    return call(id, CONDITION, operand);
  }

  private boolean isOptional(CelExpr operand) {
    return types.get(operand.id()) instanceof OptionalType;
  }

  private CelExpr call(long id, String function, CelExpr... arguments) {
    references.put(
        id, CelReference.newBuilder().setName(function).addOverloadIds(function).build());
    return CelExpr.ofCall(id, Optional.empty(), function, ImmutableList.copyOf(arguments));
  }

  private CelExpr text(String text) {
    long id = ++lastId;
    types.put(id, SimpleType.STRING);
    return CelExpr.ofConstant(id, CelConstant.ofValue(text));
  }
}
