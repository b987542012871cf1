package io.tangram.solver.model;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.claim.Claim;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.symmetry.Measures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The tier in which each common claim counts: the highest of those whose admitted units reference
 * it.
 *
 * <pre>
 * Sets        c  common claims, whose users are in tiers T_c
 *             d  demands of N_d units
 * Parameters  M  the most that the devices of a claim can be worth (R204)
 * Variables   a[c]    the claim is allocated
 *             a[d]    units admitted
 *             counts[c,t] it counts in tier t
 *             share[c,t]  its share, if it counts in tier t; only where shares are asked for
 *
 * (1) sum_t counts[c,t] = a[c]
 * (2) a[d] &lt;= N_d sum_(t' &gt;= t) counts[c,t']   for each user d of tier t
 * (3) counts[c,t] &lt;= sum_(d of tier t) a[d]
 * (4) share[c,t] &lt;= M counts[c,t];  sum_t share[c,t] = the share of the claim's devices
 * </pre>
 *
 * <p>Where all users are in one tier, a[c] is all there is.
 */
final class CommonTiers {

  private final CpModelBuilder model;
  private final Function<Demand, IntVar> admitted;
  private final Map<CommonClaim, Map<Integer, BoolVar>> counts = new LinkedHashMap<>();
  private final List<CommonClaim> simple = new ArrayList<>();
  private final Map<CommonClaim, Map<Integer, IntVar>> shares = new LinkedHashMap<>();

  CommonTiers(CpModelBuilder model, Demands demands, Function<Demand, IntVar> admitted) {
    this.model = model;
    this.admitted = admitted;
    for (CommonClaim claim : demands.common()) {
      if (claim.tiers() == 1) {
        simple.add(claim);
      } else {
        addCounts(claim);
      }
    }
  }

  /** (1) to (3). */
  private void addCounts(CommonClaim claim) {
    Map<Integer, List<Demand>> tiers = new TreeMap<>(Comparator.reverseOrder());
    claim
        .users()
        .forEach(user -> tiers.computeIfAbsent(user.priority(), t -> new ArrayList<>()).add(user));
    Map<Integer, BoolVar> byTier = new LinkedHashMap<>();
    LinearExprBuilder higher = LinearExpr.newBuilder();
    tiers.forEach(
        (tier, users) -> {
          BoolVar here = model.newBoolVar("counts[" + claim.claim().index() + "," + tier + "]");
          byTier.put(tier, here);
          higher.add(here);
          LinearExprBuilder any = LinearExpr.newBuilder();
          for (Demand user : users) {
            LinearExprBuilder most = LinearExpr.newBuilder();
            byTier.values().forEach(counted -> most.addTerm(counted, user.size()));
            model.addLessOrEqual(admitted.apply(user), most);
            any.add(admitted.apply(user));
          }
          model.addLessOrEqual(here, any);
        });
    model.addEquality(higher, admitted.apply(claim.claim()));
    counts.put(claim, byTier);
  }

  /** Adds the number of common claims that count in a tier. */
  void addClaims(int tier, LinearExprBuilder sum) {
    for (CommonClaim claim : simple) {
      if (claim.isUsedIn(tier)) {
        sum.add(admitted.apply(claim.claim()));
      }
    }
    for (Map<Integer, BoolVar> byTier : counts.values()) {
      Literal counted = byTier.get(tier);
      if (counted != null) {
        sum.add(counted);
      }
    }
  }

  /**
   * Adds the shares of the common claims that count in a tier.
   *
   * @param share the share of a claim's devices, 0 if it is not allocated
   */
  void addShares(int tier, Function<CommonClaim, LinearExpr> share, LinearExprBuilder sum) {
    for (CommonClaim claim : simple) {
      if (claim.isUsedIn(tier)) {
        sum.add(share.apply(claim));
      }
    }
    counts.forEach(
        (claim, byTier) -> {
          IntVar here =
              shares.computeIfAbsent(claim, c -> sharesByTier(c, byTier, share.apply(c))).get(tier);
          if (here != null) {
            sum.add(here);
          }
        });
  }

  /** (4). */
  private Map<Integer, IntVar> sharesByTier(
      CommonClaim claim, Map<Integer, BoolVar> byTier, LinearExpr share) {
    long most = Claim.MAX_DEVICES * Measures.WHOLE;
    Map<Integer, IntVar> parts = new LinkedHashMap<>();
    LinearExprBuilder all = LinearExpr.newBuilder();
    byTier.forEach(
        (tier, counted) -> {
          IntVar part =
              model.newIntVar(0, most, "share[" + claim.claim().index() + "," + tier + "]");
          model.addLessOrEqual(part, LinearExpr.term(counted, most));
          parts.put(tier, part);
          all.add(part);
        });
    model.addEquality(all, share);
    return parts;
  }
}
