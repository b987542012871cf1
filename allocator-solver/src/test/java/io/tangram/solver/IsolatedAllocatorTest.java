package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.api.claim.Claim;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.process.ProcessOptions;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class IsolatedAllocatorTest {

  private static final IsolatedAllocator ALLOCATOR = new IsolatedAllocator();

  private static final AllocationOptions MINUTE =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  @AfterContainer
  static void endProcesses() {
    ALLOCATOR.close();
  }

  @Property(tries = 50)
  void givesThePlanOfAnAllocatorThatSearchesHere(
      @ForAll("problems") SampleProblem sample, @ForAll Admission admission) {
    AllocationOptions options =
        AllocationOptions.builder().from(MINUTE).admission(admission).build();
    AllocationPlan here = new CpSatAllocator().allocate(sample.problem(), options);

    AllocationPlan there = ALLOCATOR.allocate(sample.problem(), options);

    assertSame(there, here);
  }

  @Example
  void searchesPartsSideBySide() {
    AllocationOptions three = AllocationOptions.builder().from(MINUTE).workers(3).build();
    AllocationPlan here = new CpSatAllocator().allocate(twoParts(), three);

    AllocationPlan there = ALLOCATOR.allocate(twoParts(), three);

    assertSame(there, here);
    assertThat(there.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Example
  void startsAnotherChildForOneThatIsKilled() {
    AllocationPlan here = new CpSatAllocator().allocate(twoParts(), MINUTE);
    ALLOCATOR.preload();

    Children.killAndAwait();
    AllocationPlan there = ALLOCATOR.allocate(twoParts(), MINUTE);

    assertSame(there, here);
  }

  @Example
  void givesALegalPlanOrAnExceptionWhateverIsKilled() {
    AllocationOptions killing =
        AllocationOptions.builder()
            .from(MINUTE)
            .listener(IsolatedAllocatorTest::killWhenImproved)
            .build();

    AllocationPlan plan;
    try {
      plan = ALLOCATOR.allocate(twoParts(), killing);
    } catch (AllocatorException e) {
      assertThat(e).hasMessageContaining("ended by themselves");
      return;
    }

    assertThat(plan.allocations().size() + plan.unallocated().size())
        .isEqualTo(twoParts().claims().size());
  }

  private static void killWhenImproved(AllocationListener.Event event) {
    if (event instanceof AllocationListener.Event.Improved) {
      Children.kill();
    }
  }

  @Example
  void endsWhenItIsCancelled() {
    Cancellation cancellation = Cancellation.create();
    AllocationOptions cancelling =
        AllocationOptions.builder()
            .from(MINUTE)
            .cancellation(cancellation)
            .listener(event -> cancellation.cancel())
            .build();

    AllocationPlan plan = ALLOCATOR.allocate(twoParts(), cancelling);

    assertThat(plan.allocations().size() + plan.unallocated().size())
        .isEqualTo(twoParts().claims().size());
  }

  @Example
  void needsAllocationsToComeBeforeItIsClosed() {
    IsolatedAllocator closed = new IsolatedAllocator();
    closed.preload();
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.allocate(twoParts(), MINUTE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(closed::preload).isInstanceOf(IllegalStateException.class);
  }

  @Example
  void refusesImpossibleOptions() {
    assertThatThrownBy(() -> ProcessOptions.builder().heapMebibytes(15).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15 MiB");
    assertThatThrownBy(() -> ProcessOptions.builder().idleProcesses(-1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcessOptions.builder().classPath("").build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Two kinds of GPU, and claims that only one of them can serve. */
  private static AllocationProblem twoParts() {
    AllocationProblem a100 = MigFleet.nodes("8xA100-40GB", "a100", 1).build();
    ImmutableList<Claim> claims =
        ImmutableList.<Claim>builder()
            .addAll(MigFleet.claims(ImmutableMap.of("1g.10gb", 20, "3g.40gb", 9, "4g.40gb", 9)))
            .addAll(MigFleet.claims(ImmutableMap.of("1g.5gb", 20, "3g.20gb", 9, "4g.20gb", 9)))
            .build();
    return MigFleet.nodes("8xH100-80GB", 1)
        .addAllNodes(a100.nodes())
        .addAllSlices(a100.slices())
        .claims(claims)
        .build();
  }

  private static void assertSame(AllocationPlan plan, AllocationPlan other) {
    assertThat(plan.allocations()).isEqualTo(other.allocations());
    assertThat(plan.unallocated()).isEqualTo(other.unallocated());
    assertThat(plan.objectives()).isEqualTo(other.objectives());
    assertThat(plan.status()).isEqualTo(other.status());
    assertThat(plan.allocator()).isEqualTo(other.allocator());
  }
}
