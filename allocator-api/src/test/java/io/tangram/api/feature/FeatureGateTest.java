package io.tangram.api.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureGateTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameInKubernetes(FeatureGate gate) {
    assertThat(FeatureGate.named(gate.gateName())).contains(gate);
  }

  @Test
  void otherNamesAreUnknown() {
    assertThat(FeatureGate.named("DRAAdminAcces")).isEmpty();
    assertThat(FeatureGate.named("ADMIN_ACCESS")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void hasAStageInEveryVersionAndNeverFallsBack(FeatureGate gate) {
    for (int minor = KubernetesVersion.OLDEST.minor();
        minor < KubernetesVersion.NEWEST.minor();
        minor++) {
      assertThat(gate.stageIn(new KubernetesVersion(minor)))
          .isLessThanOrEqualTo(gate.stageIn(new KubernetesVersion(minor + 1)));
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void whatIsSettledIsOnByDefaultUnlessItSaysOtherwise(Stage stage) {
    assertThat(stage.isOnByDefault()).isEqualTo(stage.compareTo(Stage.BETA) >= 0);
  }

  @Test
  void aWholeIsNeverItselfAPart() {
    assertThat(Arrays.stream(FeatureGate.values()).flatMap(gate -> gate.partOf().stream()))
        .allSatisfy(whole -> assertThat(whole.partOf()).isEmpty());
  }
}
