package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.Cancellation;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every {@link Allocator} has to satisfy, one law a method. A method returns normally if the
 * law holds for the problem and fails with an {@link AssertionError} that tells why if it doesn't.
 * The laws behind {@link BruteForceOracle} need problems that it can solve.
 *
 * <p>{@link AllocatorContract} and {@link OptimalAllocatorContract} try them on many problems.
 */
public final class AllocatorLaws {

  private static final int THREADS = 3;

  private final Allocator allocator;

  /** Makes the laws for one allocator. */
  public AllocatorLaws(Allocator allocator) {
    this.allocator = allocator;
  }

  /** The plan passes {@link PlanChecker}. */
  public void planIsLegal(AllocationProblem problem, AllocationOptions options) {
    requireLegal(problem, options, allocator.allocate(problem, options));
  }

  private static void requireLegal(
      AllocationProblem problem, AllocationOptions options, AllocationPlan plan) {
    assertThat(PlanChecker.of(problem).check(plan, options)).as("violations of %s", plan).isEmpty();
  }

  /** Every pending claim is allocated or left out, once, in the order of the problem. */
  public void everyClaimIsAccountedFor(AllocationProblem problem, AllocationOptions options) {
    requireAccounts(problem, allocator.allocate(problem, options));
  }

  /** Every workload is placed or not, once, in the order of the problem. */
  public void everyWorkloadIsAccountedFor(AllocationProblem problem, AllocationOptions options) {
    requireAccounts(problem, allocator.allocate(problem, options));
  }

  private static void requireAccounts(AllocationProblem problem, AllocationPlan plan) {
    List<ClaimId> pending = problem.claims().stream().map(Claim::id).toList();
    assertThat(plan.allocations().keySet())
        .as("claims allocated, in the problem's order")
        .containsExactlyElementsOf(
            pending.stream().filter(plan.allocations()::containsKey).toList());
    assertThat(plan.unallocated().keySet())
        .as("claims left out: those not allocated, in the problem's order")
        .containsExactlyElementsOf(
            pending.stream().filter(id -> !plan.allocations().containsKey(id)).toList());
    List<WorkloadId> workloads = problem.workloads().stream().map(Workload::id).toList();
    assertThat(plan.placements().keySet())
        .as("workloads placed, in the problem's order")
        .containsExactlyElementsOf(
            workloads.stream().filter(plan.placements()::containsKey).toList());
    assertThat(plan.unplaced().keySet())
        .as("workloads left out: those not placed, in the problem's order")
        .containsExactlyElementsOf(
            workloads.stream().filter(id -> !plan.placements().containsKey(id)).toList());
  }

  /** A device that a claim holds as a whole is given to nobody else. */
  public void heldDevicesStayHeld(AllocationProblem problem, AllocationOptions options) {
    AllocationPlan plan = allocator.allocate(problem, options);

    Set<DeviceId> held =
        problem.held().stream()
            .flatMap(allocation -> allocation.devices().stream())
            .filter(device -> !device.adminAccess() && device.shareId().isEmpty())
            .map(DeviceAllocation::device)
            .collect(Collectors.toSet());
    assertThat(
            plan.allocations().values().stream()
                .flatMap(allocation -> allocation.devices().stream())
                .filter(device -> !device.adminAccess())
                .map(DeviceAllocation::device))
        .as("devices given")
        .noneMatch(held::contains);
  }

  /** The plan depends on problem, options and seed, not on the run or the number of workers. */
  public void sameSeedGivesTheSamePlan(AllocationProblem problem, AllocationOptions options) {
    AllocationOptions oneWorker = ImmutableAllocationOptions.copyOf(options).withWorkers(1);
    AllocationOptions threeWorkers = ImmutableAllocationOptions.copyOf(options).withWorkers(3);

    AllocationPlan plan = allocator.allocate(problem, oneWorker);
    AllocationPlan again = allocator.allocate(problem, oneWorker);
    AllocationPlan withThree = allocator.allocate(problem, threeWorkers);

    requireSame(plan, again, "another run");
    requireSame(plan, withThree, "three workers");
  }

  private static void requireSame(AllocationPlan plan, AllocationPlan other, String what) {
    assertThat(other.allocations()).as("allocations of %s", what).isEqualTo(plan.allocations());
    assertThat(other.unallocated()).as("reasons of %s", what).isEqualTo(plan.unallocated());
    assertThat(other.placements()).as("placements of %s", what).isEqualTo(plan.placements());
    assertThat(other.unplaced()).as("workloads left out of %s", what).isEqualTo(plan.unplaced());
    assertThat(other.objectives()).as("objectives of %s", what).isEqualTo(plan.objectives());
    assertThat(other.status()).as("status of %s", what).isEqualTo(plan.status());
    assertThat(other.warnings()).as("warnings of %s", what).isEqualTo(plan.warnings());
  }

  /**
   * A workload or lone claim that has the cluster to itself, and is in no group, is admitted when
   * it can be.
   */
  public void whatFitsAloneIsAdmittedAlone(AllocationProblem problem, AllocationOptions options) {
    OracleAnswer answer = BruteForceOracle.solve(problem, options);
    for (AdmissionUnit unit : AdmissionUnit.queueOf(problem)) {
      AllocationProblem alone = alone(unit, problem);

      AllocationPlan plan = allocator.allocate(alone, options);

      boolean fits = answer.fitsAlone(unit);
      assertThat(plan.allocations().keySet())
          .as("claims allocated of %s, %s", unit.claimIds(), fits ? "which fit" : "which don't fit")
          .hasSize(fits ? unit.claims().size() : 0);
      assertThat(plan.placements().keySet())
          .as("placed of %s, which %s", unit, fits ? "fits" : "doesn't fit")
          .hasSize(fits && unit.workload().isPresent() ? 1 : 0);
      requireLegal(alone, options, plan);
    }
  }

  private static AllocationProblem alone(AdmissionUnit unit, AllocationProblem problem) {
    return ImmutableAllocationProblem.copyOf(problem)
        .withGroups(List.of())
        .withWorkloads(List.of())
        .withClaims(unit.claims())
        .withWorkloads(unit.workload().stream().toList());
  }

  /** Each reason is true as far as the oracle can tell; what fits alone is only ever outranked. */
  public void reasonsAreTrue(AllocationProblem problem, AllocationOptions options) {
    AllocationPlan plan = allocator.allocate(problem, options);

    new ReasonLaws(problem, plan, BruteForceOracle.solve(problem, options)).requireTrue();
  }

  /** The order in which nodes and slices are listed doesn't change what is reached. */
  public void orderOfTheClusterDoesNotMatter(
      AllocationProblem problem, AllocationOptions options, Random random) {
    AllocationProblem shuffled =
        ImmutableAllocationProblem.copyOf(problem)
            .withNodes(shuffled(problem.nodes(), random))
            .withSlices(shuffled(problem.slices(), random));

    AllocationPlan plan = allocator.allocate(problem, options);
    AllocationPlan other = allocator.allocate(shuffled, options);

    requireLegal(shuffled, options, other);
    assertThat(other.objectives())
        .extracting(ObjectiveResult::value)
        .as("values with nodes and slices in another order")
        .containsExactlyElementsOf(plan.objectives().stream().map(ObjectiveResult::value).toList());
  }

  private static <T> List<T> shuffled(List<T> list, Random random) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** Without nodes nothing that asks for a device is allocated, and nothing is placed. */
  public void nothingIsAllocatedWithoutNodes(AllocationProblem problem, AllocationOptions options) {
    AllocationProblem nodeless = ImmutableAllocationProblem.copyOf(problem).withNodes(List.of());

    AllocationPlan plan = allocator.allocate(nodeless, options);

    requireLegal(nodeless, options, plan);
    requireAccounts(nodeless, plan);
    assertThat(plan.allocations().values())
        .as("allocations on no node")
        .allMatch(allocation -> allocation.devices().isEmpty());
    assertThat(plan.placements()).as("workloads on no node").isEmpty();
  }

  /** A run that is cancelled before it starts gives a legal plan or says that it has none. */
  public void cancelledRunGivesALegalPlanOrNone(
      AllocationProblem problem, AllocationOptions options) {
    Cancellation cancellation = Cancellation.create();
    cancellation.cancel();
    AllocationOptions cancelled =
        ImmutableAllocationOptions.copyOf(options).withCancellation(cancellation);

    requireLegalIfAny(problem, cancelled);
  }

  /** A deterministic limit that ends the search at once still gives a legal plan. */
  public void tinyDeterministicLimitGivesALegalPlan(
      AllocationProblem problem, AllocationOptions options) {
    AllocationOptions limited =
        ImmutableAllocationOptions.copyOf(options).withDeterministicLimit(1e-9);

    AllocationPlan plan = allocator.allocate(problem, limited);

    requireLegal(problem, limited, plan);
    requireAccounts(problem, plan);
  }

  /** A time limit that has passed at once gives a legal plan or the exception documented for it. */
  public void tinyTimeLimitIsMet(AllocationProblem problem, AllocationOptions options) {
    AllocationOptions limited =
        ImmutableAllocationOptions.copyOf(options).withTimeLimit(Duration.ofNanos(1));
    requireLegalIfAny(problem, limited);
  }

  private void requireLegalIfAny(AllocationProblem problem, AllocationOptions limited) {
    AllocationPlan plan;
    try {
      plan = allocator.allocate(problem, limited);
    } catch (DeadlineExceededException e) {
      return;
    }
    requireLegal(problem, limited, plan);
    requireAccounts(problem, plan);
  }

  /** One allocator gives the same plans to several threads at once as to one. */
  public void threadsMayShareTheAllocator(AllocationProblem problem, AllocationOptions options) {
    AllocationPlan plan = allocator.allocate(problem, options);

    List<AllocationPlan> others =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> allocator.allocate(problem, options),
                        allocation -> new Thread(allocation).start()))
            .limit(THREADS)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    others.forEach(other -> requireSame(plan, other, "another thread"));
  }

  /** What a listener throws ends the allocation and reaches the caller. */
  public void listenerMayEndTheAllocation(AllocationProblem problem, AllocationOptions options) {
    AtomicBoolean heard = new AtomicBoolean();
    IllegalStateException thrown = new IllegalStateException("enough");
    AllocationOptions ending =
        ImmutableAllocationOptions.copyOf(options)
            .withListener(
                event -> {
                  heard.set(true);
                  throw thrown;
                });

    Throwable caught = catchThrowable(() -> allocator.allocate(problem, ending));

    assertThat(caught).as("what reaches the caller").isSameAs(heard.get() ? thrown : null);
  }

  /** Only for optimal allocators: the plan and each of its objectives are proven. */
  public void planIsProven(AllocationProblem problem, AllocationOptions options) {
    AllocationPlan plan = allocator.allocate(problem, options);

    assertThat(plan.status()).as("status of the plan").isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.objectives())
        .allSatisfy(
            objective -> {
              assertThat(objective.status()).isEqualTo(PlanStatus.OPTIMAL);
              assertThat(objective.bound()).hasValue(objective.value());
            });
  }

  /**
   * Only for optimal allocators: each objective, and what decides between equals in it, is as good
   * as the oracle's, those before it being equal.
   */
  public void objectivesAreOptimal(AllocationProblem problem, AllocationOptions options) {
    OracleAnswer answer = BruteForceOracle.solve(problem, options);

    AllocationPlan plan = allocator.allocate(problem, options);

    PlanReading reading = new PlanReading(problem, options);
    Worth worth = reading.worth(plan);
    assertThat(worth.objectives(reading.goals()))
        .as("objectives; the oracle admits %s by %s", answer.admitted(), answer.allocations(1))
        .isEqualTo(answer.objectives());
    assertThat(worth)
        .as("objectives with what decides between equals; the oracle admits %s", answer.admitted())
        .isEqualTo(answer.worth());
    if (options.admission() == Admission.IN_ORDER) {
      assertThat(plan.allocations().keySet()).isEqualTo(answer.admitted());
      assertThat(plan.placements().keySet()).isEqualTo(answer.placements().keySet());
    }
    requireReported(plan, answer);
  }

  /** Each objective has the value that its definition gives on the plan. */
  public void valuesAreTrue(AllocationProblem problem, AllocationOptions options) {
    AllocationPlan plan = allocator.allocate(problem, options);

    PlanReading reading = new PlanReading(problem, options);
    assertThat(reached(plan.objectives()))
        .as("objectives as reported")
        .isEqualTo(reached(reading.worth(plan).objectives(reading.goals())));
  }

  /**
   * Only for allocators that prove: each objective that is proven is as good as the oracle's, those
   * before it being equal; one that is not is no better, and the oracle's keeps to its bound.
   */
  public void provenObjectivesAreOptimal(AllocationProblem problem, AllocationOptions options) {
    OracleAnswer answer = BruteForceOracle.solve(problem, options);

    AllocationPlan plan = allocator.allocate(problem, options);

    Map<String, ObjectiveResult> reported = new HashMap<>();
    plan.objectives().forEach(each -> reported.put(each.name() + each.tier(), each));
    for (ObjectiveResult best : answer.objectives()) {
      ObjectiveResult result = reported.get(best.name() + best.tier());
      if (result != null) {
        requireNoContradiction(result, best);
      } else if (plan.status() == PlanStatus.OPTIMAL) {
        assertThat(best.value()).as("%s, which the plan does not report", best).isZero();
      }
      if ((result == null ? 0 : result.value()) != best.value()) {
        return; // what comes after is the best under another condition
      }
    }
  }

  private static void requireNoContradiction(ObjectiveResult result, ObjectiveResult best) {
    boolean isMinimised =
        Stream.of(Objective.values())
            .filter(objective -> objective.label().equals(best.name()))
            .anyMatch(Objective::isMinimised);
    int sign = isMinimised ? -1 : 1;
    assertThat(sign * result.value())
        .as("%s, of which the oracle reaches %s", result, best.value())
        .isLessThanOrEqualTo(sign * best.value());
    if (result.status() == PlanStatus.OPTIMAL) {
      assertThat(result.value()).as("proven value of %s", result).isEqualTo(best.value());
    }
    result
        .bound()
        .ifPresent(
            bound ->
                assertThat(sign * best.value())
                    .as("what the oracle reaches beyond the bound of %s", result)
                    .isLessThanOrEqualTo(sign * bound));
  }

  private static void requireReported(AllocationPlan plan, OracleAnswer answer) {
    assertThat(reached(plan.objectives()))
        .as("objectives as reported")
        .isEqualTo(reached(answer.objectives()));
  }

  /** What is reached, less the tiers of which nothing is admitted: a plan need not name them. */
  private static List<String> reached(List<ObjectiveResult> objectives) {
    return objectives.stream()
        .filter(each -> !each.name().equals(ObjectiveResult.ADMISSION) || each.value() != 0)
        .map(each -> each.name() + " of tier " + each.tier() + ": " + each.value())
        .toList();
  }
}
