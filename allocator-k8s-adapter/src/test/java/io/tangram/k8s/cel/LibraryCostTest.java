package io.tangram.k8s.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import dev.cel.runtime.CelEvaluationException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions cost what Kubernetes says; {@code cel-library-costs.txt} holds what that is. Never
 * more: a selector that Kubernetes takes must not be refused.
 */
class LibraryCostTest {

  private static final Corpus.Fixture PLAIN = Corpus.load().fixtures().get("plain");

  /** What it costs to make a condition of an expression of any type. */
  private static final int WRAPPING = 2;

  private static String condition(String expression) {
    return "optional.of(" + expression + ").hasValue()";
  }

  private static Stream<List<String>> lines() throws IOException {
    return Resources.readLines(
            Resources.getResource(LibraryCostTest.class, "cel-library-costs.txt"), UTF_8)
        .stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> Splitter.on(' ').limit(4).splitToList(line));
  }

  @TestFactory
  Stream<DynamicTest> estimatesWhatKubernetesEstimates() throws IOException {
    return lines()
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns.get(3),
                    () -> {
                      long estimate = Long.parseLong(columns.get(0)) + WRAPPING;

                      assertThat(
                              ExpressionCompiler.get()
                                  .compile(
                                      condition(columns.get(3)), ResultType.SELECTOR, estimate))
                          .isInstanceOf(CompiledExpression.Evaluable.class);
                      assertThat(
                              ExpressionCompiler.get()
                                  .compile(
                                      condition(columns.get(3)), ResultType.SELECTOR, estimate - 1))
                          .isInstanceOf(CompiledExpression.Defective.class);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> costsWhatKubernetesCounts() throws IOException {
    return lines()
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns.get(3),
                    () -> {
                      long counted =
                          Long.parseLong(columns.get(1)) - Long.parseLong(columns.get(2));

                      assertThat(cost(columns.get(3))).isEqualTo(counted);
                    }));
  }

  private static long cost(String expression) throws CelEvaluationException {
    CompiledExpression.Evaluable selector =
        (CompiledExpression.Evaluable)
            ExpressionCompiler.get().compile(condition(expression), ResultType.SELECTOR);
    EvaluationMeter meter = new EvaluationMeter(selector.costs());

    Object unused =
        meter.run(selector.program(), DeviceValues.variables(PLAIN.driver(), PLAIN.device()));

    return meter.cost() - WRAPPING;
  }
}
