package io.tangram.api.claim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

/** Section 5.1: names tell requests apart, in constraints and in results. */
class ClaimTest {

  private static final DeviceRequest GPU =
      DeviceRequest.builder().name("a").deviceClass("gpu").build();
  private static final DeviceRequest NIC =
      DeviceRequest.builder().name("a").deviceClass("nic").build();

  @Test
  void refusesTwoRequestsOfOneName() {
    assertThatThrownBy(() -> Claim.of(new ClaimId("ns", "c"), GPU, NIC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Claim ns/c has two requests called a; give each a name of its own (section 5.1).");
  }

  @Test
  void refusesTwoAlternativesOfOneName() {
    assertThatThrownBy(() -> new Request.FirstAvailable("list", ImmutableList.of(GPU, NIC)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Request list lists 2 alternatives under 1 names; give each a name of its own"
                + " (section 5.1).");
  }
}
