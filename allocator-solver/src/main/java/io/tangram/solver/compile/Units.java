package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.plan.Reason;
import io.tangram.solver.limit.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pending claims as units in the order of the queue, sorted into types; and those that no
 * allocator needs to look at, each with its reason.
 */
public final class Units {

  private record Draft(
      ImmutableList<Claim> claims, Optional<Workload> workload, int priority, int input) {

    Optional<Instant> createdAt() {
      return workload.isPresent() ? workload.get().createdAt() : claims.get(0).createdAt();
    }
  }

  private record TypeKey(ImmutableList<ClaimShape> claims, Optional<BitSet> nodes) {}

  private static final Comparator<Draft> QUEUE =
      Comparator.comparingInt(Draft::priority)
          .reversed()
          .thenComparing(draft -> draft.createdAt().orElse(Instant.MAX))
          .thenComparingInt(Draft::input);

  private final AllocationProblem problem;
  private final Screening screening;
  private final Matching matching;
  private final Map<DeviceRequest, Leaf> leaves = new LinkedHashMap<>();
  private final Map<TypeKey, UnitType> types = new LinkedHashMap<>();
  private final Map<ClaimId, Allocation> held = new HashMap<>();
  private final List<Unit> queue = new ArrayList<>();
  private final Map<ClaimId, Reason> refused = new LinkedHashMap<>();

  private Units(AllocationProblem problem, Matching matching) {
    this.problem = problem;
    this.matching = matching;
    this.screening = new Screening(problem);
    problem.held().forEach(allocation -> held.put(allocation.claim(), allocation));
  }

  static Units of(AllocationProblem problem, Matching matching, Deadline deadline) {
    Units units = new Units(problem, matching);
    for (Draft draft : units.drafts()) {
      deadline.requireTime();
      units.admit(draft);
    }
    return units;
  }

  /** The units of the problem in the order of the queue. */
  private List<Draft> drafts() {
    Map<ClaimId, Integer> positions = new HashMap<>();
    Map<ClaimId, Claim> pending = new HashMap<>();
    for (Claim claim : problem.claims()) {
      positions.put(claim.id(), positions.size());
      pending.put(claim.id(), claim);
    }
    List<Draft> drafts = new ArrayList<>();
    for (Workload workload : problem.workloads()) {
      ImmutableList<Claim> claims =
          workload.claims().stream()
              .distinct()
              .filter(pending::containsKey)
              .map(pending::get)
              .collect(ImmutableList.toImmutableList());
      if (!claims.isEmpty()) {
        int input = claims.stream().mapToInt(c -> positions.get(c.id())).min().orElseThrow();
        drafts.add(new Draft(claims, Optional.of(workload), workload.priority(), input));
      }
    }
    for (Draft draft : List.copyOf(drafts)) {
      draft.claims().forEach(claim -> pending.remove(claim.id()));
    }
    for (int input = 0; input < problem.claims().size(); input++) {
      Claim claim = problem.claims().get(input);
      if (pending.containsKey(claim.id())) {
        drafts.add(new Draft(ImmutableList.of(claim), Optional.empty(), 0, input));
      }
    }
    drafts.sort(QUEUE);
    return drafts;
  }

  private void admit(Draft draft) {
    Map<ClaimId, Reason> reasons = screening.reasons(draft.claims(), draft.workload());
    if (!reasons.isEmpty()) {
      refused.putAll(reasons);
      return;
    }
    ImmutableList<ClaimShape> shapes =
        draft.claims().stream().map(this::shape).collect(ImmutableList.toImmutableList());
    TypeKey key = new TypeKey(shapes, allowedNodes(draft.workload()));
    UnitType type =
        types.computeIfAbsent(key, k -> new UnitType(types.size(), k.claims(), k.nodes()));
    queue.add(new Unit(queue.size(), draft.priority(), draft.claims(), draft.workload(), type));
  }

  /** The nodes on which all held claims of the workload can be used (R186). */
  private Optional<BitSet> allowedNodes(Optional<Workload> workload) {
    List<NodeSelector> selectors =
        workload.stream()
            .flatMap(w -> w.claims().stream())
            .map(held::get)
            .filter(allocation -> allocation != null && allocation.nodeSelector().isPresent())
            .map(allocation -> allocation.nodeSelector().orElseThrow())
            .toList();
    if (selectors.isEmpty()) {
      return Optional.empty();
    }
    BitSet allowed = new BitSet();
    for (int node = 0; node < problem.nodes().size(); node++) {
      int number = node;
      if (selectors.stream().allMatch(s -> s.matches(problem.nodes().get(number)))) {
        allowed.set(node);
      }
    }
    return Optional.of(allowed);
  }

  private ClaimShape shape(Claim claim) {
    ImmutableList<ClaimShape.Line> lines =
        claim.requests().stream()
            .map(
                request ->
                    new ClaimShape.Line(
                        request instanceof Request.FirstAvailable,
                        request.alternatives().stream()
                            .map(this::leaf)
                            .collect(ImmutableList.toImmutableList())))
            .collect(ImmutableList.toImmutableList());
    ImmutableList<ClaimShape.Tie> ties =
        claim.constraints().stream()
            .map(constraint -> tie(claim, constraint))
            .collect(ImmutableList.toImmutableList());
    return new ClaimShape(lines, ties);
  }

  private Leaf leaf(DeviceRequest request) {
    DeviceRequest nameless = ((ImmutableDeviceRequest) request).withName("");
    return leaves.computeIfAbsent(
        nameless, key -> new Leaf(leaves.size(), request, matching.filter(request)));
  }

  private static ClaimShape.Tie tie(Claim claim, DeviceConstraint constraint) {
    ImmutableList.Builder<Integer> covered = ImmutableList.builder();
    for (int request = 0; request < claim.requests().size(); request++) {
      Request line = claim.requests().get(request);
      for (int alternative = 0; alternative < line.alternatives().size(); alternative++) {
        if (constraint.covers(line, line.alternatives().get(alternative))) {
          covered.add(ClaimShape.Tie.place(request, alternative));
        }
      }
    }
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      return new ClaimShape.Tie(ClaimShape.Tie.Kind.MATCH, match.attribute(), covered.build());
    }
    if (constraint instanceof DeviceConstraint.DistinctAttribute distinct) {
      return new ClaimShape.Tie(
          ClaimShape.Tie.Kind.DISTINCT, distinct.attribute(), covered.build());
    }
    throw new IllegalStateException("Screening lets no unknown constraint through.");
  }

  /** The units in the order of the queue. */
  public List<Unit> queue() {
    return queue;
  }

  /** The types of units, by number. */
  public List<UnitType> types() {
    return List.copyOf(types.values());
  }

  /** The leaf requests told apart, by number. */
  public List<Leaf> leaves() {
    return List.copyOf(leaves.values());
  }

  /** The claims that no allocator needs to look at, each with its reason. */
  public Map<ClaimId, Reason> refused() {
    return refused;
  }
}
