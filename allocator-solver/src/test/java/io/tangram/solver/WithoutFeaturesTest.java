package io.tangram.solver;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.projection.FeatureProjection;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.FeatureSetArbitraries;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Plans for problems of which some features are off, whatever they are. */
class WithoutFeaturesTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  @Provide
  Arbitrary<FeatureSet> features() {
    return FeatureSetArbitraries.all();
  }

  @Property
  void optimalAdmitsWhatTheOracleAdmits(
      @ForAll("problems") SampleProblem sample, @ForAll("features") FeatureSet features) {
    AllocationProblem problem = FeatureProjection.of(features).of(sample.problem());
    AllocatorLaws laws = new AllocatorLaws(new CpSatAllocator());

    laws.planIsLegal(problem, OPTIONS);
    laws.objectivesAreOptimal(problem, OPTIONS);
  }

  @Property
  void reasonsAreTrue(
      @ForAll("problems") SampleProblem sample, @ForAll("features") FeatureSet features) {
    AllocationProblem problem = FeatureProjection.of(features).of(sample.problem());

    new AllocatorLaws(new CpSatAllocator()).reasonsAreTrue(problem, OPTIONS);
  }

  @Property
  void greedyPlansAreLegal(
      @ForAll("problems") SampleProblem sample,
      @ForAll("features") FeatureSet features,
      @ForAll("greedy") Allocator greedy) {
    AllocationProblem problem = FeatureProjection.of(features).of(sample.problem());
    AllocatorLaws laws = new AllocatorLaws(greedy);

    laws.planIsLegal(problem, OPTIONS);
    laws.everyClaimIsAccountedFor(problem, OPTIONS);
  }

  @Provide
  Arbitrary<Allocator> greedy() {
    return Arbitraries.of(
        new FirstFitAllocator(), new BestFitAllocator(), new FragmentationAllocator());
  }
}
