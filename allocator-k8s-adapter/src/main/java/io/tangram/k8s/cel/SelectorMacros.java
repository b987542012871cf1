package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * The macros that bind a name. The library's own are not used: its {@code cel.bind} evaluates a
 * value where the name is used, so that names of inner scopes capture those in the value; its
 * {@code optMap} doubles the expression it is called on, and a chain of them grows exponentially.
 */
final class SelectorMacros {

  /** The name to which the optional macros bind what they are called on. */
  static final String OPTIONAL_VARIABLE = "@optional";

  /** Not the library's name for such a variable, by which it would recognise its own macro. */
  private static final String NO_VARIABLE = "@none";

  /** {@code cel.bind(name, value, result)}. */
  static final CelMacro BIND = CelMacro.newReceiverMacro("bind", 3, SelectorMacros::expandBind);

  /** {@code optional.optMap(name, result)}. */
  static final CelMacro OPT_MAP =
      CelMacro.newReceiverMacro("optMap", 2, SelectorMacros::expandOptMap);

  /** {@code optional.optFlatMap(name, result)}, whose result is optional. */
  static final CelMacro OPT_FLAT_MAP =
      CelMacro.newReceiverMacro("optFlatMap", 2, SelectorMacros::expandOptFlatMap);

  private SelectorMacros() {}

  private static Optional<CelExpr> expandBind(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    if (!target.identOrDefault().name().equals("cel")) {
      return Optional.empty();
    }
    if (isNoName(arguments.get(0))) {
      return nameExpected(factory, "cel.bind", arguments.get(0));
    }
    return Optional.of(
        bind(factory, arguments.get(0).ident().name(), arguments.get(1), arguments.get(2)));
  }

  private static Optional<CelExpr> expandOptMap(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    if (isNoName(arguments.get(0))) {
      return nameExpected(factory, "optMap", arguments.get(0));
    }
    CelExpr mapped = factory.newGlobalCall("optional.of", bindContent(factory, arguments));
    return Optional.of(ifPresent(factory, target, mapped));
  }

  private static Optional<CelExpr> expandOptFlatMap(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    if (isNoName(arguments.get(0))) {
      return nameExpected(factory, "optFlatMap", arguments.get(0));
    }
    return Optional.of(ifPresent(factory, target, bindContent(factory, arguments)));
  }

  /** Binds the optional, and gives the result if it has a value, else none. */
  private static CelExpr ifPresent(CelMacroExprFactory factory, CelExpr optional, CelExpr result) {
    CelExpr conditional =
        factory.newGlobalCall(
            Operator.CONDITIONAL.getFunction(),
            factory.newReceiverCall("hasValue", factory.newIdentifier(OPTIONAL_VARIABLE)),
            result,
            factory.newGlobalCall("optional.none"));
    return bind(factory, OPTIONAL_VARIABLE, optional, conditional);
  }

  private static CelExpr bindContent(
      CelMacroExprFactory factory, ImmutableList<CelExpr> arguments) {
    CelExpr content = factory.newReceiverCall("value", factory.newIdentifier(OPTIONAL_VARIABLE));
    return bind(factory, arguments.get(0).ident().name(), content, arguments.get(1));
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

  private static boolean isNoName(CelExpr argument) {
    return argument.getKind() != CelExpr.ExprKind.Kind.IDENT;
  }

  private static Optional<CelExpr> nameExpected(
      CelMacroExprFactory factory, String macro, CelExpr argument) {
    return Optional.of(
        factory.reportError(
            CelIssue.formatError(
                factory.getSourceLocation(argument),
                macro + "() takes a simple identifier as the name of its variable")));
  }
}
