package io.tangram.solver.reference;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.SetMultimap;
import io.tangram.api.claim.Claim;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.reference.Defect;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.reference.Wish.Candidate;
import io.tangram.solver.result.CapacityRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes devices for wishes in one call, and gives them back: in use, counters, taints, constraints,
 * capacity, in this order (R199). What is taken and not wanted in the end is given back with the
 * omissions of the reference (R115, R144). Not thread-safe.
 */
final class DeviceTaking {

  /** Why a device was not taken, where it matters. */
  enum Answer {
    TAKEN,
    REFUSED,
    /** A constraint is against it. */
    CONSTRAINED
  }

  /** A device that was taken, with what was booked for it. */
  record Taken(
      Wish wish,
      Candidate candidate,
      ImmutableMap<QualifiedName, Quantity> amounts,
      boolean joinedGroups,
      boolean drewCounters) {}

  private final CommittedState committed;
  private final Set<Defect> defects;
  private final SelectorVerdicts verdicts;
  private final CapacityRule capacityRule;
  private final CounterAccounts counters;
  private final GroupAccounts groups;
  private final VanishedDevices vanished;
  private final TentativeShares shares;
  private final SetMultimap<DeviceId, Integer> claimsOf = HashMultimap.create();
  private final List<List<ClaimConstraint>> constraints = new ArrayList<>();
  private final List<List<Taken>> taken = new ArrayList<>();

  /**
   * Prepares for the claims of a call.
   *
   * @param vanished the devices whose pools give no device that consumes counters (R116)
   */
  DeviceTaking(
      List<Claim> claims,
      CommittedState committed,
      SelectorVerdicts verdicts,
      CounterAccounts counters,
      VanishedDevices vanished,
      Set<Defect> defects) {
    this.committed = committed;
    this.verdicts = verdicts;
    this.defects = defects;
    this.capacityRule = CapacityRule.of(defects);
    this.counters = counters;
    this.groups = new GroupAccounts(committed);
    this.vanished = vanished;
    this.shares = new TentativeShares(defects);
    for (Claim claim : claims) {
      constraints.add(
          claim.constraints().stream().map(each -> ClaimConstraint.of(each, defects)).toList());
      taken.add(new ArrayList<>());
    }
  }

  /** The devices taken for a claim, in the order of choice. */
  List<Taken> of(int claim) {
    return taken.get(claim);
  }

  /** The constraints of a claim in words. */
  List<String> constraintsOf(int claim) {
    return constraints.get(claim).stream().map(ClaimConstraint::text).toList();
  }

  /** Whether a device is in use for the wish before anything else is looked at (R83, R84, R90). */
  boolean isInUse(Wish wish, Candidate candidate) {
    DeviceId device = candidate.id();
    if (wish.isAdmin()) {
      return claimsOf.containsEntry(device, wish.claim());
    }
    boolean sharesBlock =
        !candidate.device().allowMultipleAllocations()
            && !defects.contains(Defect.SHARES_DO_NOT_BLOCK)
            && committed.isShared(device);
    return committed.isWhole(device) || claimsOf.containsKey(device) || sharesBlock;
  }

  /** Whether the device has enough for the wish, shares in use and in this call counted (R128). */
  boolean hasCapacity(Wish wish, Candidate candidate) {
    Device device = candidate.device();
    Optional<ImmutableMap<QualifiedName, Quantity>> amounts =
        capacityRule.amounts(device, wish.alternative().capacityRequests());
    return amounts.isPresent()
        && amounts.get().entrySet().stream().allMatch(amount -> isLeft(candidate, amount));
  }

  private boolean isLeft(Candidate candidate, Map.Entry<QualifiedName, Quantity> amount) {
    Device device = candidate.device();
    boolean counts =
        device.allowMultipleAllocations() || defects.contains(Defect.SHARES_DO_NOT_BLOCK);
    DeviceCapacity whole = device.capacity().get(amount.getKey());
    BigDecimal used =
        counts
            ? committed
                .consumed(candidate.id(), amount.getKey())
                .add(shares.consumed(candidate.id(), amount.getKey()))
            : BigDecimal.ZERO;
    return whole != null
        && used.add(amount.getValue().value()).compareTo(whole.value().value()) <= 0;
  }

  /** Whether the device would have enough for the wish if nobody used it. */
  boolean offersCapacity(Wish wish, Candidate candidate) {
    return capacityRule
        .amounts(candidate.device(), wish.alternative().capacityRequests())
        .isPresent();
  }

  /** Takes a device for the wish if everything allows it. */
  Answer take(Wish wish, Candidate candidate) {
    if (isInUse(wish, candidate) || candidate.device().barrier().isPresent()) {
      return Answer.REFUSED;
    }
    boolean joins = joinsGroups(wish, candidate);
    if (joins && !groups.fits(candidate.pool(), candidate.device())) {
      return Answer.REFUSED;
    }
    boolean draws = mustPay(wish, candidate);
    if (draws && !draw(candidate)) {
      return Answer.REFUSED;
    }
    boolean tolerated = Matching.tolerates(wish.alternative(), candidate.device());
    if (!tolerated || !addToConstraints(wish, candidate)) {
      takeBackDraw(draws, candidate);
      return tolerated ? Answer.CONSTRAINED : Answer.REFUSED;
    }
    if (!candidate.device().allowMultipleAllocations()) {
      claimsOf.put(candidate.id(), wish.claim());
    }
    if (!hasCapacity(wish, candidate)) {
      forgo(wish, candidate, draws);
      return Answer.REFUSED;
    }
    book(wish, candidate, joins, draws);
    return Answer.TAKEN;
  }

  /** Takes back what was noted of a device that lacks the capacity, or not (R144). */
  private void forgo(Wish wish, Candidate candidate, boolean draws) {
    if (!defects.contains(Defect.DRAWS_STAY)) {
      constraints.get(wish.claim()).forEach(each -> remove(each, wish, candidate));
      claimsOf.remove(candidate.id(), wish.claim());
      takeBackDraw(draws, candidate);
    }
  }

  private void book(Wish wish, Candidate candidate, boolean joins, boolean draws) {
    ImmutableMap<QualifiedName, Quantity> amounts = ImmutableMap.of();
    if (candidate.device().allowMultipleAllocations()) {
      amounts =
          capacityRule
              .amounts(candidate.device(), wish.alternative().capacityRequests())
              .orElseThrow();
      shares.add(candidate.id(), amounts, pays(wish));
    }
    if (joins) {
      groups.place(candidate.pool(), candidate.device());
    }
    taken.get(wish.claim()).add(new Taken(wish, candidate, amounts, joins, draws));
  }

  private boolean pays(Wish wish) {
    return !wish.isAdmin() || defects.contains(Defect.ADMINISTRATION_PAYS_COUNTERS);
  }

  /** Whether the device has to have a group in common with others, and had not before (R122). */
  private boolean joinsGroups(Wish wish, Candidate candidate) {
    boolean held =
        candidate.device().allowMultipleAllocations() && committed.isShared(candidate.id());
    return !wish.isAdmin() && !held;
  }

  /** Whether the device draws on counters for the wish, and nobody has paid for that (R113). */
  private boolean mustPay(Wish wish, Candidate candidate) {
    DeviceId device = candidate.id();
    boolean paid =
        candidate.device().allowMultipleAllocations()
            && (committed.hasConsumption(device)
                || shares.havePaid(device)
                || (!defects.contains(Defect.SHARES_PAY_AGAIN) && committed.isShared(device)));
    return !candidate.device().consumesCounters().isEmpty() && pays(wish) && !paid;
  }

  private boolean draw(Candidate candidate) {
    boolean closed =
        !defects.contains(Defect.VANISHED_DEVICES_DRAW_NOTHING) && vanished.areIn(candidate.pool());
    return !closed && counters.draw(candidate.pool(), candidate.device());
  }

  private void takeBackDraw(boolean draws, Candidate candidate) {
    if (draws && !defects.contains(Defect.DRAWS_STAY)) {
      counters.giveBack(candidate.pool(), candidate.device());
    }
  }

  /** Adds the device to all constraints or, if one is against it, to none. */
  private boolean addToConstraints(Wish wish, Candidate candidate) {
    List<ClaimConstraint> ofClaim = constraints.get(wish.claim());
    for (int i = 0; i < ofClaim.size(); i++) {
      boolean added =
          ofClaim.get(i).add(wish.request(), wish.alternative(), attributes(wish, candidate));
      if (!added) {
        ofClaim.subList(0, i).forEach(before -> remove(before, wish, candidate));
        return false;
      }
    }
    return true;
  }

  private void remove(ClaimConstraint constraint, Wish wish, Candidate candidate) {
    constraint.remove(wish.request(), wish.alternative(), attributes(wish, candidate));
  }

  private ClaimConstraint.Attributes attributes(Wish wish, Candidate candidate) {
    return name ->
        verdicts.attribute(wish.alternative(), candidate.driver(), candidate.device(), name);
  }

  /** Gives the device back that was taken last for a claim. */
  void giveBack(int claim) {
    Taken last = taken.get(claim).remove(taken.get(claim).size() - 1);
    Candidate candidate = last.candidate();
    constraints.get(claim).forEach(each -> remove(each, last.wish(), candidate));
    claimsOf.remove(candidate.id(), claim);
    boolean shared = candidate.device().allowMultipleAllocations();
    if (shared) {
      shares.remove(candidate.id(), last.amounts(), pays(last.wish()));
    }
    if (last.joinedGroups()) {
      groups.remove(candidate.pool(), candidate.device());
    }
    if (last.drewCounters() && !(shared && defects.contains(Defect.DRAWS_STAY))) {
      counters.giveBack(candidate.pool(), candidate.device());
    }
  }
}
