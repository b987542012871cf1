package io.tangram.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.ImmutableWorkloadGroup;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import java.util.Arrays;
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

  private static AllocationProblem grouped(WorkloadGroup... groups) {
    return AllocationProblem.builder()
        .addWorkloads(workload("a", 0), workload("b", 0), workload("c", 5))
        .addGroups(groups)
        .build();
  }

  private static Workload workload(String name, int priority) {
    return Workload.builder().id(new WorkloadId("ns", name)).priority(priority).build();
  }

  private static WorkloadGroup group(String name, String... members) {
    return WorkloadGroup.of(
        new WorkloadGroupId("ns", name),
        1,
        Arrays.stream(members).map(each -> new WorkloadId("ns", each)).toArray(WorkloadId[]::new));
  }

  @Test
  void aWorkloadIsInOneGroup() {
    assertThat(grouped(group("g", "a", "b"), group("h", "c")).groups()).hasSize(2);
    assertThatThrownBy(() -> grouped(group("g", "a"), group("h", "a", "b")))
        .hasMessage(
            "Workload ns/a is in the groups ns/g and ns/h; a workload is in one group at most.");
    assertThatThrownBy(() -> grouped(group("g", "a"), group("g", "b")))
        .hasMessage("The problem has two groups called ns/g; names are unique.");
    assertThatThrownBy(() -> group("g", "a", "a"))
        .hasMessage("Group ns/g lists workload ns/a twice; list it once.");
  }

  @Test
  void aGroupHasMembersOfOnePriorityThatAreThere() {
    assertThatThrownBy(() -> grouped(group("g", "a", "c")))
        .hasMessage("Group ns/g has members of priorities [0, 5]; give all one.");
    assertThatThrownBy(() -> grouped(group("g", "z")))
        .hasMessage("Group ns/g references workload ns/z, which is not there.");
    assertThatThrownBy(() -> WorkloadGroup.of(new WorkloadGroupId("ns", "g"), 0))
        .hasMessage("Group ns/g asks for at least 0 members; ask for 1 or more.");
  }

  @Test
  void aGroupSaysOnceWhereItsMembersAre() {
    TopologyConstraint one = new TopologyConstraint.AtMost("rack", 1, true);
    ImmutableWorkloadGroup.Builder group =
        WorkloadGroup.builder().id(new WorkloadGroupId("ns", "g")).minMembers(1);

    assertThat(group.build().isBinding()).isFalse();
    assertThat(group.addTopology(one).build().isBinding()).isTrue();
    assertThatThrownBy(() -> group.addTopology(one).build())
        .hasMessage("Group ns/g lists at most 1 member in one rack twice; list it once.");
    assertThatThrownBy(() -> new TopologyConstraint.AtMost("rack", 0, true))
        .hasMessage("At most 0 members in one rack are none; allow 1 or more.");
    assertThatThrownBy(() -> new TopologyConstraint.Together("", true))
        .hasMessage("A topology level is the empty label; name a label of nodes.");
  }

  @Test
  void refusesAClaimThatIsBothPendingAndHeld() {
    assertThatThrownBy(
            () -> AllocationProblem.builder().addClaims(CLAIM).addHeld(ALLOCATION).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ns/c");
  }
}
