package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What dev.cel 0.14.0 and RE2/J do where this package relies on it, or departs from it. A test that
 * fails after an upgrade names the class to look at.
 */
class CelFactsTest {

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private final AtomicInteger calls = new AtomicInteger();

  private final CelCompiler compiler =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.bindings(), CelExtensions.optional())
          .addVar("x", SimpleType.DYN)
          .addFunctionDeclarations(
              declaration("count"), declaration("fail"), declaration("refuse"), declaration("end"))
          .build();

  @SuppressWarnings("Immutable") // counts calls
  private final CelRuntime runtime =
      CelRuntimeFactory.legacyCelRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.optional())
          .addFunctionBindings(
              CelFunctionBinding.from("count", Object.class, this::count),
              CelFunctionBinding.from("fail", Object.class, CelFactsTest::fail),
              CelFunctionBinding.from("refuse", Object.class, CelFactsTest::refuse),
              CelFunctionBinding.from("end", Object.class, CelFactsTest::end))
          .build();

  private static CelFunctionDecl declaration(String name) {
    return CelFunctionDecl.newFunctionDeclaration(
        name, CelOverloadDecl.newGlobalOverload(name, SimpleType.DYN, SimpleType.DYN));
  }

  private Object count(Object value) {
    calls.incrementAndGet();
    return value;
  }

  private static Object fail(Object value) {
    throw new IllegalStateException("failed at " + value.getClass().getSimpleName());
  }

  private static Object refuse(Object value) {
    throw new CelFailure("refused");
  }

  private static Object end(Object value) {
    throw new LimitExceeded("ended");
  }

  private CelAbstractSyntaxTree compile(String expression) throws Exception {
    return compiler.compile(expression).getAst();
  }

  private Object evaluate(String expression) throws Exception {
    return evaluate(expression, "");
  }

  private Object evaluate(String expression, Object x) throws Exception {
    return runtime.createProgram(compile(expression)).eval(Map.of("x", x));
  }

  // EvaluationMeter, LimitExceeded

  @Test
  void logicAbsorbsExceptionsButNotErrors() throws Exception {
    assertThat(evaluate("fail(1) == 1 || true")).isEqualTo(true);
    assertThat(evaluate("refuse(1) == 1 || true")).isEqualTo(true);
    assertThatThrownBy(() -> evaluate("end(1) == 1 || true")).isInstanceOf(LimitExceeded.class);
    assertThatThrownBy(() -> evaluate("[1].exists(y, end(y) == 1) || true"))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void listenerHearsArgumentsBeforeTheirCall() throws Exception {
    CelAbstractSyntaxTree ast = compile("x + 2 == 3");
    List<Object> heard = new ArrayList<>();

    runtime.createProgram(ast).trace(Map.of("x", 1L), (expr, value) -> heard.add(value));

    assertThat(heard).containsExactly(1L, 2L, 3L, 3L, true);
  }

  @Test
  void listenerEndsAnEvaluationByAnError() throws Exception {
    CelRuntime.Program program = runtime.createProgram(compile("1 == 2 || true"));

    assertThatThrownBy(
            () ->
                program.trace(
                    Map.of(),
                    (expr, value) -> {
                      throw new LimitExceeded("heard enough");
                    }))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void macrosAppendToTheirListInPlace() throws Exception {
    Map<Long, Object> values = new HashMap<>();
    List<Boolean> inPlace = new ArrayList<>();

    runtime
        .createProgram(compile("[1, 2, 3].map(y, y).size() == 3"))
        .trace(
            Map.of(),
            (expr, value) -> {
              values.put(expr.id(), value);
              if (expr.callOrDefault().function().equals(Operator.ADD.getFunction())) {
                inPlace.add(values.get(expr.call().args().get(0).id()) == value);
              }
            });

    assertThat(inPlace).containsExactly(true, true, true);
  }

  @Test
  void exceptionsOfOthersMakeItPrintAllArguments() {
    assertThatThrownBy(() -> evaluate("fail([1, 2]) == 1"))
        .isInstanceOf(CelEvaluationException.class)
        .hasMessageContaining("failed with arg(s) '[1, 2]'");
    assertThatThrownBy(() -> evaluate("refuse([1, 2]) == 1"))
        .isInstanceOf(CelEvaluationException.class)
        .hasMessageEndingWith(": refused");
  }

  // BindMacro, CostPlan

  @Test
  void libraryBindingsAreEvaluatedWhereTheyAreUsed() throws Exception {
    String expression = "cel.bind(a, 1, cel.bind(b, a, cel.bind(a, 2, b)))";

    assertThat(evaluate(expression)).isEqualTo(2L);
    assertThat(evaluate("cel.bind(a, count(1), a == a)")).isEqualTo(true);
    assertThat(calls).hasValue(1);
  }

  @Test
  void optMapNamesWhatItIsCalledOn() throws Exception {
    CelExpr mapped = compile("optional.of(1).optMap(y, y)").getExpr();
    int four = nodes(compile("optional.of(1)" + ".optMap(y, y)".repeat(4)).getExpr());
    int eight = nodes(compile("optional.of(1)" + ".optMap(y, y)".repeat(8)).getExpr());

    assertThat(mapped.comprehension().accuVar()).isEqualTo("@target");
    assertThat(eight).isLessThan(3 * four);
    assertThat(evaluate("optional.of(count(1)).optMap(y, [y].map(z, z + y)[0]).value()"))
        .isEqualTo(2L);
    assertThat(calls).hasValue(1);
  }

  private static int nodes(CelExpr expr) {
    int nodes = 1;
    for (CelExpr child : Nodes.children(expr)) {
      nodes += nodes(child);
    }
    return nodes;
  }

  // AstAdaptation

  @Test
  void logicDoesNotAbsorbOperandsThatAreNoBool() {
    assertThatThrownBy(() -> evaluate("x || true", "text"))
        .hasMessageContaining("expected boolean value");
  }

  @Test
  void optionalSelectionEvaluatesItsOperandTwice() throws Exception {
    evaluate("count({'a': 1}).?a.hasValue()");

    assertThat(calls).hasValue(2);
  }

  @Test
  void presenceInValuesWithoutPartsFails() {
    assertThatThrownBy(() -> evaluate("has(x.y)", 1L)).isInstanceOf(CelEvaluationException.class);
    assertThatThrownBy(() -> evaluate("x.?y.hasValue()", 1L))
        .isInstanceOf(CelEvaluationException.class);
  }

  @Test
  void aCheckedExpressionCanBePutTogetherByHand() throws Exception {
    CelAbstractSyntaxTree ast = compile("1 < 2");
    CelExpr swapped =
        CelExpr.ofCall(
            ast.getExpr().id(),
            Optional.empty(),
            ast.getExpr().call().function(),
            ImmutableList.copyOf(ast.getExpr().call().args().reverse()));

    Object value =
        runtime
            .createProgram(
                CelAbstractSyntaxTree.newCheckedAst(
                    swapped, ast.getSource(), ast.getReferenceMap(), ast.getTypeMap()))
            .eval();

    assertThat(value).isEqualTo(false);
  }

  // DomainMap, StandardFunctions

  @Test
  void membershipAsksAMapForItsValue() throws Exception {
    DomainMap<Object> domains = new DomainMap<>(Map.of());

    assertThat(evaluate("'domain' in x", domains)).isEqualTo(true);
    assertThat(evaluate("x.domain.size() == 0", domains)).isEqualTo(true);
    assertThat(evaluate("x['domain'].size() == 0", domains)).isEqualTo(true);
  }

  @Test
  void doublesBecomeTextAsInJava() throws Exception {
    assertThat(evaluate("string(1.0)")).isEqualTo("1.0");
  }

  @Test
  void libraryEqualityNeverFails() throws Exception {
    assertThat(evaluate("x == '1.0.0'", SemanticVersion.parse("1.0.0"))).isEqualTo(false);
  }

  // ExpressionCompiler

  @Test
  void nestingIsLimitedByTheParser() throws Exception {
    assertThat(evaluate("(".repeat(200) + "true" + ")".repeat(200))).isEqualTo(true);
    assertThat(compiler.parse("(".repeat(300) + "true" + ")".repeat(300)).getErrorString())
        .contains("recursion limit exceeded");
    assertThat(compiler.parse("1" + " + 1".repeat(300)).getErrorString())
        .contains("recursion limit exceeded");
  }

  @Test
  void anUnknownFieldIsAnErrorOfCompilation() {
    CelCompiler devices =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setTypeProvider(new DeviceType())
            .addVar("device", DeviceType.TYPE)
            .build();

    assertThat(devices.compile("device.driver").hasError()).isFalse();
    assertThat(devices.compile("device.foo").getErrorString()).contains("undefined field 'foo'");
  }

  // RegularExpressions

  @Test
  void repetitionsMultiplyWithoutLimit() {
    assertThat(Pattern.compile("((a{10}){10}){10}").programSize()).isGreaterThan(1000);
    assertThat(Pattern.compile("(((a{10}){10}){10}){10}").programSize()).isGreaterThan(10_000);
  }

  @Test
  void regularExpressionsAreThoseOfRe2() {
    assertThatThrownBy(() -> Pattern.compile("a(?=b)")).isInstanceOf(RuntimeException.class);
    assertThat(Pattern.compile("^b").matcher("ab").find(1)).isFalse();
  }
}
