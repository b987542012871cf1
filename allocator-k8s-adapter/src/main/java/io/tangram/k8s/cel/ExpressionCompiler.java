package io.tangram.k8s.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiles expressions: parse, check types, refuse what Kubernetes refuses in literals, adapt to
 * the interpreter, make a program. Thread-safe.
 */
final class ExpressionCompiler {

  /** The longest expression, in bytes of UTF-8 (R51). */
  static final int MAX_LENGTH = 10_240;

  /** Costs from here on come of sizes that nothing bounds. */
  private static final long BOUNDLESS = 1L << 50;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableOptionalSyntax(true)
          .enableQuotedIdentifierSyntax(false)
          .build();

  /** What Kubernetes has beside {@code optional.unwrap}, and dev.cel has not. */
  private static final CelFunctionDecl UNWRAP_METHOD =
      CelFunctionDecl.newFunctionDeclaration(
          "unwrapOpt",
          CelOverloadDecl.newMemberOverload(
              "optional_unwrapOpt",
              ListType.create(TypeParamType.create("V")),
              ListType.create(OptionalType.create(TypeParamType.create("V")))));

  /** Loaded with the first expression, not with the first selector. */
  private static final class Shared {
    static final ExpressionCompiler INSTANCE = new ExpressionCompiler();
  }

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  private ExpressionCompiler() {
    CelOptionalLibrary optionals = CelExtensions.optional();
    FormatFunctions formats = new FormatFunctions();
    KubernetesFunctions kubernetes = new KubernetesFunctions();
    ListFunctions lists = new ListFunctions();
    MapFunctions maps = new MapFunctions(CelExtensions.comprehensions());
    NetworkFunctions networks = new NetworkFunctions();
    StringFunctions strings = new StringFunctions();
    UrlFunctions urls = new UrlFunctions();
    RegularExpressions regularExpressions = new RegularExpressions();
    compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setTypeProvider(new DeviceType())
            .addVar(DeviceType.VARIABLE, DeviceType.TYPE)
            .setStandardMacros(CelStandardMacro.values())
            .addMacros(BindMacro.MACRO)
            .addMacros(optionals.macros())
            .addVarDeclarations(optionals.variables())
            .addFunctionDeclarations(optionals.functions())
            .addFunctionDeclarations(UNWRAP_METHOD)
            .addMacros(SortByMacro.MACRO)
            .addLibraries(new AuthorizationFunctions(), formats, kubernetes, lists, maps)
            .addLibraries(networks, strings, urls, regularExpressions)
            .build();
    var builder =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(StandardFunctions.kept())
            .addLibraries(
                new StandardFunctions(),
                optionals,
                formats,
                kubernetes,
                lists,
                maps,
                networks,
                strings,
                urls,
                regularExpressions);
    AstAdaptation.bind(builder);
    builder.addFunctionBindings(
        CelFunctionBinding.from("optional_unwrapOpt", List.class, ExpressionCompiler::unwrap));
    runtime = builder.build();
  }

  /** Returns the compiler; the first call takes some hundred milliseconds. */
  static ExpressionCompiler get() {
    return Shared.INSTANCE;
  }

  /** Compiles an expression. Never throws for what the text says. */
  CompiledExpression compile(String expression, ResultType result) {
    return compile(expression, result, EvaluationMeter.COST_LIMIT);
  }

  /**
   * Compiles an expression.
   *
   * @param wanted what its value may be
   * @param costLimit what evaluating it may cost at most, as estimated (R52)
   */
  CompiledExpression compile(String expression, ResultType wanted, long costLimit) {
    if (expression.getBytes(StandardCharsets.UTF_8).length > MAX_LENGTH) {
      return new CompiledExpression.Defective(
          "the expression is longer than " + MAX_LENGTH + " bytes (R51)");
    }
    try {
      CelValidationResult result = compiler.compile(expression);
      return result.hasError()
          ? new CompiledExpression.Defective(Messages.of(result.getErrors()))
          : complete(result.getAst(), wanted, costLimit);
    } catch (CelValidationException e) {
      return new CompiledExpression.Defective(Messages.of(e.getErrors()));
    } catch (CelEvaluationException e) {
      return new CompiledExpression.Defective(Messages.of(e));
    } catch (RuntimeException e) { // a slip of the library, not of the expression alone
      return new CompiledExpression.Defective(Messages.ofSlip(e));
    } catch (StackOverflowError e) {
      return new CompiledExpression.Defective("the expression nests too deeply");
    }
  }

  private CompiledExpression complete(CelAbstractSyntaxTree ast, ResultType wanted, long costLimit)
      throws CelEvaluationException {
    CelType type = ast.getResultType();
    if (!wanted.accepts(type)) {
      return new CompiledExpression.Defective(
          "the expression gives " + CelTypes.format(type) + ", not " + wanted + wanted.citation());
    }
    Optional<LiteralChecks.Refusal> refusal =
        LiteralChecks.check(ast, constant -> evaluate(ast, constant));
    if (refusal.isPresent()) {
      return new CompiledExpression.Defective(
          Messages.at(location(ast, refusal.get().literal()), refusal.get().message()));
    }
    long cost = CostEstimate.of(ast);
    if (cost > costLimit) {
      return new CompiledExpression.Defective(
          "evaluating the expression may cost "
              + (cost >= BOUNDLESS ? "any amount" : cost)
              + "; at most "
              + costLimit
              + " is allowed (R52)");
    }
    return new CompiledExpression.Evaluable(
        runtime.createProgram(AstAdaptation.adapt(ast)), CostPlan.of(ast), ExpressionReads.of(ast));
  }

  private static ImmutableList<Object> unwrap(List<?> optionals) {
    return optionals.stream()
        .flatMap(each -> each instanceof Optional<?> optional ? optional.stream() : Stream.of(each))
        .collect(ImmutableList.toImmutableList());
  }

  private void evaluate(CelAbstractSyntaxTree ast, CelExpr constant) {
    CelAbstractSyntaxTree alone =
        CelAbstractSyntaxTree.newCheckedAst(
            constant, ast.getSource(), ast.getReferenceMap(), ast.getTypeMap());
    try {
      runtime.createProgram(alone).eval(Map.of());
    } catch (CelEvaluationException e) {
      throw new CelFailure(Messages.of(e));
    }
  }

  private static CelSourceLocation location(CelAbstractSyntaxTree ast, CelExpr expr) {
    Integer offset = ast.getSource().getPositionsMap().get(expr.id());
    return Optional.ofNullable(offset)
        .flatMap(ast.getSource()::getOffsetLocation)
        .orElse(CelSourceLocation.of(1, 0));
  }
}
