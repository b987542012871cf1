package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import org.junit.jupiter.api.Test;

class RequestNamesTest {

  private static final String GPU = "example.com/gpu";

  @Test
  void aRequestIsCalledAsInResults() { // R79
    Request any = any(leaf("big", 1), leaf("small", 1));
    Claim claim = claim("c", any, one("gpu"));

    assertThat(RequestNames.of(claim, any, any.alternatives().get(1))).isEqualTo("any/small");
    assertThat(RequestNames.of(claim, any)).isEqualTo("any");
    assertThat(RequestNames.of(claim, one("gpu"))).isEqualTo("gpu");
  }

  @Test
  void aRequestThatStandsForAResourceIsCalledLikeIt() {
    Claim claim =
        claim("c", one("gpu"), one("small"))
            .withExtendedResources(ImmutableMap.of("gpu", GPU, "small", "small.example.com/s"));

    assertThat(RequestNames.of(claim, one("gpu"))).isEqualTo(GPU);
    assertThat(RequestNames.of(claim, one("gpu"), leaf("gpu", 1))).isEqualTo(GPU);
  }

  @Test
  void requestsThatStandForOneResourceAreToldApart() {
    Claim claim =
        claim("c", one("gpu"), one("big"))
            .withExtendedResources(ImmutableMap.of("gpu", GPU, "big", GPU));

    assertThat(RequestNames.of(claim, one("big"))).isEqualTo("example.com/gpu (big)");
    assertThat(RequestNames.of(claim, one("gpu"), leaf("gpu", 1)))
        .isEqualTo("example.com/gpu (gpu)");
  }
}
