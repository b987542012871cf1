package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

  /** The order of precedence in the specification of semantic versions, and some more. */
  private static final ImmutableList<String> ASCENDING =
      ImmutableList.of(
          "0.0.1",
          "0.1.0",
          "0.9.0",
          "0.10.0",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "2.0.0-0",
          "2.0.0",
          "18446744073709551615.0.0");

  @Test
  void ordersByPrecedence() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        SemanticVersion left = SemanticVersion.parse(ASCENDING.get(i));
        SemanticVersion right = SemanticVersion.parse(ASCENDING.get(j));

        assertThat(Integer.signum(left.compareTo(right)))
            .as("%s and %s", left, right)
            .isEqualTo(Integer.signum(Integer.compare(i, j)));
        assertThat(left.equals(right)).isEqualTo(i == j);
      }
    }
  }

  @Test
  void leavesBuildMetadataAside() {
    SemanticVersion plain = SemanticVersion.parse("1.2.3");
    SemanticVersion built = SemanticVersion.parse("1.2.3+build.7-x");

    assertThat(built).isEqualTo(plain).hasSameHashCodeAs(plain).hasToString("1.2.3");
  }

  @Test
  void readsItsNumbers() {
    SemanticVersion version = SemanticVersion.parse("570.86.15-rc.1");

    assertThat(version.major()).isEqualTo(570);
    assertThat(version.minor()).isEqualTo(86);
    assertThat(version.patch()).isEqualTo(15);
    assertThat(version).hasToString("570.86.15-rc.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "1.2.",
        "1..3",
        ".1.2",
        "1.2.3.4",
        "01.2.3",
        "1.02.3",
        "1.2.03",
        "v1.2.3",
        " 1.2.3",
        "1.2.3 ",
        "-1.2.3",
        "+1.2.3",
        "1.2.3-",
        "1.2.3-a..b",
        "1.2.3-01",
        "1.2.3-a_b",
        "1.2.3+",
        "1.2.3+a..b",
        "1.2.3+\u00e9",
        "1.2.\u0663",
        "18446744073709551616.0.0",
        "1.0.0-18446744073709551616"
      })
  void refusesWhatIsNoVersion(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SemanticVersion.parse(text))
        .withMessageContaining("\"" + text + "\" is not a semantic version");
  }

  @ParameterizedTest
  @CsvSource({
    "v1.2.3, 1.2.3",
    "1, 1.0.0",
    "1.2, 1.2.0",
    "v01.002.0003, 1.2.3",
    "00.0.0, 0.0.0",
    "1.2.03-rc.1, 1.2.3-rc.1",
    "1.2.3+b, 1.2.3"
  })
  void normalizes(String text, String expected) {
    assertThat(SemanticVersion.parseNormalized(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v", "vv1", "V1.0.0", "1.0-rc", "1+b", " 1", "1.", "a.b.c"})
  void doesNotNormalizeEverything(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SemanticVersion.parseNormalized(text));
  }
}
