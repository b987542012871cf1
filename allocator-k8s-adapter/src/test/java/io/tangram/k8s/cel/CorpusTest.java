package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Selectors say of devices what Kubernetes says; {@code cel-corpus.txt} holds what that is. */
class CorpusTest {

  private static final Corpus CORPUS = Corpus.load();

  private final CelExpressions expressions = new CelExpressions();

  @TestFactory
  Stream<DynamicTest> selectorsSayWhatKubernetesSays() {
    return CORPUS.cases().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "line " + each.line() + ": " + each.expression(), () -> verify(each)));
  }

  private void verify(Corpus.Case each) {
    Corpus.Fixture fixture = CORPUS.fixtures().get(each.fixture());

    DeviceSelector selector = expressions.selector(each.expression());
    Outcome outcome = selector.evaluate(fixture.driver(), fixture.device());

    String result =
        selector.defect().isPresent()
            ? "defect"
            : outcome instanceof Outcome.Failure
                ? "failure"
                : outcome instanceof Outcome.Match ? "match" : "no-match";
    assertThat(result).as("%s", outcome).isEqualTo(each.result());
    if (outcome instanceof Outcome.Failure failure) {
      assertThat(failure.message()).contains(each.message()).doesNotContain("\n");
    }
  }

  @Test
  void holdsCasesOfEveryResult() {
    assertThat(CORPUS.cases())
        .hasSizeGreaterThan(300)
        .extracting(Corpus.Case::result)
        .containsOnly("match", "no-match", "failure", "defect");
    assertThat(CORPUS.cases())
        .extracting(each -> each.fixture() + " " + each.expression())
        .doesNotHaveDuplicates();
  }
}
