package io.tangram.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import org.junit.jupiter.api.Test;

class AllocationProblemTest {

  private static final ClaimId ID = new ClaimId("ns", "c");
  private static final Claim CLAIM = Claim.builder().id(ID).build();
  private static final Allocation ALLOCATION = Allocation.builder().claim(ID).build();

  @Test
  void knowsTheClaimsBehindHeldAllocations() {
    AllocationProblem problem =
        AllocationProblem.builder().addHeld(ALLOCATION).putHeldClaims(ID, CLAIM).build();

    assertThat(problem.heldClaims()).containsEntry(ID, CLAIM);
    assertThat(AllocationProblem.builder().addHeld(ALLOCATION).build().heldClaims()).isEmpty();
  }

  @Test
  void refusesAHeldClaimWithoutAnAllocation() {
    assertThatThrownBy(() -> AllocationProblem.builder().putHeldClaims(ID, CLAIM).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ns/c");
  }

  @Test
  void refusesAHeldClaimUnderAnotherName() {
    ClaimId other = new ClaimId("ns", "d");

    assertThatThrownBy(
            () ->
                AllocationProblem.builder()
                    .addHeld(Allocation.builder().claim(other).build())
                    .putHeldClaims(other, CLAIM)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ns/d");
  }

  @Test
  void refusesAClaimThatIsBothPendingAndHeld() {
    assertThatThrownBy(
            () -> AllocationProblem.builder().addClaims(CLAIM).addHeld(ALLOCATION).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ns/c");
  }
}
