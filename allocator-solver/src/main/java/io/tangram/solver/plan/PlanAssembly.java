package io.tangram.solver.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.math.IntMath;
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
import io.tangram.api.reference.Defect;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.diagnose.Reasons;
import io.tangram.solver.result.Choice;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ResultAssembler;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the plan that an allocator returns, and lets none out that the checker refuses. */
public final class PlanAssembly {

  private static final int VIOLATIONS_SHOWN = 5;

  private final CompiledProblem compiled;
  private final AllocationOptions options;
  private final String allocator;
  private final ImmutableSet<Defect> defects;
  private final ResultAssembler assembler;
  private final Map<ClaimId, Allocation> allocations = new HashMap<>();
  private final Map<ClaimId, Reason> reasons = new HashMap<>();
  private final Map<WorkloadId, String> placed = new HashMap<>();
  private final Map<WorkloadId, Reason> unplaced = new HashMap<>();
  private final Map<ClaimId, ImmutableList<Defect>> departures = new HashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * Starts a plan; the claims that {@linkplain io.tangram.solver.compile.Units#refused were
   * refused} beforehand are in it with their reasons.
   *
   * @param compiled the problem
   * @param options its options
   * @param allocator the allocator's name
   */
  public PlanAssembly(CompiledProblem compiled, AllocationOptions options, String allocator) {
    this(compiled, options, allocator, ImmutableSet.of());
  }

  /**
   * Starts a plan that departs from the rules where the reference does: what the checker finds of
   * that is a warning.
   *
   * @param compiled the problem
   * @param options its options
   * @param allocator the allocator's name
   * @param defects the defects that are reproduced
   */
  public PlanAssembly(
      CompiledProblem compiled,
      AllocationOptions options,
      String allocator,
      ImmutableSet<Defect> defects) {
    this.compiled = compiled;
    this.options = options;
    this.allocator = allocator;
    this.defects = defects;
    this.assembler = new ResultAssembler(compiled.problem(), options.seed(), defects);
    reasons.putAll(compiled.units().refused());
    unplaced.putAll(compiled.units().refusedWorkloads());
  }

  /** Admits units and allocates common claims; workers write a run of allocations each. */
  public void admit(List<Placement> placements) {
    placements.forEach(placement -> place(placement.unit(), placement.node()));
    int run = IntMath.divide(placements.size(), options.workers(), RoundingMode.CEILING);
    Lists.partition(placements, Math.max(1, run)).parallelStream()
        .flatMap(List::stream)
        .flatMap(this::allocations)
        .toList()
        .forEach(allocation -> allocations.put(allocation.claim(), allocation));
  }

  private Stream<Allocation> allocations(Placement placement) {
    ImmutableList<Claim> claims = placement.unit().claims();
    return IntStream.range(0, claims.size())
        .mapToObj(
            i -> {
              Claim claim = claims.get(i).on(node(placement.node()));
              List<Placement.Choice> chosen =
                  placement.choices().get(i).stream()
                      .filter(each -> !each.devices().isEmpty())
                      .toList();
              return allocation(claim, placement.node(), choices(claim, chosen));
            });
  }

  /** Places the workload of a unit, if it has one, on a node; its claims are for others to do. */
  public void place(Unit unit, int node) {
    unit.workload().ifPresent(workload -> placed.put(workload.id(), node(node).name()));
  }

  /**
   * Allocates a claim as it {@linkplain Claim#on is on a node}, and returns what it gets.
   *
   * @param choices the choice for each of its requests, in order
   */
  public Allocation allocate(Claim claim, int node, List<Choice> choices) {
    Allocation allocation = allocation(claim, node, choices);
    allocations.put(claim.id(), allocation);
    return allocation;
  }

  private Allocation allocation(Claim claim, int node, List<Choice> choices) {
    return assembler.assemble(claim, node(node).name(), choices);
  }

  /** Takes back that a unit was {@linkplain #place placed}, and what these claims were given. */
  public void takeBack(Unit unit, Iterable<ClaimId> claims) {
    unit.workload().ifPresent(workload -> placed.remove(workload.id()));
    claims.forEach(allocations::remove);
  }

  private Node node(int number) {
    return compiled.problem().nodes().get(number);
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

  /** Records by which defects a claim gets other devices than by the rules. */
  public void departs(Claim claim, ImmutableList<Defect> by) {
    departures.put(claim.id(), by);
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
            || second instanceof Reason.TopologyUnsatisfied
            || second instanceof Reason.NotProven;
    return fits ? second : first;
  }

  /** Adds a remark that the owner of the problem should read, one line. */
  public void warn(String remark) {
    remarks.add(remark);
  }

  /**
   * Returns the plan.
   *
   * @param objectives what each objective reached
   * @param statistics how it was found; the time of the check is added
   * @throws AllocatorException if a pending claim is not accounted for, or the checker finds a
   *     violation that no defect to be reproduced explains
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
            .addAllWarnings(rounding())
            .addAllWarnings(crowding())
            .addAllWarnings(remarks)
            .build();
    long start = System.nanoTime();
    List<Violation> violations = PlanChecker.of(problem).check(plan, options);
    List<String> explained = new ArrayList<>();
    List<Violation> others = new ArrayList<>();
    for (Violation violation : violations) {
      explanation(violation).ifPresentOrElse(explained::add, () -> others.add(violation));
    }
    if (!others.isEmpty()) {
      throw refused(others);
    }
    Duration check = Duration.ofNanos(System.nanoTime() - start);
    ImmutableAllocationPlan.Builder checked = ImmutableAllocationPlan.builder().from(plan);
    return checked.addAllWarnings(explained).statistics(statistics.withCheck(check)).build();
  }

  private List<String> rounding() {
    return compiled.rounded().isEmpty()
        ? List.of()
        : List.of(
            "amounts of "
                + String.join(", ", compiled.rounded())
                + " are rounded, since they have too many digits without a common unit: something may"
                + " fit that is left out, and nothing is proven; write them in multiples of a larger"
                + " unit");
  }

  private List<String> crowding() {
    return compiled.links().crowded().isEmpty()
        ? List.of()
        : List.of(
            "devices of nodes "
                + String.join(", ", compiled.links().crowded())
                + " are joined in too many ways: there claims that require links get no two of them,"
                + " and nothing is proven");
  }

  /** What to say of a finding that is the work of a defect that is reproduced. */
  private Optional<String> explanation(Violation violation) {
    ImmutableList<Defect> known =
        violation
            .claim()
            .map(claim -> departures.getOrDefault(claim, ImmutableList.of()))
            .orElse(ImmutableList.of());
    return Stream.concat(known.stream(), defects.stream())
        .filter(defect -> defect.mayBreak(violation.rule()))
        .findFirst()
        .map(defect -> violation + "; as the reference, by its defect " + defect);
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
