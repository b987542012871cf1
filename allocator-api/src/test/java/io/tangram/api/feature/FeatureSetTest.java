package io.tangram.api.feature;

import static io.tangram.api.feature.FeatureGate.ADMIN_ACCESS;
import static io.tangram.api.feature.FeatureGate.CONSUMABLE_CAPACITY;
import static io.tangram.api.feature.FeatureGate.DEVICE_BINDING_CONDITIONS;
import static io.tangram.api.feature.FeatureGate.DEVICE_TAINTS;
import static io.tangram.api.feature.FeatureGate.DEVICE_TAINT_RULES;
import static io.tangram.api.feature.FeatureGate.DYNAMIC_RESOURCE_ALLOCATION;
import static io.tangram.api.feature.FeatureGate.FRACTIONAL_CAPACITY_RANGE;
import static io.tangram.api.feature.FeatureGate.LIST_TYPE_ATTRIBUTES;
import static io.tangram.api.feature.FeatureGate.PARTITIONABLE_DEVICES;
import static io.tangram.api.feature.FeatureGate.PRIORITIZED_LIST;
import static io.tangram.api.feature.FeatureGate.RESOURCE_CLAIM_DEVICE_STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSetTest {

  private static FeatureSet of(int minor) {
    return FeatureSet.of(new KubernetesVersion(minor));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33, 34, 35, 36, 37})
  void everyVersionsDefaultsAreSound(int minor) {
    assertThat(of(minor).unlocked()).isEmpty();
  }

  @Test
  void newerVersionsDoMoreByDefault() {
    assertThat(of(33).on()).containsExactly(RESOURCE_CLAIM_DEVICE_STATUS);
    assertThat(of(34).isOn(PRIORITIZED_LIST)).isTrue();
    assertThat(of(35).isOn(PARTITIONABLE_DEVICES)).isFalse();
    assertThat(of(36).isOn(PARTITIONABLE_DEVICES)).isTrue();
    assertThat(of(36).isOn(DEVICE_TAINT_RULES)).isFalse();
    assertThat(of(37).isOn(DEVICE_TAINT_RULES)).isTrue();
  }

  @Test
  void theDefaultIsTheNewestVersionWithListsBeside() {
    assertThat(Sets.difference(FeatureSet.DEFAULT.on(), of(37).on()))
        .containsExactly(LIST_TYPE_ATTRIBUTES);
  }

  @Test
  void gatesAreTurnedOnAndOff() {
    FeatureSet features =
        of(36).with(ImmutableMap.of(LIST_TYPE_ATTRIBUTES, true, DEVICE_TAINTS, false));

    assertThat(features.isOn(LIST_TYPE_ATTRIBUTES)).isTrue();
    assertThat(features.isOn(DEVICE_TAINTS)).isFalse();
    assertThat(features.isOn(CONSUMABLE_CAPACITY)).isTrue();
  }

  @Test
  void onlyWhatIsNamedIsOnBesideClaims() {
    assertThat(FeatureSet.only(ImmutableSet.of(DEVICE_TAINTS)).on())
        .containsExactly(DYNAMIC_RESOURCE_ALLOCATION, DEVICE_TAINTS);
  }

  @Test
  void aLockedGateCanBeTurnedOffAndIsRemembered() {
    assertThat(of(36).with(ADMIN_ACCESS, false).unlocked()).containsExactly(ADMIN_ACCESS);
    assertThat(of(35).with(ADMIN_ACCESS, false).unlocked()).isEmpty();
  }

  @Test
  void aGateNeedsItsPrerequisite() {
    assertThatThrownBy(() -> of(36).with(RESOURCE_CLAIM_DEVICE_STATUS, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Feature gate DRADeviceBindingConditions needs DRAResourceClaimDeviceStatus, which is"
                + " off. Turn both on or both off.");
    assertThat(
            of(36)
                .with(
                    ImmutableMap.of(
                        RESOURCE_CLAIM_DEVICE_STATUS, false, DEVICE_BINDING_CONDITIONS, false))
                .on())
        .doesNotContain(RESOURCE_CLAIM_DEVICE_STATUS, DEVICE_BINDING_CONDITIONS);
  }

  @Test
  void aPartGoesOffWithTheWholeUnlessItIsNamed() {
    assertThat(of(37).with(CONSUMABLE_CAPACITY, false).on())
        .doesNotContain(CONSUMABLE_CAPACITY, FRACTIONAL_CAPACITY_RANGE);
    assertThatThrownBy(
            () -> of(37).with(ImmutableMap.of(DEVICE_TAINTS, false, DEVICE_TAINT_RULES, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DRADeviceTaintRules needs DRADeviceTaints, which is off");
  }

  @Test
  void rulesThatTaintAreOnWithTaintsBeforeTheyHaveAGate() {
    FeatureSet before = FeatureSet.of(new KubernetesVersion(34));
    FeatureSet after = FeatureSet.of(new KubernetesVersion(35));

    assertThat(before.isOn(DEVICE_TAINT_RULES)).isFalse();
    assertThat(before.with(DEVICE_TAINTS, true).isOn(DEVICE_TAINT_RULES)).isTrue();
    assertThat(after.with(DEVICE_TAINTS, true).isOn(DEVICE_TAINT_RULES)).isFalse();
  }

  @Test
  void aGateThatTheVersionDoesNotKnowCanNotBeTurnedOn() {
    assertThatThrownBy(() -> of(33).with(CONSUMABLE_CAPACITY, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Kubernetes 1.33 has no feature gate DRAConsumableCapacity; it came with 1.34. Choose"
                + " that version, or leave the gate out.");
    assertThat(of(33).with(CONSUMABLE_CAPACITY, false)).isEqualTo(of(33));
  }
}
