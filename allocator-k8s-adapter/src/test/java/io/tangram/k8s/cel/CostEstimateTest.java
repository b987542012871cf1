package io.tangram.k8s.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CostEstimateTest {

  private static final Pattern ESTIMATE = Pattern.compile("may cost (\\d+|any amount);");

  /** Only selectors above a limit say their estimate. */
  private static String estimate(String expression) {
    CompiledExpression compiled =
        ExpressionCompiler.get().compile(expression, ResultType.SELECTOR, -1);

    assertThat(compiled).isInstanceOf(CompiledExpression.Defective.class);
    Matcher estimate = ESTIMATE.matcher(((CompiledExpression.Defective) compiled).message());
    assertThat(estimate.find()).as("%s", compiled).isTrue();
    return estimate.group(1).equals("any amount") ? "-" : estimate.group(1);
  }

  @TestFactory
  Stream<DynamicTest> estimatesWhatKubernetesEstimates() throws IOException {
    List<String> lines =
        Resources.readLines(Resources.getResource(getClass(), "cel-estimates.txt"), UTF_8);
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> Splitter.on(' ').limit(2).splitToList(line))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns.get(1),
                    () -> assertThat(estimate(columns.get(1))).isEqualTo(columns.get(0))));
  }

  @Test
  void refusesWhatMayCostTooMuch() {
    String hundred = "[" + "0,".repeat(99) + "0]";
    String bomb =
        "%1$s.all(x, %1$s.all(y, %1$s.all(z, device.attributes['d'].uuid != x)))"
            .formatted(hundred);

    assertThat(ExpressionCompiler.get().compile(bomb, ResultType.SELECTOR))
        .isEqualTo(
            new CompiledExpression.Defective(
                "evaluating the expression may cost 9141411; at most 1000000 is allowed (R52)"));
    assertThat(
            ExpressionCompiler.get()
                .compile("string(device.driver.size()).contains('1')", ResultType.SELECTOR))
        .isEqualTo(
            new CompiledExpression.Defective(
                "evaluating the expression may cost any amount; at most 1000000 is allowed"
                    + " (R52)"));
  }
}
