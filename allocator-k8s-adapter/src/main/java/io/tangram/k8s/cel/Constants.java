package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.ast.CelExpr;

/**
 * Which nodes Kubernetes evaluates when it compiles an expression: literals, lists and maps of
 * constants, and conversions of one. They cost nothing, and one that fails is an error of
 * compilation.
 */
final class Constants {

  private static final ImmutableSet<String> CONVERSIONS =
      ImmutableSet.of(
          "bool",
          "bytes",
          "double",
          "duration",
          "dyn",
          "int",
          "string",
          "timestamp",
          "type",
          "uint");

  private Constants() {}

  /** Whether the node is a conversion of a constant. */
  static boolean isConversion(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CALL
        && CONVERSIONS.contains(expr.call().function())
        && expr.call().target().isEmpty()
        && expr.call().args().size() == 1
        && isConstant(expr.call().args().get(0));
  }

  /** Whether the node is a constant. */
  static boolean isConstant(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> true;
      case LIST -> expr.list().elements().stream().allMatch(Constants::isConstant);
      case MAP ->
          expr.map().entries().stream()
              .allMatch(entry -> isConstant(entry.key()) && isConstant(entry.value()));
      case CALL -> isConversion(expr);
      default -> false;
    };
  }
}
