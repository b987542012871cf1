package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.OptionalType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes refuses in literals when it compiles an expression: lists and maps of mixed
 * types, regular expressions, durations, timestamps and other conversions that fail, and formats
 * that do not fit their values.
 */
final class LiteralChecks {

  private static final Set<String> REGULAR_EXPRESSION_FUNCTIONS =
      Set.of("matches", "find", "findAll");

  private static final String FORMAT = "format";

  private final CelAbstractSyntaxTree ast;
  private final Consumer<CelExpr> evaluation;

  private LiteralChecks(CelAbstractSyntaxTree ast, Consumer<CelExpr> evaluation) {
    this.ast = ast;
    this.evaluation = evaluation;
  }

  /** A literal that is refused. */
  record Refusal(CelExpr literal, String message) {}

  /**
   * Returns the first refusal.
   *
   * @param ast the checked expression
   * @param evaluation evaluates a constant node; throws {@link CelFailure} if it has no value
   */
  static Optional<Refusal> check(CelAbstractSyntaxTree ast, Consumer<CelExpr> evaluation) {
    return Optional.ofNullable(new LiteralChecks(ast, evaluation).refusal(ast.getExpr(), false));
  }

  private @Nullable Refusal refusal(CelExpr expr, boolean formatted) {
    Refusal own = ownRefusal(expr, formatted);
    if (own != null) {
      return own;
    }
    boolean below = formatted || expr.callOrDefault().function().equals(FORMAT);
    for (CelExpr child : Nodes.children(expr)) {
      Refusal deeper = refusal(child, below);
      if (deeper != null) {
        return deeper;
      }
    }
    return null;
  }

  private @Nullable Refusal ownRefusal(CelExpr expr, boolean formatted) {
    try {
      switch (expr.getKind()) {
        case LIST -> {
          if (!formatted) {
            checkElements(expr);
          }
        }
        case MAP -> {
          if (!formatted) {
            checkEntries(expr.map());
          }
        }
        case CALL -> checkCall(expr);
        default -> {}
      }
      return null;
    } catch (CelFailure e) {
      return new Refusal(expr, String.valueOf(e.getMessage()));
    }
  }

  private void checkElements(CelExpr list) {
    ImmutableList<CelExpr> elements = list.list().elements();
    CelType first = null;
    for (int i = 0; i < elements.size(); i++) {
      CelType type = typeOf(elements.get(i), list.list().optionalIndices().contains(i));
      first = first == null ? type : first;
      checkSame(first, type);
    }
  }

  private void checkEntries(CelMap map) {
    CelType firstKey = null;
    CelType firstValue = null;
    for (CelMap.Entry entry : map.entries()) {
      CelType key = typeOf(entry.key(), false);
      CelType value = typeOf(entry.value(), entry.optionalEntry());
      firstKey = firstKey == null ? key : firstKey;
      firstValue = firstValue == null ? value : firstValue;
      checkSame(firstKey, key);
      checkSame(firstValue, value);
    }
  }

  private CelType typeOf(CelExpr expr, boolean optional) {
    CelType type = ast.getTypeOrThrow(expr.id());
    return optional && type instanceof OptionalType ? type.parameters().get(0) : type;
  }

  private static void checkSame(CelType first, CelType type) {
    if (!first.equals(type)) {
      throw new CelFailure(
          "expected type '"
              + CelTypes.format(first)
              + "' but found '"
              + CelTypes.format(type)
              + "'");
    }
  }

  private void checkCall(CelExpr expr) {
    CelCall call = expr.call();
    if (Constants.isConversion(expr)) {
      evaluation.accept(expr);
    } else if (REGULAR_EXPRESSION_FUNCTIONS.contains(call.function())) {
      int index = call.target().isPresent() ? 0 : 1;
      if (call.args().size() > index && isString(call.args().get(index))) {
        RegularExpressions.compile(call.args().get(index).constant().stringValue());
      }
    } else if (call.function().equals(FORMAT)
        && call.target().filter(LiteralChecks::isString).isPresent()
        && call.args().get(0).getKind() == CelExpr.ExprKind.Kind.LIST) {
      checkFormat(
          call.target().get().constant().stringValue(), call.args().get(0).list().elements());
    }
  }

  private static boolean isString(CelExpr expr) {
    return expr.constantOrDefault().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private void checkFormat(String format, ImmutableList<CelExpr> values) {
    List<StringFormat.Clause> clauses = StringFormat.clauses(format, values.size());
    for (int i = 0; i < clauses.size(); i++) {
      checkValue(clauses.get(i).verb(), values.get(i));
    }
    if (clauses.size() < values.size()) {
      throw new CelFailure(
          "format: "
              + values.size()
              + " values for "
              + clauses.size()
              + (clauses.size() == 1 ? " clause" : " clauses"));
    }
  }

  private void checkValue(char verb, CelExpr value) {
    CelType type = typeOf(value, false);
    boolean fits =
        switch (verb) {
          case 's' -> isPrintable(type.kind());
          case 'd', 'o' -> isOneOf(type, CelKind.INT, CelKind.UINT);
          case 'b' -> isOneOf(type, CelKind.INT, CelKind.UINT, CelKind.BOOL);
          case 'x', 'X' -> isOneOf(type, CelKind.INT, CelKind.UINT, CelKind.STRING, CelKind.BYTES);
          default -> isOneOf(type, CelKind.DOUBLE, CelKind.STRING);
        };
    if (!fits) {
      throw new CelFailure("format: %" + verb + " cannot format " + CelTypes.format(type));
    }
    if (verb == 's') {
      switch (value.getKind()) {
        case LIST -> value.list().elements().forEach(element -> checkValue(verb, element));
        case MAP ->
            value
                .map()
                .entries()
                .forEach(
                    entry -> {
                      checkValue(verb, entry.key());
                      checkValue(verb, entry.value());
                    });
        default -> {}
      }
    }
  }

  private static boolean isOneOf(CelType type, CelKind... kinds) {
    return type.kind() == CelKind.DYN || List.of(kinds).contains(type.kind());
  }

  private static boolean isPrintable(CelKind kind) {
    return switch (kind) {
      case STRUCT, OPAQUE, ERROR -> false;
      default -> true;
    };
  }
}
