package io.tangram.api.testing;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The {@linkplain AllocatorLaws laws} of every allocator, tried on small random problems. Inherit
 * from it to test yours:
 *
 * <pre>{@code
 * class MyAllocatorTest extends AllocatorContract {
 *   @Override
 *   protected Allocator allocator() {
 *     return new MyAllocator();
 *   }
 * }
 * }</pre>
 *
 * <p>How many problems are tried is jqwik's {@code jqwik.tries.default}; in this project {@code
 * -Dtangram.tries=1000} sets it. A failure prints the problem, and the seed with which
 * {@code @Property(seed = "...")} finds it again.
 */
public abstract class AllocatorContract {

  /** Returns the allocator to test. */
  protected abstract Allocator allocator();

  /**
   * Returns where the problems come from: all features by default. Leave out what the allocator is
   * documented not to support.
   */
  protected ProblemArbitraries generator() {
    return ProblemArbitraries.all();
  }

  /**
   * Returns the options to allocate with: the defaults, with one worker, and with so much time that
   * a busy machine changes nothing.
   */
  protected AllocationOptions options() {
    return AllocationOptions.builder().workers(1).timeLimit(Duration.ofMinutes(10)).build();
  }

  /** The problems to try. */
  @Provide
  protected final Arbitrary<SampleProblem> problems() {
    return generator().problems();
  }

  /** Returns the kinds of admission that the allocator knows: all by default. */
  protected Set<Admission> admissions() {
    return EnumSet.allOf(Admission.class);
  }

  /** Returns the objectives that the allocator knows: all by default. */
  protected Set<Objective> objectives() {
    return EnumSet.allOf(Objective.class);
  }

  /** The problems to try with what is to be optimised in each. */
  @Provide
  protected final Arbitrary<SampleTask> tasks() {
    return generator().tasks(admissions(), objectives());
  }

  /** Returns the laws for the allocator under test. */
  protected final AllocatorLaws laws() {
    return new AllocatorLaws(allocator());
  }

  @Property
  void planIsLegal(@ForAll("problems") SampleProblem sample) {
    laws().planIsLegal(sample.problem(), options());
  }

  @Property
  void planIsLegalWhateverIsOptimised(@ForAll("tasks") SampleTask task) {
    laws().planIsLegal(task.problem(), task.with(options()));
  }

  @Property
  void valuesAreTrue(@ForAll("tasks") SampleTask task) {
    laws().valuesAreTrue(task.problem(), task.with(options()));
  }

  @Property
  void everyClaimIsAccountedFor(@ForAll("problems") SampleProblem sample) {
    laws().everyClaimIsAccountedFor(sample.problem(), options());
  }

  @Property
  void everyWorkloadIsAccountedFor(@ForAll("problems") SampleProblem sample) {
    laws().everyWorkloadIsAccountedFor(sample.problem(), options());
  }

  @Property
  void heldDevicesStayHeld(@ForAll("problems") SampleProblem sample) {
    laws().heldDevicesStayHeld(sample.problem(), options());
  }

  @Property
  void sameSeedGivesTheSamePlan(@ForAll("problems") SampleProblem sample) {
    laws().sameSeedGivesTheSamePlan(sample.problem(), options());
  }

  @Property
  void whatFitsAloneIsAdmittedAlone(@ForAll("problems") SampleProblem sample) {
    laws().whatFitsAloneIsAdmittedAlone(sample.problem(), options());
  }

  @Property
  void reasonsAreTrue(@ForAll("problems") SampleProblem sample) {
    laws().reasonsAreTrue(sample.problem(), options());
  }

  @Property
  void orderOfTheClusterDoesNotMatter(@ForAll("problems") SampleProblem sample, @ForAll long seed) {
    laws().orderOfTheClusterDoesNotMatter(sample.problem(), options(), new Random(seed));
  }

  @Property
  void nothingIsAllocatedWithoutNodes(@ForAll("problems") SampleProblem sample) {
    laws().nothingIsAllocatedWithoutNodes(sample.problem(), options());
  }

  @Property
  void cancelledRunGivesALegalPlanOrNone(@ForAll("problems") SampleProblem sample) {
    laws().cancelledRunGivesALegalPlanOrNone(sample.problem(), options());
  }

  @Property
  void tinyDeterministicLimitGivesALegalPlan(@ForAll("problems") SampleProblem sample) {
    laws().tinyDeterministicLimitGivesALegalPlan(sample.problem(), options());
  }

  @Property
  void tinyTimeLimitIsMet(@ForAll("problems") SampleProblem sample) {
    laws().tinyTimeLimitIsMet(sample.problem(), options());
  }

  @Property
  void threadsMayShareTheAllocator(@ForAll("problems") SampleProblem sample) {
    laws().threadsMayShareTheAllocator(sample.problem(), options());
  }

  @Property
  void listenerMayEndTheAllocation(@ForAll("problems") SampleProblem sample) {
    laws().listenerMayEndTheAllocation(sample.problem(), options());
  }

  @Example
  void emptyProblemHasAnEmptyPlan() {
    AllocationProblem empty = AllocationProblem.builder().build();

    laws().planIsLegal(empty, options());
    laws().everyClaimIsAccountedFor(empty, options());
  }
}
