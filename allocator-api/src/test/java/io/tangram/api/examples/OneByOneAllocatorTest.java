package io.tangram.api.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationOptions;
import io.tangram.api.Allocator;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.testing.AllocatorContract;
import io.tangram.api.testing.BruteForceOracle;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.OracleAnswer;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** How to test an allocator of one's own: the laws, on the features it supports. */
class OneByOneAllocatorTest extends AllocatorContract {

  @Override
  protected Allocator allocator() {
    return new OneByOneAllocator();
  }

  @Override
  protected ProblemArbitraries generator() {
    return ProblemArbitraries.of(
        ImmutableSet.of(
            Feature.PARTITIONS,
            Feature.SEVERAL_COUNTER_SETS,
            Feature.CAPACITY_REQUESTS,
            Feature.TAINTS,
            Feature.TOLERATIONS,
            Feature.HELD_DEVICES,
            Feature.VANISHED_DEVICES,
            Feature.INCOMPLETE_POOLS,
            Feature.INVALID_POOLS,
            Feature.TWO_DRIVERS,
            Feature.OLDER_GENERATIONS,
            Feature.FAILING_SELECTORS));
  }

  @Override
  protected AllocationOptions options() {
    return AllocationOptions.builder().objectives(List.of()).workers(1).build();
  }

  @Override
  protected Set<Admission> admissions() {
    return Set.of(Admission.MOST_CLAIMS);
  }

  @Override
  protected Set<Objective> objectives() {
    return Set.of();
  }

  /** A property of one's own, on the same problems. */
  @Property
  void admitsNoMoreThanFit(@ForAll("problems") SampleProblem sample) {
    OracleAnswer optimum = BruteForceOracle.solve(sample.problem(), options());

    var plan = allocator().allocate(sample.problem(), options());

    assertThat(plan.allocations().keySet()).isSubsetOf(optimum.fitAlone());
    assertThat(plan.allocations()).hasSizeLessThanOrEqualTo(optimum.admitted().size());
  }
}
