package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {

  private static final List<String> NAMES =
      List.of("A100-40GB", "A100-80GB", "H100-80GB", "8xH100-80GB", "DGX-1V", "uniform");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A100 | A100-40GB, A100-80GB",
        "a100 40gb | A100-40GB, A100-80GB, H100-80GB",
        "H100-80 | H100-80GB, 8xH100-80GB",
        "dgx-v1 | DGX-1V",
        "unifrom | uniform",
        "abacus | ''",
        "'' | ''",
      })
  void findsWhatMayHaveBeenMeant(String word, String near) {
    assertThat(String.join(", ", NearNames.of(word, NAMES))).isEqualTo(near);
  }
}
