package io.tangram.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

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
}
