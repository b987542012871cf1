package io.tangram.api.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesVersionTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.36", "v1.36", "v1.36.2", "1.36.0-alpha.1", "v1.36.3+k3s1"})
  void onlyTheMinorVersionMatters(String text) {
    assertThat(KubernetesVersion.parse(text))
        .isEqualTo(new KubernetesVersion(36))
        .hasToString("1.36");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "36", "2.36", "1.36.", "1.36.x", "1.36.1.2", "latest", "1.99999"})
  void whatIsNoVersionIsRefused(String text) {
    assertThatThrownBy(() -> KubernetesVersion.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + text
                + "\" is no Kubernetes version;"
                + " give one of 1.32 to 1.37, such as 1.36 or v1.36.2.");
  }

  @Test
  void versionsThatAreNotKnownAreRefused() {
    assertThatThrownBy(() -> KubernetesVersion.parse("1.31.4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Kubernetes 1.31 is older than what is known here; give one of");
    assertThatThrownBy(() -> KubernetesVersion.parse("v1.38"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Kubernetes 1.38 is newer than what is known here; give one of");
  }

  @Test
  void versionsAreOrdered() {
    assertThat(KubernetesVersion.OLDEST).isLessThan(KubernetesVersion.NEWEST);
  }
}
