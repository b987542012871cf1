package io.tangram.api.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.feature.KubernetesVersion;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefectTest {

  private static Set<Defect> of(int minor) {
    return Defect.of(new KubernetesVersion(minor));
  }

  @Test
  void isInTheVersionsInWhichItWasSeen() {
    assertThat(of(36))
        .contains(Defect.COUNTER_SLICES_COUNT_EVERYWHERE, Defect.LISTS_NEVER_MATCH)
        .contains(Defect.POOL_NAMES_COLLIDE, Defect.ADMINISTRATION_PAYS_COUNTERS)
        .doesNotContain(Defect.COMMON_VALUES_STAY_NARROW);
    assertThat(of(37))
        .contains(Defect.COMMON_VALUES_STAY_NARROW, Defect.POOL_NAMES_COLLIDE)
        .doesNotContain(Defect.COUNTER_SLICES_COUNT_EVERYWHERE, Defect.CONFIGURATION_REPEATED);
  }

  @Test
  void isInSomeVersion() {
    assertThat(Stream.of(36, 37).flatMap(minor -> of(minor).stream())).contains(Defect.values());
  }

  @Test
  void hasARuleOfItsOwn() {
    assertThat(Defect.values()).extracting(Defect::rule).doesNotHaveDuplicates();
  }

  @Test
  void isNotKnownOfOlderVersions() {
    assertThatThrownBy(() -> of(35))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "What kube-scheduler 1.35 does wrong is not known here; give one of 1.36 to 1.37.");
  }

  @Test
  void breaksNoOtherRulesThanItsOwn() {
    assertThat(Defect.DISTINCTION_REMEMBERS_LAST.mayBreak("R105")).isTrue();
    assertThat(Defect.DISTINCTION_REMEMBERS_LAST.mayBreak("R90")).isFalse();
    assertThat(Defect.ADMINISTRATION_PAYS_COUNTERS.mayBreak("R112")).isFalse();
  }

  @Test
  void canBeLeftOutOfOthers() {
    Set<Defect> others = Defect.without(Defect.POOL_NAMES_COLLIDE, of(37));

    assertThat(others).hasSize(of(37).size() - 1).doesNotContain(Defect.POOL_NAMES_COLLIDE);
    assertThat(Defect.without(Defect.POOL_NAMES_COLLIDE, Set.of())).isEmpty();
  }

  @Test
  void readsAsRuleAndEffect() {
    assertThat(Defect.ADMINISTRATION_PAYS_COUNTERS)
        .hasToString("R86: administrative access pays for counters");
  }
}
