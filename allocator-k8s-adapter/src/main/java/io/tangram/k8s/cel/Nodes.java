package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.function.Consumer;

/** Walks over the nodes of an expression. */
final class Nodes {

  private Nodes() {}

  /** The nodes right below a node, in the order of their text. */
  static ImmutableList<CelExpr> children(CelExpr expr) {
    ImmutableList.Builder<CelExpr> children = ImmutableList.builder();
    switch (expr.getKind()) {
      case SELECT -> children.add(expr.select().operand());
      case CALL -> {
        expr.call().target().ifPresent(children::add);
        children.addAll(expr.call().args());
      }
      case LIST -> children.addAll(expr.list().elements());
      case STRUCT -> expr.struct().entries().forEach(entry -> children.add(entry.value()));
      case MAP -> expr.map().entries().forEach(entry -> children.add(entry.key(), entry.value()));
      case COMPREHENSION -> {
        CelComprehension loop = expr.comprehension();
        children.add(
            loop.iterRange(),
            loop.accuInit(),
            loop.loopCondition(),
            loop.loopStep(),
            loop.result());
      }
      default -> {}
    }
    return children.build();
  }

  /** Visits a node and all below it, a node before those below. */
  static void forEach(CelExpr expr, Consumer<CelExpr> visitor) {
    visitor.accept(expr);
    for (CelExpr child : children(expr)) {
      forEach(child, visitor);
    }
  }

  /** Whether a loop is none but binds a name: it loops over an empty list. */
  static boolean isBinding(CelComprehension loop) {
    return loop.iterRange().getKind() == CelExpr.ExprKind.Kind.LIST
        && loop.iterRange().list().elements().isEmpty();
  }

  /** The greatest id in an expression, entries of maps and messages included. */
  static int greatestId(CelExpr expr) {
    long[] greatest = {0};
    forEach(
        expr,
        node -> {
          greatest[0] = Math.max(greatest[0], node.id());
          node.mapOrDefault()
              .entries()
              .forEach(entry -> greatest[0] = Math.max(greatest[0], entry.id()));
          node.structOrDefault()
              .entries()
              .forEach(entry -> greatest[0] = Math.max(greatest[0], entry.id()));
        });
    return Math.toIntExact(greatest[0]);
  }
}
