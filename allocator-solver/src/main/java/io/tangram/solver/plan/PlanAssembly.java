package io.tangram.solver.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.AllocatorException;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.check.Violation;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.ImmutablePlanStatistics;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.diagnose.Reasons;
import io.tangram.solver.result.Choice;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ResultAssembler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the plan that an allocator returns, and lets none out that the checker refuses. */
public final class PlanAssembly {

  private static final int VIOLATIONS_SHOWN = 5;

  private final CompiledProblem compiled;
  private final AllocationOptions options;
  private final String allocator;
  private final ResultAssembler assembler;
  private final Map<ClaimId, Allocation> allocations = new HashMap<>();
  private final Map<ClaimId, Reason> reasons = new HashMap<>();
  private final Map<WorkloadId, String> placed = new HashMap<>();
  private final Map<WorkloadId, Reason> unplaced = new HashMap<>();

  /**
   * Starts a plan; the claims that {@linkplain io.tangram.solver.compile.Units#refused were
   * refused} beforehand are in it with their reasons.
   *
   * @param compiled the problem
   * @param options its options
   * @param allocator the allocator's name
   */
  public PlanAssembly(CompiledProblem compiled, AllocationOptions options, String allocator) {
    this.compiled = compiled;
    this.options = options;
    this.allocator = allocator;
    this.assembler = new ResultAssembler(compiled.problem(), options.seed());
    reasons.putAll(compiled.units().refused());
    unplaced.putAll(compiled.units().refusedWorkloads());
  }

  /** Admits a unit, or allocates a common claim. */
  public void admit(Placement placement) {
    Node node = compiled.problem().nodes().get(placement.node());
    placement.unit().workload().ifPresent(workload -> placed.put(workload.id(), node.name()));
    ImmutableList<Claim> claims = placement.unit().claims();
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i).on(node);
      List<Placement.Choice> chosen =
          placement.choices().get(i).stream().filter(each -> !each.devices().isEmpty()).toList();
      allocations.put(claim.id(), assembler.assemble(claim, node.name(), choices(claim, chosen)));
    }
  }

  private List<Choice> choices(Claim claim, List<Placement.Choice> chosen) {
    DeviceTable devices = compiled.devices();
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Request request = claim.requests().get(i);
      ImmutableList.Builder<ChosenDevice> named = ImmutableList.builder();
      chosen
          .get(i)
          .devices()
          .forEach(
              device -> named.add(new ChosenDevice(devices.slice(device), devices.device(device))));
      choices.add(
          new Choice(request.alternatives().get(chosen.get(i).alternative()), named.build()));
    }
    return choices;
  }

  /** Leaves a unit out. A common claim may be allocated all the same. */
  public void leaveOut(Unit unit, Reasons why) {
    unit.workload().ifPresent(workload -> unplaced.put(workload.id(), why.ofUnit()));
    why.ofClaims().forEach((claim, reason) -> reasons.merge(claim, reason, PlanAssembly::better));
  }

  /** A common claim that would fit with one of its workloads is not kept out by the others. */
  private static Reason better(Reason first, Reason second) {
    boolean fits =
        second instanceof Reason.Outranked
            || second instanceof Reason.GroupUnplaced
            || second instanceof Reason.NotProven;
    return fits ? second : first;
  }

  /**
   * Returns the plan.
   *
   * @param objectives what each objective reached
   * @param statistics how it was found; the time of the check is added
   * @throws AllocatorException if a pending claim is not accounted for, or the checker finds a
   *     violation
   */
  public AllocationPlan finish(
      List<ObjectiveResult> objectives, ImmutablePlanStatistics statistics) {
    options.listener().on(new AllocationListener.Event.Checking());
    AllocationProblem problem = compiled.problem();
    ImmutableMap.Builder<ClaimId, Allocation> allocated = ImmutableMap.builder();
    ImmutableMap.Builder<ClaimId, Reason> unallocated = ImmutableMap.builder();
    for (Claim claim : problem.claims()) {
      Allocation allocation = allocations.get(claim.id());
      Reason reason = reasons.get(claim.id());
      if (allocation != null) {
        allocated.put(claim.id(), allocation);
      } else if (reason != null) {
        unallocated.put(claim.id(), reason);
      }
    }
    ImmutableMap.Builder<WorkloadId, String> nodes = ImmutableMap.builder();
    ImmutableMap.Builder<WorkloadId, Reason> without = ImmutableMap.builder();
    for (Workload workload : problem.workloads()) {
      String node = placed.get(workload.id());
      Reason reason = unplaced.get(workload.id());
      if (node != null) {
        nodes.put(workload.id(), node);
      } else if (reason != null) {
        without.put(workload.id(), reason);
      }
    }
    boolean proven = objectives.stream().allMatch(o -> o.status() == PlanStatus.OPTIMAL);
    AllocationPlan plan =
        AllocationPlan.builder()
            .allocator(allocator)
            .status(proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE)
            .allocations(allocated.buildOrThrow())
            .unallocated(unallocated.buildOrThrow())
            .placements(nodes.buildOrThrow())
            .unplaced(without.buildOrThrow())
            .objectives(objectives)
            .statistics(statistics)
            .addAllWarnings(compiled.devices().warnings())
            .build();
    long start = System.nanoTime();
    List<Violation> violations = PlanChecker.of(problem).check(plan, options);
    if (!violations.isEmpty()) {
      throw refused(violations);
    }
    Duration check = Duration.ofNanos(System.nanoTime() - start);
    return ImmutableAllocationPlan.copyOf(plan).withStatistics(statistics.withCheck(check));
  }

  private AllocatorException refused(List<Violation> violations) {
    StringBuilder text = new StringBuilder();
    violations.stream().limit(VIOLATIONS_SHOWN).forEach(v -> text.append("\n  ").append(v));
    return new AllocatorException(
        "The plan of allocator "
            + allocator
            + " breaks "
            + violations.size()
            + " rules and is not returned; this is a defect of the allocator. The same problem with "
            + options
            + " shows it again:"
            + text);
  }
}
