package io.tangram.solver;

import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutablePlanStatistics;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.cpsat.ThisProcess;
import io.tangram.solver.diagnose.Diagnosis;
import io.tangram.solver.diagnose.Reasons;
import io.tangram.solver.greedy.UnplacedGangs;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlanAssembly;
import io.tangram.solver.plan.Rivals;
import io.tangram.solver.search.FirstFitBeside;
import io.tangram.solver.search.PlanSearch;
import io.tangram.solver.search.PlanSolution;
import io.tangram.solver.search.PlannedPart;
import io.tangram.solver.search.Planner;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The optimal allocator: the problem is compiled, cut into independent parts, each formulated with
 * as little symmetry as can be and solved by CP-SAT for one objective after the other.
 *
 * <p>The searches run in this process, as native code; {@link IsolatedAllocator} has them
 * elsewhere.
 *
 * <p>Same problem, options and seed, limits that don't bind: same plan, for any number of workers.
 */
public final class CpSatAllocator implements Allocator {

  /** The name by which users choose it. */
  public static final String NAME = "optimal";

  private static final Duration LEAST_TIME_TO_CHECK = Duration.ofMillis(20);
  private static final double SHARE_OF_FORMULATION = 0.4;

  private final CpEngine engine;
  private final boolean foresees;

  /** Makes an allocator that searches in this process. */
  public CpSatAllocator() {
    this(new CpEngine(new ThisProcess()));
  }

  /** Makes an allocator that has this engine search. */
  CpSatAllocator(CpEngine engine) {
    this(engine, true);
  }

  private CpSatAllocator(CpEngine engine, boolean foresees) {
    this.engine = engine;
    this.foresees = foresees;
  }

  /** Returns an allocator with models also for what is easily foreseen, to see that they agree. */
  static CpSatAllocator byModelsOnly() {
    return new CpSatAllocator(new CpEngine(new ThisProcess()), false);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    options.requireSuits(problem);
    long start = System.nanoTime();
    Deadline deadline = Deadline.startingNow(options);
    CompiledProblem compiled = CompiledProblem.of(problem, options, deadline);
    try (FirstFitBeside firstFit = new FirstFitBeside(compiled, deadline, options.workers())) {
      return allocate(compiled, options, deadline, start, firstFit);
    }
  }

  private AllocationPlan allocate(
      CompiledProblem compiled,
      AllocationOptions options,
      Deadline deadline,
      long start,
      FirstFitBeside firstFit) {
    Planner planner =
        new Planner(compiled, options, foresees, deadline.share(SHARE_OF_FORMULATION));
    long compiledAt = System.nanoTime();
    ImmutablePlanStatistics sizes =
        sizes(compiled, planner).withCompile(Duration.ofNanos(compiledAt - start));
    options.listener().on(new AllocationListener.Event.Compiled(sizes));

    Deadline search = deadline.leaving(timeToCheck(sizes.compile(), deadline));
    PlanSolution solution =
        new PlanSearch(engine, compiled, options, search, planner, firstFit).run(deadline);
    firstFit.close(); // its thread would only take time from what follows

    PlanAssembly plan = new PlanAssembly(compiled, options, NAME);
    plan.admit(solution.placements());
    Set<Unit> admitted =
        solution.placements().stream().map(Placement::unit).collect(Collectors.toSet());
    explain(compiled, options, solution, deadline, admitted, plan);
    Duration solve = Duration.ofNanos(System.nanoTime() - compiledAt);
    return plan.finish(solution.objectives(), sizes.withSolve(solve));
  }

  /**
   * What explaining and checking need of the time: they look at the devices about as often as
   * compiling does. Half of what is left is for the search all the same.
   */
  private static Duration timeToCheck(Duration compile, Deadline deadline) {
    Duration half = deadline.remaining().dividedBy(2);
    Duration asLong = compile.plus(LEAST_TIME_TO_CHECK);
    return asLong.compareTo(half) < 0 ? asLong : half;
  }

  private static ImmutablePlanStatistics sizes(CompiledProblem compiled, Planner planner) {
    String strategy =
        planner.parts().stream()
            .map(PlannedPart::strategy)
            .distinct()
            .sorted()
            .collect(Collectors.joining("+"));
    return PlanStatistics.builder()
        .strategy(strategy.isEmpty() ? "nothing pending" : strategy)
        .nodes(compiled.nodes())
        .devices(compiled.publishedDevices())
        .deviceClasses(planner.deviceClasses())
        .componentClasses(planner.componentClasses())
        .claimTypes(compiled.units().types().size())
        .variables(planner.parts().stream().mapToInt(PlannedPart::variables).max().orElse(0))
        .constraints(planner.parts().stream().mapToInt(PlannedPart::constraints).max().orElse(0))
        .build();
  }

  /** Says why each unit that was not admitted stays out. */
  private static void explain(
      CompiledProblem compiled,
      AllocationOptions options,
      PlanSolution solution,
      Deadline deadline,
      Set<Unit> admitted,
      PlanAssembly plan) {
    Set<UnitType> fitting = admitted.stream().map(Unit::type).collect(Collectors.toSet());
    SearchBudget budget = new SearchBudget(deadline, OptionalDouble.empty());
    Rivals rivals = new Rivals(compiled, options.admission(), solution.placements(), budget);
    UnplacedGangs gangs = new UnplacedGangs(compiled, solution.placements(), budget);
    Function<Unit, Reason> lost =
        unit ->
            solution.undecided().contains(unit)
                ? new Reason.NotProven()
                : gangs.reason(unit).orElseGet(() -> rivals.reason(unit));
    Diagnosis diagnosis = new Diagnosis(compiled, SearchRules.PLAIN, budget, lost);
    for (Unit unit : compiled.units().queue()) {
      if (!admitted.contains(unit)) {
        plan.leaveOut(
            unit,
            fitting.contains(unit.type())
                ? Reasons.same(unit, lost.apply(unit))
                : diagnosis.reasons(unit));
      }
    }
  }
}
