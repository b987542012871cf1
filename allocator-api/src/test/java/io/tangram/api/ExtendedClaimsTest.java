package io.tangram.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Quantity;
import org.junit.jupiter.api.Test;

class ExtendedClaimsTest {

  private static final String GPU = "example.com/gpu";

  private static final Claim CLAIM =
      ImmutableClaim.builder()
          .from(Claim.of(new ClaimId("ns", "c"), DeviceRequest.of("r", "gpu")))
          .putExtendedResources("r", GPU)
          .build();

  private static ImmutableAllocationProblem.Builder problem() {
    return AllocationProblem.builder()
        .addDeviceClasses(DeviceClass.builder().name("gpu").build())
        .addClaims(CLAIM);
  }

  private static ImmutableWorkload workload(String name) {
    return ImmutableWorkload.builder()
        .id(new WorkloadId("ns", name))
        .addClaims(CLAIM.id())
        .putResources(GPU, Quantity.ONE)
        .build();
  }

  @Test
  void takesAClaimOfOneWorkload() {
    AllocationProblem problem = problem().addWorkloads(workload("w")).build();

    assertThat(problem.claims()).containsExactly(CLAIM);
    assertThat(problem().build().workloads()).isEmpty();
  }

  @Test
  void refusesAClaimOfSeveralWorkloads() {
    assertThatThrownBy(() -> problem().addWorkloads(workload("v"), workload("w")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Claim ns/c stands for extended resources, but 2 workloads reference it; it has to be"
                + " of one (R217).");
  }

  @Test
  void refusesAClaimForWhatItsWorkloadDoesNotTake() {
    Workload idle = workload("w").withResources(ImmutableMap.of(GPU, Quantity.ZERO));

    assertThatThrownBy(() -> problem().addWorkloads(idle).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workload ns/w takes nothing of example.com/gpu");
  }

  @Test
  void refusesAClassThatIsNotThere() {
    assertThatThrownBy(
            () -> AllocationProblem.builder().addClaims(CLAIM).addWorkloads(workload("w")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class gpu, which is not there (R214)");
  }
}
