package io.tangram.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule has a row, and what the rows name is there. That the tests notice the mutations is
 * shown by {@code scripts/check-rules}.
 */
class RuleIndexTest {

  private static final SourceTree SOURCES = new SourceTree(Path.of(".."));

  @Test
  void namesEveryRuleInOrder() {
    ImmutableList<Integer> rules =
        RuleIndex.rows().stream()
            .map(row -> Integer.parseInt(row.rule().substring(1)))
            .collect(ImmutableList.toImmutableList());

    assertThat(rules)
        .isSorted()
        .containsAll(IntStream.rangeClosed(1, RuleIndex.LAST_RULE).boxed().toList())
        .allMatch(rule -> rule >= 1 && rule <= RuleIndex.LAST_RULE);
  }

  @Test
  void saysOfEachRuleEitherWhatHoldsItOrWhyNothingDoes() {
    assertThat(RuleIndex.rows()).allMatch(RuleIndex.Row::isWhole);
    assertThat(RuleIndex.rows()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("testedRows")
  void namesATestThatIsThere(RuleIndex.Row row) {
    String source = SOURCES.text(row.testClass(), "test");

    assertThat(source).contains(" " + row.testMethod() + "(");
  }

  @ParameterizedTest
  @MethodSource("testedRows")
  void statesAMutationOfCodeThatIsThere(RuleIndex.Row row) {
    String source = SOURCES.text(row.mutatedClass(), "main");

    assertThat(row.matches(source)).isEqualTo(1);
    assertThat(row.mutation()).isNotBlank();
    assertThat(row.mutate(source)).isNotEqualTo(source);
  }

  static Stream<RuleIndex.Row> testedRows() {
    return RuleIndex.rows().stream().filter(RuleIndex.Row::isTested);
  }
}
