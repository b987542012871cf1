package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.claim.ClaimId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeantObjectsTest {

  private static final List<ClaimId> IDS =
      List.of(
          new ClaimId("ml", "training"),
          new ClaimId("ml", "train-1"),
          new ClaimId("web", "serving"),
          new ClaimId("web", "a"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ml  | trainings | \", but ml/training is\"",
        "ml  | train_1   | \", but ml/train-1 is\"",
        "web | servin    | \", but web/serving is\"",
        "ml  | serving   | \", but web/serving is\"",
        "ml  | a         | \", but web/a is\"",
        "web | as        | \"\"",
        "web | apple     | \"\"",
        "web | training1 | \"\"",
        "dev | other     | \"\"",
      })
  void namesTheNearestOfTheNamespaceElseTheSameInAnother(
      String namespace, String name, String clause) {
    assertThat(new MeantObjects(IDS).instead(new ClaimId(namespace, name))).isEqualTo(clause);
  }

  /** To look for each of many would take minutes. */
  @Test
  void isSilentWhereMuchIsNotThere() {
    MeantObjects objects =
        new MeantObjects(
            IntStream.range(0, 300_000).mapToObj(i -> new ClaimId("ml", "claim-" + i)).toList());
    ClaimId missing = new ClaimId("ml", "claim-17x");

    for (int i = 0; i < 3; i++) {
      assertThat(objects.instead(missing)).isEqualTo(", but ml/claim-1 is");
    }
    assertThat(objects.instead(missing)).isEmpty();
  }
}
