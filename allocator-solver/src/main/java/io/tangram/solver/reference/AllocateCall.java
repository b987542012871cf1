package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.api.reference.Defect;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.reference.Wish.Candidate;
import io.tangram.solver.result.Choice;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ResultNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of the reference's allocator: the claims of one pod on one node (section 12 of the
 * rules). Step by step as the reference goes, so that a search takes as many steps as there.
 * Exponential in the number of devices asked for. May be run once.
 */
final class AllocateCall {

  private enum Progress {
    FOUND,
    FAILED,
    /** With what is chosen the claim would get too many devices, whichever they are (R204). */
    TOO_MANY,
    /** The call is over: an error, or no time. */
    ENDED
  }

  /** Where in the pools of the node a search goes on. */
  private record Location(int pool, int slice, int device) {
    static final Location START = new Location(0, 0, 0);
  }

  private final List<Claim> claims;
  private final Node node;
  private final List<ReferencePool> pools;
  private final SelectorVerdicts verdicts;
  private final DeviceTaking taking;
  private final Set<Defect> defects;
  private final SearchBudget budget;

  /** The alternatives as {@code [claim][request][alternative]}. */
  private final List<List<List<Wish>>> wishes = new ArrayList<>();

  private final List<int[]> chosen = new ArrayList<>();
  private @Nullable CallOutcome outcome;
  private long steps;

  /**
   * Prepares a call.
   *
   * @param claims the claims of the pod, in order
   * @param node the node
   * @param pools the pools it sees
   * @param taking what takes devices for these claims
   * @param budget what may be spent
   */
  AllocateCall(
      List<Claim> claims,
      Node node,
      List<ReferencePool> pools,
      SelectorVerdicts verdicts,
      DeviceTaking taking,
      Set<Defect> defects,
      SearchBudget budget) {
    this.claims = claims;
    this.node = node;
    this.pools = pools;
    this.verdicts = verdicts;
    this.taking = taking;
    this.defects = defects;
    this.budget = budget;
  }

  /** Searches. */
  CallOutcome run() {
    for (int claim = 0; claim < claims.size(); claim++) {
      Progress progress = prepare(claim);
      if (progress != Progress.FOUND) {
        return outcome == null ? new CallOutcome.None() : outcome;
      }
    }
    if (request(0, 0) != Progress.FOUND) {
      return outcome == null ? new CallOutcome.None() : outcome;
    }
    return found();
  }

  /** How many steps the search has taken. */
  long steps() {
    return steps;
  }

  // Before the search (R201).

  private Progress prepare(int claim) {
    List<List<Wish>> ofClaim = new ArrayList<>();
    wishes.add(ofClaim);
    chosen.add(new int[claims.get(claim).requests().size()]);
    long least = 0;
    for (Request request : claims.get(claim).requests()) {
      List<Wish> ofRequest = new ArrayList<>();
      ofClaim.add(ofRequest);
      long fewest = Long.MAX_VALUE;
      for (DeviceRequest alternative : request.alternatives()) {
        Optional<Wish> wish = wish(claim, request, alternative);
        if (wish.isEmpty()) {
          return Progress.ENDED;
        }
        ofRequest.add(wish.get());
        fewest = Math.min(fewest, wish.get().count());
      }
      least += Math.min(fewest, Integer.MAX_VALUE);
    }
    if (least > Claim.MAX_DEVICES) {
      return fatal(claim, new Reason.LimitExceeded(least, Claim.MAX_DEVICES)); // R203
    }
    return Progress.FOUND;
  }

  /** Returns nothing if the call is over. */
  private Optional<Wish> wish(int claim, Request request, DeviceRequest alternative) {
    Wish wish = new Wish(claim, request, alternative, ImmutableList.of());
    if (!(alternative.mode() instanceof AllocationMode.All)) {
      return Optional.of(wish);
    }
    boolean isFatal = defects.contains(Defect.UNUSABLE_POOL_IS_FATAL);
    if (!isFatal && !pools.stream().allMatch(ReferencePool::isUsable)) {
      return Optional.empty(); // before a selector fails on a device of another pool
    }
    ImmutableList.Builder<Candidate> all = ImmutableList.builder();
    for (ReferencePool pool : pools) {
      if (!pool.isUsable()) {
        endAt(pool, wish);
        return Optional.empty();
      }
      for (ResourceSlice slice : pool.offered()) {
        for (Device device : slice.devices()) {
          Candidate candidate = new Candidate(pool, slice, device);
          Progress selected = isSelected(wish, candidate);
          if (selected == Progress.ENDED) {
            return Optional.empty();
          }
          if (selected == Progress.FOUND && belongsToAll(wish, candidate)) {
            all.add(candidate);
          }
        }
      }
    }
    return Optional.of(new Wish(claim, request, alternative, all.build()));
  }

  /** R71. */
  private boolean belongsToAll(Wish wish, Candidate candidate) {
    return defects.contains(Defect.ALL_MODE_SKIPS_EXHAUSTED)
        ? taking.hasCapacity(wish, candidate)
        : taking.offersCapacity(wish, candidate);
  }

  /** R69. */
  private void endAt(ReferencePool pool, Wish wish) {
    ReasonCode code =
        pool.state() == ReferencePool.State.INCOMPLETE
            ? ReasonCode.POOL_INCOMPLETE
            : ReasonCode.POOL_INVALID;
    fatal(wish.claim(), new Reason.PoolBlocksAll(wish.name(), pool.id(), code));
  }

  private Progress fatal(int claim, Reason reason) {
    outcome = new CallOutcome.Fatal(claim, reason);
    return Progress.ENDED;
  }

  // The search (R195).

  /** Counts a step; whether there is one left. */
  private boolean step() {
    steps++;
    budget.step();
    if (budget.isSpent()) {
      outcome = new CallOutcome.Interrupted();
      return false;
    }
    return true;
  }

  /** Goes on with a request of a claim, or behind the last one with the next claim. */
  private Progress request(int claim, int request) {
    if (!step()) {
      return Progress.ENDED;
    }
    if (claim == claims.size()) {
      return Progress.FOUND;
    }
    if (request == claims.get(claim).requests().size()) {
      Progress next = request(claim + 1, 0);
      return next == Progress.TOO_MANY ? Progress.FAILED : next;
    }
    return claims.get(claim).requests().get(request) instanceof Request.FirstAvailable
        ? alternatives(claim, request)
        : devices(claim, request, 0, 0, Location.START);
  }

  private Progress alternatives(int claim, int request) {
    boolean allTooMany = true;
    int size = wishes.get(claim).get(request).size();
    for (int alternative = 0; alternative < size; alternative++) {
      Progress progress = nextDevice(claim, request, alternative, 0, Location.START);
      if (progress == Progress.FOUND) {
        chosen.get(claim)[request] = alternative;
        return progress;
      }
      if (progress == Progress.ENDED) {
        return progress;
      }
      allTooMany &= progress == Progress.TOO_MANY;
    }
    return allTooMany ? Progress.TOO_MANY : Progress.FAILED;
  }

  private Progress nextDevice(int claim, int request, int alternative, int index, Location from) {
    return step() ? devices(claim, request, alternative, index, from) : Progress.ENDED;
  }

  /** Takes the device of this number for an alternative, and all that comes behind it. */
  private Progress devices(int claim, int request, int alternative, int index, Location from) {
    Wish wish = wishes.get(claim).get(request).get(alternative);
    if (wish.isAll() && wish.all().isEmpty()) {
      return Progress.FAILED; // R66
    }
    if (index >= wish.count()) {
      return request(claim, request + 1);
    }
    if (taking.of(claim).size() + wish.count() - index > Claim.MAX_DEVICES) {
      return Progress.TOO_MANY;
    }
    return wish.isAll()
        ? oneOfAll(wish, request, alternative, index)
        : any(wish, request, alternative, index, from);
  }

  private Progress oneOfAll(Wish wish, int request, int alternative, int index) {
    switch (taking.take(wish, wish.all().get(index))) {
      case CONSTRAINED -> {
        return defects.contains(Defect.ALL_MODE_CONSTRAINT_IS_FATAL)
            ? fatal(
                wish.claim(),
                new Reason.ConstraintUnsatisfied(
                    ImmutableList.copyOf(taking.constraintsOf(wish.claim()))))
            : Progress.FAILED;
      }
      case REFUSED -> {
        return Progress.FAILED;
      }
      case TAKEN -> {}
    }
    Progress progress = nextDevice(wish.claim(), request, alternative, index + 1, Location.START);
    if (progress != Progress.FOUND) {
      taking.giveBack(wish.claim());
    }
    return progress;
  }

  private Progress any(Wish wish, int request, int alternative, int index, Location from) {
    for (int p = from.pool(); p < pools.size(); p++) {
      List<ResourceSlice> slices = pools.get(p).offered();
      for (int s = p == from.pool() ? from.slice() : 0; s < slices.size(); s++) {
        List<Device> devices = slices.get(s).devices();
        boolean first = p == from.pool() && s == from.slice();
        for (int d = first ? from.device() : 0; d < devices.size(); d++) {
          Candidate candidate = new Candidate(pools.get(p), slices.get(s), devices.get(d));
          Progress progress = isUsable(wish, candidate);
          if (progress == Progress.FOUND) {
            Location behind = new Location(p, s, d + 1);
            progress = nextDevice(wish.claim(), request, alternative, index + 1, behind);
            if (progress != Progress.FOUND) {
              taking.giveBack(wish.claim());
            }
          } else if (progress == Progress.FAILED) {
            continue;
          }
          if (progress != Progress.FAILED) {
            return progress;
          }
        }
      }
    }
    return Progress.FAILED;
  }

  /** Takes a device if it can be had: in use, selectors, capacity, then the rest (R199). */
  private Progress isUsable(Wish wish, Candidate candidate) {
    if (taking.isInUse(wish, candidate)) {
      return Progress.FAILED;
    }
    Progress selected = isSelected(wish, candidate);
    if (selected != Progress.FOUND) {
      return selected;
    }
    return taking.hasCapacity(wish, candidate)
            && taking.take(wish, candidate) == DeviceTaking.Answer.TAKEN
        ? Progress.FOUND
        : Progress.FAILED;
  }

  /** Class and selectors first, then whether the node sees the device (R7). */
  private Progress isSelected(Wish wish, Candidate candidate) {
    if (candidate.device().isHidden()) {
      return Progress.FAILED;
    }
    SelectorVerdicts.Verdict verdict =
        verdicts.of(wish.alternative(), candidate.driver(), candidate.device());
    if (verdict instanceof SelectorVerdicts.Verdict.Failed failed) {
      return fatal(
          wish.claim(), failed.failure().on(" on device " + candidate.id()).reason(wish.name()));
    }
    boolean seen =
        !(candidate.slice().nodes() instanceof NodeSelection.PerDevice)
            || ReferencePools.isVisible(candidate.device(), node);
    return verdict instanceof SelectorVerdicts.Verdict.Match && seen
        ? Progress.FOUND
        : Progress.FAILED;
  }

  // After the search.

  private CallOutcome found() {
    int score = 0;
    ImmutableList.Builder<ImmutableList<Choice>> byClaim = ImmutableList.builder();
    for (int claim = 0; claim < claims.size(); claim++) {
      ImmutableList<Choice> choices = choices(claim);
      Optional<ChosenDevice> unmergeable =
          ResultNodes.unmergeable(
              choices.stream().flatMap(choice -> choice.devices().stream()).toList());
      if (unmergeable.isPresent()) {
        return new CallOutcome.Fatal(
            claim,
            new Reason.UnsupportedConstraint(
                "a node selector of several terms on device " + unmergeable.get().id())); // R185
      }
      byClaim.add(choices);
      List<Request> requests = claims.get(claim).requests();
      for (int request = 0; request < requests.size(); request++) {
        if (requests.get(request) instanceof Request.FirstAvailable) {
          score += Request.FirstAvailable.score(chosen.get(claim)[request]);
        }
      }
    }
    return new CallOutcome.Found(byClaim.build(), score);
  }

  private ImmutableList<Choice> choices(int claim) {
    ImmutableList.Builder<Choice> choices = ImmutableList.builder();
    for (int request = 0; request < wishes.get(claim).size(); request++) {
      Wish wish = wishes.get(claim).get(request).get(chosen.get(claim)[request]);
      choices.add(
          new Choice(
              wish.alternative(),
              taking.of(claim).stream()
                  .filter(taken -> taken.wish().equals(wish))
                  .map(
                      taken ->
                          new ChosenDevice(taken.candidate().slice(), taken.candidate().device()))
                  .collect(ImmutableList.toImmutableList())));
    }
    return choices.build();
  }
}
