package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.compile.PoolView;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.SearchBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Why no node can meet one request although it were alone: the first of the conditions on its
 * devices, from class and selectors to counters, that leaves too few on every node.
 */
final class RequestCauses {

  private final CompiledProblem problem;
  private final ClusterState state;
  private final SearchBudget budget;
  private final UnusablePools unusable;
  private final BarredDevices barred;

  RequestCauses(CompiledProblem problem, ClusterState state, SearchBudget budget) {
    this.problem = problem;
    this.state = state;
    this.budget = budget;
    this.unusable = new UnusablePools(problem);
    this.barred = new BarredDevices(problem.problem());
  }

  /**
   * Returns the causes, most specific first; none if the budget is used up.
   *
   * @param leaf the alternative that no node can meet
   * @param request the place of its request in the claim
   * @param alternative its place in the request
   * @param fitsWithoutGroups whether a node could meet it but for compatibility groups
   */
  List<Cause> of(Leaf leaf, int request, int alternative, BooleanSupplier fitsWithoutGroups) {
    List<Census> nodes = new ArrayList<>();
    for (int node = 0; node < problem.nodes(); node++) {
      if (budget.isOver()) {
        return List.of();
      }
      nodes.add(Census.of(problem, state, leaf, node));
    }
    List<Cause> causes = new ArrayList<>();
    nodes.stream()
        .filter(census -> census.failing >= 0)
        .findFirst()
        .ifPresent(
            census -> causes.add(selectorFailed(leaf, census.failing, request, alternative)));
    Place place = new Place(leaf, request, alternative, nodes, matching(leaf), fitsWithoutGroups);
    causes.add(leaf.isAll() ? ofAll(place) : ofSome(place));
    addWhatWouldHelp(place, causes);
    return causes;
  }

  /** A request and what is known of it. */
  private record Place(
      Leaf leaf,
      int request,
      int alternative,
      List<Census> nodes,
      int matching,
      BooleanSupplier fitsWithoutGroups) {

    String name(Claim claim) {
      return Cause.name(claim, request, alternative);
    }

    int most(ToIntFunction<Census> count) {
      return nodes.stream().mapToInt(count).max().orElse(0);
    }

    int sum(ToIntFunction<Census> count) {
      return nodes.stream().mapToInt(count).sum();
    }
  }

  /** The cause that is a selector or a derived attribute failing on a device. */
  Cause selectorFailed(Leaf leaf, int device, int request, int alternative) {
    Matching.Failure failure = problem.matching().failure(leaf, device);
    DeviceId id = problem.devices().id(device);
    return claim -> failure.on(" on device " + id).reason(Cause.name(claim, request, alternative));
  }

  /**
   * Returns why an alternative keeps a node from being searched at all, whatever else its request
   * would be content with: mode All, on the first of the nodes where it can't be judged (R69, R76).
   *
   * @param leaf the alternative
   * @param request the place of its request in the claim
   * @param alternative its place in the request
   * @param nodes the nodes to look at
   */
  Optional<Cause> keepingOff(Leaf leaf, int request, int alternative, BitSet nodes) {
    return leaf.isAll()
        ? nodes.stream()
            .boxed()
            .flatMap(node -> unjudged(leaf, request, alternative, node).stream())
            .findFirst()
        : Optional.empty();
  }

  private Optional<Cause> unjudged(Leaf leaf, int request, int alternative, int node) {
    return unusablePool(node, claim -> Cause.name(claim, request, alternative))
        .or(
            () ->
                Arrays.stream(problem.devices().onNode(node))
                    .filter(device -> isFailing(leaf, device))
                    .mapToObj(device -> selectorFailed(leaf, device, request, alternative))
                    .findFirst());
  }

  private boolean isFailing(Leaf leaf, int device) {
    return problem.matching().verdict(leaf, device) == Matching.Verdict.FAILURE;
  }

  /** How many devices of usable pools class and selectors admit. */
  int matching(Leaf leaf) {
    int matching = 0;
    for (int device = 0; device < problem.devices().size(); device++) {
      if (problem.matching().verdict(leaf, device) == Matching.Verdict.MATCH) {
        matching++;
      }
    }
    return matching;
  }

  private Cause ofSome(Place place) {
    long wanted = place.leaf().count();
    if (place.matching() == 0) {
      return noMatch(place);
    }
    if (place.most(census -> census.matching) < wanted) {
      return tooFew(place, wanted);
    }
    if (place.most(census -> census.open) < wanted) {
      return barred(place).orElseThrow();
    }
    if (place.most(census -> census.tolerated) < wanted) {
      return tainted(place);
    }
    if (place.most(census -> census.capable) < wanted) {
      return tooLittleCapacity(place, wanted);
    }
    if (place.most(census -> census.free) < wanted) {
      return tooFew(place, wanted);
    }
    if (place.most(census -> census.available + census.shortOfCounters) < wanted) {
      return tooLittleCapacity(place, wanted);
    }
    return tooLittleOfCounters(place, wanted);
  }

  private Cause noMatch(Place place) {
    int lookedAt = problem.devices().size() + unusable.devices();
    return claim -> new Reason.NoMatchingDevice(place.name(claim), lookedAt);
  }

  private Optional<Cause> barred(Place place) {
    return barred
        .matching(place.leaf().request())
        .map(
            found ->
                claim ->
                    new Reason.DevicesBarred(place.name(claim), found.devices(), found.feature()));
  }

  private Cause tooFew(Place place, long wanted) {
    int mostFree = place.most(census -> census.available);
    return claim ->
        new Reason.InsufficientDevices(place.name(claim), wanted, place.matching(), mostFree);
  }

  private Cause tainted(Place place) {
    Census example =
        place.nodes().stream().filter(census -> census.tainted >= 0).findFirst().orElseThrow();
    Device device = problem.devices().device(example.tainted);
    Taint taint =
        device.taints().stream()
            .filter(each -> each.blocksAllocation())
            .filter(
                each ->
                    place.leaf().request().tolerations().stream().noneMatch(t -> t.tolerates(each)))
            .findFirst()
            .orElseThrow();
    int tainted = countTainted(place.leaf());
    return claim -> new Reason.Tainted(place.name(claim), tainted, taint);
  }

  private int countTainted(Leaf leaf) {
    int tainted = 0;
    for (int device = 0; device < problem.devices().size(); device++) {
      boolean matches = problem.matching().verdict(leaf, device) == Matching.Verdict.MATCH;
      if (matches && !Matching.tolerates(leaf.request(), problem.devices().device(device))) {
        tainted++;
      }
    }
    return tainted;
  }

  private Cause tooLittleCapacity(Place place, long wanted) {
    if (place.most(census -> census.tolerated) > 0 && place.most(census -> census.capable) == 0) {
      return claim ->
          new Reason.CapacityBeyondAll(place.name(claim), place.sum(census -> census.tolerated));
    }
    return place.most(census -> census.available) == 0
        ? claim -> new Reason.CapacityExhausted(place.name(claim), place.matching())
        : tooFew(place, wanted);
  }

  private Cause tooLittleOfCounters(Place place, long wanted) {
    Optional<Census> closed =
        place.nodes().stream().filter(census -> census.closedExample >= 0).findFirst();
    int exhausted = place.sum(census -> census.shortOfCounters);
    boolean allClosed = place.sum(census -> census.closed) == exhausted;
    if (closed.isPresent() && allClosed) {
      PoolId pool = problem.devices().slice(closed.get().closedExample).pool();
      return claim -> new Reason.CountersClosed(place.name(claim), pool);
    }
    int free = place.sum(census -> census.free);
    Optional<Census> incompatible =
        place.nodes().stream().filter(census -> census.incompatibleExample >= 0).findFirst();
    if (incompatible.isPresent()) {
      int number = place.sum(census -> census.incompatible);
      DeviceId example = problem.devices().id(incompatible.get().incompatibleExample);
      return claim -> new Reason.GroupsIncompatible(place.name(claim), free, number, example);
    }
    if (place.fitsWithoutGroups().getAsBoolean()) {
      return claim -> new Reason.GroupsApart(ImmutableList.of(place.name(claim)));
    }
    return claim -> new Reason.CountersExhausted(place.name(claim), wanted, free, exhausted);
  }

  /** Mode All: the cause on the node that gets furthest. */
  private Cause ofAll(Place place) {
    if (unblocked(place, census -> census.open < census.matching).isPresent()) {
      return barred(place).orElseThrow();
    }
    Optional<Census> full =
        place.nodes().stream().filter(census -> census.capable > Claim.MAX_DEVICES).findFirst();
    Optional<Census> blocked = unblocked(place, census -> census.blocked >= 0);
    if (blocked.isPresent()) {
      DeviceId device = problem.devices().id(blocked.get().blocked);
      return claim -> new Reason.AllModeBlocked(place.name(claim), device);
    }
    if (unblocked(place, census -> census.tainted >= 0).isPresent()) {
      return tainted(place);
    }
    if (full.isPresent()) {
      int devices = full.get().capable;
      return claim -> new Reason.LimitExceeded(devices, Claim.MAX_DEVICES);
    }
    if (unblocked(place, census -> census.capable > 0).isPresent()) {
      return tooLittleOfCounters(place, 0);
    }
    return nothingForAll(place);
  }

  private Optional<Census> unblocked(Place place, Predicate<Census> condition) {
    for (int node = 0; node < place.nodes().size(); node++) {
      if (!problem.blocksAllMode(node) && condition.test(place.nodes().get(node))) {
        return Optional.of(place.nodes().get(node));
      }
    }
    return Optional.empty();
  }

  private Cause nothingForAll(Place place) {
    for (int node = 0; node < place.nodes().size(); node++) {
      Optional<Cause> unusable = unusablePool(node, place::name);
      if (unusable.isPresent()) {
        return unusable.get();
      }
    }
    if (place.matching() == 0) {
      return barred(place).orElseGet(() -> noMatch(place));
    }
    return place.most(census -> census.matching) > 0
        ? tooLittleCapacity(place, 1)
        : tooFew(place, 1);
  }

  /** The first pool for which no request of mode All is met on the node (R69). */
  private Optional<Cause> unusablePool(int node, Function<Claim, String> name) {
    for (PoolView view : problem.pools().onNode(node)) {
      boolean incomplete = view.state() == PoolView.State.INCOMPLETE;
      if (incomplete || view.state() == PoolView.State.INVALID) {
        PoolId pool = view.pool().id();
        ReasonCode code = incomplete ? ReasonCode.POOL_INCOMPLETE : ReasonCode.POOL_INVALID;
        return Optional.of(claim -> new Reason.PoolBlocksAll(name.apply(claim), pool, code));
      }
    }
    return Optional.empty();
  }

  /**
   * What else would help. What is wrong with an invalid pool has to be mended before anything else
   * is worth trying (R19); where no other device matches, unusable pools or barriers are the cause.
   */
  private void addWhatWouldHelp(Place place, List<Cause> causes) {
    Optional<Cause> incomplete =
        unusable
            .matching(place.leaf(), PoolView.State.INCOMPLETE)
            .map(
                found ->
                    claim ->
                        new Reason.PoolIncomplete(
                            place.name(claim), found.pool(), found.devices()));
    Optional<Cause> invalid =
        unusable
            .matching(place.leaf(), PoolView.State.INVALID)
            .map(
                found ->
                    claim ->
                        new Reason.PoolInvalid(place.name(claim), found.pool(), found.defect()));
    Optional<Cause> ofBarred = saysBarred(place) ? Optional.empty() : barred(place);
    boolean any = incomplete.isPresent() || invalid.isPresent() || ofBarred.isPresent();
    if (place.matching() == 0 && any && !place.leaf().isAll()) {
      causes.remove(causes.size() - 1);
    }
    invalid.ifPresent(cause -> causes.add(0, cause));
    ofBarred.ifPresent(causes::add);
    incomplete.ifPresent(causes::add);
  }

  /** Whether barriers are the cause already. */
  private static boolean saysBarred(Place place) {
    return place.most(census -> census.matching - census.open) > 0
        || (place.leaf().isAll() && place.matching() == 0);
  }
}
