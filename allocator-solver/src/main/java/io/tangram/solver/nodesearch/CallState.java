package io.tangram.solver.nodesearch;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multiset;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
  private final List<BitSet> usedByClaim = new ArrayList<>();

  CallState(CompiledProblem problem, ClusterState state, SearchGoal goal, SearchRules rules) {
    this.problem = problem;
    this.state = state;
    this.rules = rules;
    this.elements = new AttributeElements(problem.devices());
    for (ImmutableList<ClaimShape.Tie> ties : goal.ties()) {
      List<ConstraintState> ofClaim = new ArrayList<>();
      ties.forEach(tie -> ofClaim.add(new ConstraintState(tie)));
      constraints.add(ofClaim);
      usedByClaim.add(new BitSet());
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
   * chosen by an administrative request (R84). An administrative request finds in use only what its
   * own claim has (R68, R82, R83).
   */
  boolean isInUse(Leaf leaf, int claim, int device) {
    boolean shared = problem.devices().isShared(device);
    if (leaf.request().adminAccess()) {
      return !shared && usedByClaim.get(claim).get(device);
    }
    return !state.isFree(device) || (!shared && usedByAdmin.contains(device));
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
    if (amounts != null && rules.capacityCounts() && !state.fitsCapacity(device, amounts)) {
      return false;
    }
    boolean paid = admin || (amounts != null && state.hasShares(device));
    if (!paid && rules.countersCount() && !state.fitsCounters(device)) {
      return false;
    }
    if (!admitted(line, alternative, device)) {
      return false;
    }
    if (admin) {
      takeForAdmin(line.claim(), device, amounts);
    } else if (amounts != null) {
      state.takeShare(device, amounts);
    } else {
      state.take(device);
      usedByClaim.get(line.claim()).set(device);
    }
    return true;
  }

  private void takeForAdmin(
      int claim, int device, @Nullable ImmutableMap<QualifiedName, Quantity> amounts) {
    if (amounts != null) {
      state.takeCapacity(device, amounts);
    } else {
      usedByClaim.get(claim).set(device);
      usedByAdmin.add(device);
    }
  }

  /** Takes the {@link #choose chosen} device back. */
  void takeBack(SearchGoal.Line line, int alternative, Candidates from, int i) {
    int device = from.device(i);
    ImmutableMap<QualifiedName, Quantity> amounts = from.amounts(i);
    boolean admin = from.leaf().request().adminAccess();
    if (amounts != null && admin) {
      state.giveBackCapacity(device, amounts);
    } else if (amounts != null) {
      state.giveBackShare(device, amounts);
    } else if (admin) {
      usedByClaim.get(line.claim()).clear(device);
      usedByAdmin.remove(device);
    } else {
      usedByClaim.get(line.claim()).clear(device);
      state.giveBack(device);
    }
    List<ConstraintState> ofClaim = constraints.get(line.claim());
    retract(ofClaim, ofClaim.size(), line, alternative, device);
  }

  private boolean admitted(SearchGoal.Line line, int alternative, int device) {
    List<ConstraintState> ofClaim = constraints.get(line.claim());
    for (int c = 0; c < ofClaim.size(); c++) {
      ConstraintState constraint = ofClaim.get(c);
      if (constraint.covers(line.request(), alternative)
          && !constraint.admit(elements.of(device, constraint.attribute()))) {
        retract(ofClaim, c, line, alternative, device);
        return false;
      }
    }
    return true;
  }

  private void retract(
      List<ConstraintState> ofClaim, int end, SearchGoal.Line line, int alternative, int device) {
    for (int c = 0; c < end; c++) {
      ConstraintState constraint = ofClaim.get(c);
      if (constraint.covers(line.request(), alternative)) {
        constraint.retract(elements.of(device, constraint.attribute()));
      }
    }
  }
}
