package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * {@code list.sortBy(name, key)}, which sorts the list by a second one: {@code cel.bind(input,
 * list, input.@sortByAssociatedKeys(input.map(name, key)))}. The library's own macro makes pairs of
 * the two, which costs something else.
 */
final class SortByMacro {

  /** The macro. */
  static final CelMacro MACRO = CelMacro.newReceiverMacro("sortBy", 2, SortByMacro::expand);

  private static final String INPUT = "@__sortBy_input__";
  private static final String NO_VARIABLE = "@none";

  private SortByMacro() {}

  private static Optional<CelExpr> expand(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    CelExpr name = arguments.get(0);
    if (name.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return Optional.of(
          factory.reportError(
              CelIssue.formatError(
                  factory.getSourceLocation(name),
                  "sortBy() takes a simple identifier as its first argument")));
    }
    CelExpr keys = keys(factory, name.ident().name(), arguments.get(1));
    return Optional.of(
        factory.fold(
            NO_VARIABLE,
            factory.newList(),
            INPUT,
            target,
            factory.newBoolLiteral(false),
            factory.newIdentifier(INPUT),
            factory.newReceiverCall("@sortByAssociatedKeys", factory.newIdentifier(INPUT), keys)));
  }

  private static CelExpr keys(CelMacroExprFactory factory, String name, CelExpr key) {
    String accumulator = factory.getAccumulatorVarName();
    return factory.fold(
        name,
        factory.newIdentifier(INPUT),
        accumulator,
        factory.newList(),
        factory.newBoolLiteral(true),
        factory.newGlobalCall(
            Operator.ADD.getFunction(), factory.newIdentifier(accumulator), factory.newList(key)),
        factory.newIdentifier(accumulator));
  }
}
