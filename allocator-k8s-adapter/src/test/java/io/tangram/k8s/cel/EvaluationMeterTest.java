package io.tangram.k8s.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import dev.cel.runtime.CelEvaluationException;
import io.tangram.k8s.cel.CompiledExpression.Evaluation;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationMeterTest {

  private static final Corpus.Fixture PLAIN = Corpus.load().fixtures().get("plain");

  private static CompiledExpression.Evaluable compile(String expression) {
    CompiledExpression compiled =
        ExpressionCompiler.get().compile(expression, ResultType.SELECTOR, Long.MAX_VALUE);

    assertThat(compiled).isInstanceOf(CompiledExpression.Evaluable.class);
    return (CompiledExpression.Evaluable) compiled;
  }

  private static Evaluation evaluate(String expression) {
    return compile(expression).evaluate(PLAIN.driver(), PLAIN.device());
  }

  @TestFactory
  Stream<DynamicTest> costsWhatKubernetesCounts() throws IOException {
    List<String> lines =
        Resources.readLines(Resources.getResource(getClass(), "cel-costs.txt"), UTF_8);
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> Splitter.on(' ').limit(2).splitToList(line))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns.get(1),
                    () ->
                        assertThat(cost(columns.get(1)))
                            .isEqualTo(Long.parseLong(columns.get(0)))));
  }

  private static long cost(String expression) throws CelEvaluationException {
    CompiledExpression.Evaluable selector = compile(expression);
    EvaluationMeter meter = new EvaluationMeter(selector.costs());

    Object result =
        meter.run(selector.program(), DeviceValues.variables(PLAIN.driver(), PLAIN.device()));

    assertThat(result).isInstanceOf(Boolean.class);
    return meter.cost();
  }

  /** 99 x 10,002 + 9,701 + 101 = 1,000,000. */
  private static String costing1000000() {
    return "cel.bind(s, '"
        + "x".repeat(1000)
        + "', "
        + "s.contains(s) && ".repeat(99)
        + "s.contains('"
        + "x".repeat(970)
        + "')"
        + " && 1 == 1".repeat(101)
        + ")";
  }

  @Test
  void allowsACostOfAMillionAndNotOneMore() throws Exception {
    String atLimit = costing1000000();
    String overLimit = atLimit.replace("&& 1 == 1)", "&& 1 == 1 && 1 == 1)");

    assertThat(cost(atLimit)).isEqualTo(1_000_000);
    assertThat(evaluate(atLimit)).isEqualTo(new Evaluation.Value(true));
    assertThat(evaluate(overLimit))
        .isEqualTo(new Evaluation.Failure("cost limit of 1000000 exceeded (R52)"));
  }

  @Test
  void logicDoesNotAbsorbALimit() {
    String overLimit = costing1000000() + " && 1 == 1 || true";

    assertThat(evaluate(overLimit)).isInstanceOf(Evaluation.Failure.class);
  }

  /** Names z0 and so on, each made of the one before. */
  private static String chain(int length, String first, String next, String result) {
    StringBuilder chain = new StringBuilder("cel.bind(z0, " + first + ", ");
    for (int i = 1; i <= length; i++) {
      chain.append("cel.bind(z").append(i).append(", ");
      chain.append(next.replace("$", "z" + (i - 1))).append(", ");
    }
    return chain
        .append(result.replace("$", "z" + length))
        .append(")".repeat(length + 1))
        .toString();
  }

  static Stream<String> absurdities() {
    String manyYs = "y".repeat(100);
    return Stream.of(
        chain(60, "[1, 2]", "$ + $", "$.size() > 0"),
        chain(60, "dyn([1, 2])", "$ + $", "$.size() > 0"),
        chain(60, "'ab'", "$ + $", "$.size() > 0"),
        chain(60, "b'ab'", "$ + $", "$.size() > 0"),
        chain(60, "{'a': [1]}", "{'a': $, 'b': $}", "$.size() > 0"),
        chain(30, "[1]", "[$, $, $, $]", "$.size() > 0"),
        chain(30, "[1]", "[$, $, $, $]", "dyn($) ? true : true"),
        chain(30, "optional.of([1])", "optional.of([$, $, $, $])", "$.hasValue()"),
        chain(8, "'" + manyYs + "'", "$.replace('', $)", "$.size() > 0"),
        chain(20, "['a', 'b']", "$ + $", "$.join('" + manyYs + "') == ''"),
        chain(17, "[1, 2, 3]", "$ + $", "$.filter(x, $.filter(y, false) == [1]) == []"),
        chain(17, "'aaaaaaaa'", "$ + $", "[1, 2, 3, 4].map(x, $.split('')) == []"),
        chain(17, "'aaaaaaaa'", "$ + $", "$.findAll('a.*b|a').size() > 0"),
        chain(17, "'aaaaaaaa'", "$ + $", "$.lastIndexOf($.substring(1) + 'b') > 0"),
        chain(17, "'aaaaaaaa'", "$ + $", "strings.quote($ + $ + $) == ''"),
        chain(18, "'/%41 é'", "$ + $", "[1, 2, 3, 4, 5, 6, 7, 8].map(x, url($)).size() > 9"),
        chain(18, "'a.-b'", "$ + $", "[1, 2, 3].map(x, format.uri().validate($)).size() > 9"),
        "'%.999999999f'.format([1.0]) == ''",
        "'%s'.format([" + chain(24, "[1]", "[$, $]", "$") + "]) == ''",
        "[0].map(x, "
            + chain(12, "[1]", "[$, $, $]", "$")
            + ").exists(a, [0].map(x, "
            + chain(12, "[1]", "[$, $, $]", "$")
            + ").exists(b, "
            + "a == b && ".repeat(40)
            + "true))");
  }

  @ParameterizedTest
  @MethodSource("absurdities")
  void endsWhatWouldTakeTooMuch(String expression) {
    assertThat(evaluate(expression)).isInstanceOf(Evaluation.Failure.class);
  }
}
