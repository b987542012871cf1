package io.tangram.solver.nodesearch;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multiset;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices chosen so far in one search, on top of what is taken of the cluster: what the rules
 * call tentative. Choices are taken back in the reverse order, which restores everything exactly
 * (R115, R144). Not thread-safe.
 */
final class CallState {

  private final CompiledProblem problem;
  private final ClusterState state;
  private final SearchRules rules;
  private final AttributeElements elements;
  private final List<List<ConstraintState>> constraints = new ArrayList<>();
  private final Multiset<Integer> usedByAdmin = HashMultiset.create();
  private final List<Share> shares = new ArrayList<>();
  private int adminShares;
  private final NodeNeeds needs;
  private final int node;
  private long[] room = {};
  private final List<Set<Integer>> usedByClaim = new ArrayList<>();

  /** A share chosen in this search. */
  private record Share(
      int claim, int device, boolean admin, ImmutableMap<QualifiedName, Quantity> amounts) {}

  CallState(
      CompiledProblem problem, ClusterState state, SearchGoal goal, int node, SearchRules rules) {
    this.problem = problem;
    this.state = state;
    this.needs = goal.needs();
    this.node = node;
    this.rules = rules;
    this.elements = new AttributeElements(problem);
    for (ImmutableList<ClaimShape.Tie> ties : goal.ties()) {
      List<ConstraintState> ofClaim = new ArrayList<>();
      ties.forEach(tie -> ofClaim.add(new ConstraintState(tie)));
      constraints.add(ofClaim);
      usedByClaim.add(new HashSet<>());
    }
  }

  /** Finds what devices may take of the node, before anything is chosen. */
  void lookAtRoom() {
    if (needs.areThere()) {
      room = state.room().beside(needs.amounts(), node);
    }
  }

  /** The constraints of a claim. */
  List<ConstraintState> constraints(int claim) {
    return constraints.get(claim);
  }

  /** The numbers of attribute values. */
  AttributeElements elements() {
    return elements;
  }

  /**
   * Whether the device is in use for the leaf: held or chosen whole (R90), or, within the search,
   * chosen by an administrative request of the same claim (R83) or, by the reference's rules, of
   * any (R84). An administrative request finds in use only what its own claim has (R68, R82).
   */
  boolean isInUse(Leaf leaf, int claim, int device) {
    boolean shared = problem.devices().isShared(device);
    boolean usedByOwnClaim = !shared && usedByClaim.get(claim).contains(device);
    if (leaf.request().adminAccess()) {
      return usedByOwnClaim;
    }
    boolean usedByAdministration =
        rules.administrationBlocks() && !shared && usedByAdmin.contains(device);
    return !state.isFree(device) || usedByOwnClaim || usedByAdministration;
  }

  /** Whether the device is chosen, or a share of it, for administration in this search. */
  boolean isAdministered(int device) {
    return usedByAdmin.contains(device)
        || (adminShares > 0
            && shares.stream().anyMatch(share -> share.admin() && share.device() == device));
  }

  /**
   * Chooses a device, unless capacity, counters or constraints are against it, in this order
   * (R199).
   *
   * @param line the request
   * @param alternative the place of the alternative it is for
   * @param from the candidates of the alternative
   * @param i the place of the device among them
   * @return whether it was chosen
   */
  boolean choose(SearchGoal.Line line, int alternative, Candidates from, int i) {
    int device = from.device(i);
    Leaf leaf = from.leaf();
    boolean admin = leaf.request().adminAccess();
    ImmutableMap<QualifiedName, Quantity> amounts = from.amounts(i);
    if (amounts != null
        && rules.capacityCounts()
        && !state.fitsCapacity(device, amounts, administered(line.claim(), admin, device))) {
      return false;
    }
    boolean paid = admin || (amounts != null && state.hasShares(device));
    if (!paid && rules.countersCount() && !state.fitsCounters(device)) {
      return false;
    }
    if (!paid && rules.groupsCount() && !state.fitsGroups(device)) {
      return false;
    }
    boolean loads = needs.areThere() && problem.loads().isLoad(device);
    if (loads && !fitsRoom(device, amounts, line.claim())) {
      return false;
    }
    if (!admitted(line, leaf, alternative, device)) {
      return false;
    }
    if (loads) {
      takeRoom(device, amounts, line.claim(), 1);
    }
    if (amounts != null) {
      shares.add(new Share(line.claim(), device, admin, amounts));
      adminShares += admin ? 1 : 0;
    } else {
      usedByClaim.get(line.claim()).add(device);
    }
    if (!admin && amounts != null) {
      state.takeShare(device, amounts);
    } else if (!admin) {
      state.take(device);
    } else if (amounts == null) {
      usedByAdmin.add(device);
    }
    return true;
  }

  /** Takes the device {@link #choose chosen} last back. */
  void takeBack(SearchGoal.Line line, int alternative, Candidates from, int i) {
    int device = from.device(i);
    ImmutableMap<QualifiedName, Quantity> amounts = from.amounts(i);
    boolean admin = from.leaf().request().adminAccess();
    if (amounts != null) {
      shares.remove(shares.size() - 1);
      adminShares -= admin ? 1 : 0;
    } else {
      usedByClaim.get(line.claim()).remove(device);
    }
    if (!admin && amounts != null) {
      state.giveBackShare(device, amounts);
    } else if (!admin) {
      state.giveBack(device);
    } else if (amounts == null) {
      usedByAdmin.remove(device);
    }
    List<ConstraintState> ofClaim = constraints.get(line.claim());
    retract(ofClaim, ofClaim.size(), line, from.leaf(), alternative, device);
    if (needs.areThere() && problem.loads().isLoad(device)) {
      takeRoom(device, amounts, line.claim(), -1);
    }
  }

  /** Whether the node has what the device takes of it (R239), and may give a part of it (R238). */
  private boolean fitsRoom(
      int device, @Nullable ImmutableMap<QualifiedName, Quantity> amounts, int claim) {
    ClaimUse use = needs.use(claim);
    if (problem.loads().isPart(device) && !use.mayBePart()) {
      return false;
    }
    long[] load = problem.loads().of(device, amounts, use);
    for (int i = 0; i < load.length; i++) {
      if (load[i] > 0 && load[i] > room[i]) {
        return false;
      }
    }
    return true;
  }

  private void takeRoom(
      int device, @Nullable ImmutableMap<QualifiedName, Quantity> amounts, int claim, int sign) {
    long[] load = problem.loads().of(device, amounts, needs.use(claim));
    for (int i = 0; i < load.length; i++) {
      room[i] -= sign * load[i];
    }
  }

  /**
   * What administrative shares of this search take of a device beside the state's shares (R87). By
   * the rules without the reference's habits they concern their own claim only, and what an
   * administrative request asks for need not be left by other claims of the search.
   */
  private Map<QualifiedName, BigDecimal> administered(int claim, boolean admin, int device) {
    boolean onlyOwn = !rules.administrationBlocks();
    if (adminShares == 0 && !(admin && onlyOwn)) {
      return Map.of();
    }
    Map<QualifiedName, BigDecimal> more = new HashMap<>();
    for (Share share : shares) {
      boolean own = share.claim() == claim;
      boolean counts = share.admin() && (own || !onlyOwn);
      boolean discounts = !share.admin() && !own && admin && onlyOwn;
      if (share.device() == device && (counts || discounts)) {
        share
            .amounts()
            .forEach(
                (name, amount) ->
                    more.merge(
                        name, counts ? amount.value() : amount.value().negate(), BigDecimal::add));
      }
    }
    return more;
  }

  private boolean admitted(SearchGoal.Line line, Leaf leaf, int alternative, int device) {
    List<ConstraintState> ofClaim = constraints.get(line.claim());
    for (int c = 0; c < ofClaim.size(); c++) {
      ConstraintState constraint = ofClaim.get(c);
      if (constraint.covers(line.request(), alternative)
          && (comesTooLate(leaf, device, constraint)
              || !constraint.admit(elements.of(leaf, device, constraint.tie())))) {
        retract(ofClaim, c, line, leaf, alternative, device);
        return false;
      }
    }
    return true;
  }

  /** Whether the constraints would let a device be chosen for an alternative of a request. */
  boolean mayAdmit(SearchGoal.Line line, int alternative, int device) {
    for (ConstraintState constraint : constraints.get(line.claim())) {
      if (constraint.covers(line.request(), alternative)
          && !constraint.mayAdmit(
              elements.of(line.leaves().get(alternative), device, constraint.tie()))) {
        return false;
      }
    }
    return true;
  }

  /** R104: in kube-scheduler a list that is not read is distinct only from what comes after it. */
  private boolean comesTooLate(Leaf leaf, int device, ConstraintState constraint) {
    return rules.unreadListsComeFirst()
        && constraint.distinguishes()
        && elements.isUnread(leaf, device, constraint.tie());
  }

  private void retract(
      List<ConstraintState> ofClaim,
      int end,
      SearchGoal.Line line,
      Leaf leaf,
      int alternative,
      int device) {
    for (int c = 0; c < end; c++) {
      ConstraintState constraint = ofClaim.get(c);
      if (constraint.covers(line.request(), alternative)) {
        constraint.retract(elements.of(leaf, device, constraint.tie()));
      }
    }
  }
}
