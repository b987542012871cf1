package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.Reason;
import io.tangram.solver.Fleet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Workloads {@code a} to {@code f}. */
class GangsTest {

  private final ImmutableAllocationProblem.Builder problem =
      Fleet.of("n")
          .addAllWorkloads(
              Stream.of("a", "b", "c", "d", "e", "f")
                  .map(name -> Workload.builder().id(id(name)).build())
                  .toList());

  @Test
  void bindTheMembersOfGroupsThatNeedSeveral() {
    group("pair", 2, "b", "d");

    Gangs gangs = gangs();

    assertThat(gangs.of(id("b"))).hasValue(new Gang(groupId("pair"), 2, ImmutableList.of()));
    assertThat(gangs.of(id("d"))).hasValue(new Gang(groupId("pair"), 2, ImmutableList.of()));
    assertThat(gangs.of(id("a"))).isEmpty();
  }

  @Test
  void doNotBindMembersOfWhichOneIsEnough() {
    group("lone", 1, "b", "d");

    assertThat(gangs().of(id("b"))).isEmpty();
    assertThat(together("a", "b", "c", "d")).containsExactly("a", "b", "c", "d");
    assertThat(gangs().shortage(id("b"), workload -> false)).isEmpty();
  }

  @Test
  void standTogetherWhereTheirFirstMemberStands() {
    group("pair", 2, "b", "d");
    group("others", 2, "c", "e");

    assertThat(together("a", "b", "c", "d", "", "e", "f"))
        .containsExactly("a", "b", "d", "c", "e", "", "f");
  }

  @Test
  void leaveAQueueWithoutGroupsAlone() {
    assertThat(together("c", "", "a")).containsExactly("c", "", "a");
  }

  @Test
  void lackMembersWhereTooFewCanBeConsidered() {
    group("trio", 3, "a", "b", "c", "d");
    Set<WorkloadId> two = Set.of(id("a"), id("d"));
    Set<WorkloadId> three = Set.of(id("a"), id("c"), id("d"));

    assertThat(gangs().shortage(id("a"), two::contains))
        .hasValue(new Reason.GroupUnplaced(groupId("trio"), 3, 2));
    assertThat(gangs().shortage(id("a"), three::contains)).isEmpty();
    assertThat(gangs().shortage(id("e"), two::contains)).isEmpty();
  }

  private Gangs gangs() {
    return new Gangs(problem.build());
  }

  /** A queue of workloads, and of claims without one where the name is empty. */
  private List<String> together(String... queue) {
    return gangs()
        .together(
            List.of(queue),
            name -> name.isEmpty() ? Optional.<WorkloadId>empty() : Optional.of(id(name)));
  }

  private void group(String name, int minMembers, String... members) {
    problem.addGroups(
        WorkloadGroup.builder()
            .id(groupId(name))
            .members(Stream.of(members).map(GangsTest::id).toList())
            .minMembers(minMembers)
            .build());
  }

  private static WorkloadId id(String name) {
    return new WorkloadId("ns", name);
  }

  private static WorkloadGroupId groupId(String name) {
    return new WorkloadGroupId("ns", name);
  }
}
