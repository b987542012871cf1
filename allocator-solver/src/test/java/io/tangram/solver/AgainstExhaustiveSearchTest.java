package io.tangram.solver;

import io.tangram.api.AllocationOptions;
import io.tangram.api.testing.AllocatorLaws;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * All features together on one to three nodes: a workload alone is allocated when, and only when,
 * an exhaustive search finds devices for it, and the most claims are as many as that search admits;
 * half of the time by models also where the best is easily foreseen.
 *
 * <p>{@code mvn -Pnightly -pl allocator-solver -am test -Dtest=AgainstExhaustiveSearchTest
 * -Dsurefire.failIfNoSpecifiedTests=false} tries a hundred thousand problems.
 */
class AgainstExhaustiveSearchTest {

  private static final int EVERY_BUILD = 1_000;
  private static final int NIGHTLY = 100_000;

  /** So much time that a busy machine changes nothing. */
  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().workers(1).timeLimit(Duration.ofMinutes(10)).build();

  private static AllocatorLaws laws(boolean foresees) {
    return new AllocatorLaws(foresees ? new CpSatAllocator() : CpSatAllocator.byModelsOnly());
  }

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  @Property(tries = EVERY_BUILD)
  void allocatesWhenAndOnlyWhenItIsPossible(
      @ForAll("problems") SampleProblem sample, @ForAll boolean foresees) {
    laws(foresees).whatFitsAloneIsAdmittedAlone(sample.problem(), OPTIONS);
  }

  @Property(tries = EVERY_BUILD)
  void admitsAsManyAsPossible(@ForAll("problems") SampleProblem sample, @ForAll boolean foresees) {
    laws(foresees).objectivesAreOptimal(sample.problem(), OPTIONS);
  }

  @Property(tries = NIGHTLY)
  @Tag("nightly")
  void allocatesWhenAndOnlyWhenItIsPossibleAllNight(
      @ForAll("problems") SampleProblem sample, @ForAll boolean foresees) {
    laws(foresees).whatFitsAloneIsAdmittedAlone(sample.problem(), OPTIONS);
  }

  @Property(tries = NIGHTLY)
  @Tag("nightly")
  void admitsAsManyAsPossibleAllNight(
      @ForAll("problems") SampleProblem sample, @ForAll boolean foresees) {
    laws(foresees).objectivesAreOptimal(sample.problem(), OPTIONS);
  }
}
