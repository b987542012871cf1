package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * {@code cel.bind(name, value, result)}. The library's own macro is not used: the interpreter
 * recognises it and evaluates the value where the name is used, so that names bound in between
 * capture those in the value.
 */
final class BindMacro {

  /** The macro. */
  static final CelMacro MACRO = CelMacro.newReceiverMacro("bind", 3, BindMacro::expand);

  /** Not the library's name for such a variable, by which it would recognise its own macro. */
  private static final String NO_VARIABLE = "@none";

  private BindMacro() {}

  private static Optional<CelExpr> expand(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    if (!target.identOrDefault().name().equals("cel")) {
      return Optional.empty(); // a method of this name
    }
    CelExpr name = arguments.get(0);
    if (name.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return Optional.of(
          factory.reportError(
              CelIssue.formatError(
                  factory.getSourceLocation(name),
                  "cel.bind() takes a simple identifier as its first argument")));
    }
    return Optional.of(bind(factory, name.ident().name(), arguments.get(1), arguments.get(2)));
  }

  /** A loop over nothing whose accumulator is the name. */
  private static CelExpr bind(
      CelMacroExprFactory factory, String name, CelExpr value, CelExpr result) {
    return factory.fold(
        NO_VARIABLE,
        factory.newList(),
        name,
        value,
        factory.newBoolLiteral(false),
        factory.newIdentifier(name),
        result);
  }
}
