package io.tangram.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.Quantity;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void comparesResourcesInOneUnit() {
    Reason reason = new Reason.NodeResources("cpu", Quantity.of(64), Quantity.parse("15890m"), 2);

    assertThat(reason.message())
        .isEqualTo(
            "the pod takes 64 of cpu, of which no more than 15.89 is left on 2 nodes that"
                + " could serve it otherwise");
  }

  @Test
  void citesTheRuleOfPartnersOnce() {
    Reason apart =
        new Reason.Competing(ImmutableList.of("a", "b"), ReasonCode.INSUFFICIENT_DEVICES);
    Reason missing = new Reason.ClassMissing("r", "gpu");

    assertThat(new Reason.PartnerUnallocated(new ClaimId("ns", "c"), apart).message())
        .containsOnlyOnce("(R194)");
    assertThat(new Reason.PartnerUnallocated(new ClaimId("ns", "c"), missing).message())
        .endsWith("(R39) (R194)");
  }
}
